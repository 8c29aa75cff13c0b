// A poster plays, muted, while a pointer rests on it or its button is pressed. Without this
// script every poster is a link to a page that plays by itself, also for those who want it calm:
// only a script can hold that back.
(() => {
  "use strict";
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const hovers = matchMedia("(hover: hover) and (pointer: fine)");
  const saves = Boolean(navigator.connection && navigator.connection.saveData);
  const RESTS_MS = 180;
  let playing = null;
  let resting = 0;

  const shown = document.querySelector("video[autoplay]");
  if (shown && calm.matches) {
    shown.autoplay = false;
    shown.pause();
  }

  const stop = () => {
    if (!playing) return;
    const { video, button } = playing;
    playing = null;
    button.setAttribute("aria-pressed", "false");
    video.removeAttribute("src");
    video.load();
    video.remove();
  };

  const start = (tile, byButton) => {
    stop();
    const video = document.createElement("video");
    Object.assign(video, { muted: true, loop: true, playsInline: true, src: tile.dataset.clip });
    video.setAttribute("aria-hidden", "true");
    video.tabIndex = -1;
    video.addEventListener("playing", () => video.classList.add("on"), { once: true });
    const button = tile.querySelector(".play");
    tile.querySelector(".frame").append(video);
    button.setAttribute("aria-pressed", "true");
    playing = { tile, video, button, byButton };
    video.play().catch(() => { if (playing && playing.video === video) stop(); });
  };

  for (const tile of document.querySelectorAll(".tile")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "play";
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", "Play here: " + tile.querySelector(".name").textContent);
    tile.append(button);
    button.addEventListener("click", () => {
      clearTimeout(resting);
      if (playing && playing.tile === tile && playing.byButton) stop();
      else start(tile, true);
    });
    const look = tile.querySelector(".look");
    look.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse" || !hovers.matches || calm.matches || saves) return;
      if (playing && playing.tile === tile) return;
      clearTimeout(resting);
      resting = setTimeout(() => start(tile, false), RESTS_MS);
    });
    tile.addEventListener("pointerleave", () => {
      clearTimeout(resting);
      if (playing && playing.tile === tile && !playing.byButton) stop();
    });
  }

  addEventListener("keydown", (event) => { if (event.key === "Escape") stop(); });
  addEventListener("pagehide", stop);
})();
