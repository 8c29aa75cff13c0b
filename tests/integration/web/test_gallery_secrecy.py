"""What the gallery never shows, whatever it is asked."""

import re
from urllib.parse import quote, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from bot.services.reports import Judge
from bot.web.pages import WITH_SCRIPT
from storage import videos
from storage.belongings import Gallery
from storage.exhibits import Ground
from tests.fakes.exhibition import NAME, OTHER, SERVER, hang, open_gallery, take_down
from tests.fakes.markup import Read
from tests.fakes.reel import OWNER, Reel
from tests.integration.web.asking import MANY, Guest, ask
from tests.integration.web.lists import (
    HTML,
    LISTS,
    everywhere,
    read,
    the_404,
)


async def test_what_is_taken_back_hidden_or_closed_is_gone_with_the_next_request(
    guest: Guest, shelf: Reel
) -> None:
    await open_gallery(shelf)
    video = await hang(shelf, prompt="A kite.")
    assert len(await everywhere(guest, video)) == 9
    lost = await the_404(guest, f"/v/{'u' * 22}")

    await open_gallery(shelf, Gallery.DISCORD)
    assert await everywhere(guest, video) == []
    assert await the_404(guest, f"/g/{SERVER}") == lost
    # What was public is found by its old link no more, also once the page is public again.
    assert await the_404(guest, f"/v/{video.slug}") == lost
    await open_gallery(shelf)
    assert await the_404(guest, f"/v/{video.slug}") == lost
    renamed = await shelf.store.read(videos.of_job(video.job_id))
    assert renamed is not None
    video = renamed
    assert len(await everywhere(guest, video)) == 9

    report = await shelf.reports.report(None, video.job_id, Ground.OTHER)
    judge = Judge(discord_id=OWNER, guild_id=SERVER)
    await shelf.reports.hide(judge, report)
    assert await everywhere(guest, video) == []
    assert await the_404(guest, f"/v/{video.slug}") == lost
    await shelf.reports.unhide(judge, report)
    assert len(await everywhere(guest, video)) == 9

    await take_down(shelf, video)
    assert await everywhere(guest, video) == []
    # Whoever saw it in public does not go on seeing it.
    assert await the_404(guest, f"/v/{video.slug}") == lost


async def test_what_browsers_keep_is_asked_for_again_and_hidden_with_the_next_request(
    guest: Guest, shelf: Reel
) -> None:
    await open_gallery(shelf)
    video = await hang(shelf, prompt="A kite.")
    kept = {}
    for file in ("", "/video.mp4", "/poster.jpg", "/poster-480.webp", "/poster-960.webp"):
        _, _, headers = await ask(guest, f"/v/{video.slug}{file}")
        assert headers["Cache-Control"] == "private, no-cache"
        kept[file] = headers["ETag"]
        assert (await ask(guest, f"/v/{video.slug}{file}", If_None_Match=kept[file]))[0] == 304
    report = await shelf.reports.report(None, video.job_id, Ground.OTHER)
    await shelf.reports.hide(Judge(discord_id=OWNER, guild_id=SERVER), report)
    for file, etag in kept.items():
        assert (await ask(guest, f"/v/{video.slug}{file}", If_None_Match=etag))[0] == 404


async def test_what_is_for_adults_or_for_discord_never_appears(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    adult = await hang(shelf, prompt="A kite.", age_restricted=True)
    await open_gallery(shelf, Gallery.DISCORD, guild=OTHER)
    elsewhere = await hang(shelf, prompt="A kite.", guild=OTHER)
    private = await shelf.add(content=b"x", prompt="A kite.")
    for video in (adult, elsewhere, private):
        assert await everywhere(guest, video) == []
        page = await read(guest, f"/v/{video.slug}")
        assert "This link is private" in page.words
        assert NAME not in page.words
        assert page.meta()["robots"] == "noindex"


async def test_unknown_and_closed_servers_and_odd_addresses_are_all_the_same_404(
    guest: Guest, shelf: Reel
) -> None:
    await open_gallery(shelf)
    await open_gallery(shelf, Gallery.DISCORD, guild=OTHER)
    lost = await the_404(guest, f"/v/{'u' * 22}")
    assert lost[0] == 404
    for path in (
        f"/g/{OTHER}", "/g/12", f"/g/0{SERVER}", "/g/0", "/g/-1", "/g/x", "/g/" + "9" * 19,
        "/g/" + "9" * 40, "/g/" + quote("\u0661\u0660"), f"/g/{OTHER}/feed.xml", "/g/12/feed.json",
        "/?order=mine", "/?order=x", "/?mode=video", "/?shape=round", "/?period=year", "/?page=x",
        "/?page=n.1.1", "/?order=top&page=n.1", "/?page=n.-1", f"/?page=n.{'9' * 19}",
    ):  # fmt: skip
        assert await the_404(guest, path) == lost, path


FILTERS = {
    "q": ["kite", '"', "* OR kite", "NEAR(", "\x00", "__", "\u00b2", "%ED%A0%80", "\u0301"],
    "order": ["new", "top", "random", "mine", "x"],
    "mode": ["text", "image", "audio", "x", ""],
    "shape": ["wide", "tall", "round", ""],
    "period": ["day", "week", "month", "ever", "x"],
    "page": ["n.1", "p.1", "n.1.1", "p.2.1", "n.5.1.1", "p.5.9.9", "n." + "9" * 18, "n", "x", ""],
}
TEXT = st.text(max_size=20).map(lambda text: quote(text, errors="replace"))
WISH = st.sampled_from(sorted(FILTERS)).flatmap(
    lambda name: st.tuples(
        st.just(name), st.sampled_from(FILTERS[name]).map(lambda text: quote(text, "%")) | TEXT
    )
)


@MANY
@given(path=st.sampled_from(LISTS), wishes=st.lists(WISH, max_size=5))
@example(path="/", wishes=[("order", "random"), ("page", "p.0.0.0")])
@example(path="/", wishes=[("order", "random"), ("page", f"n.{2**63 - 1}.0.0")])
@example(path="/", wishes=[("q", "%ED%A0%80%00%FF")])
async def test_any_wish_leads_to_a_page_or_to_the_same_404(
    guest: Guest, shelf: Reel, path: str, wishes: list[tuple[str, str]]
) -> None:
    if not (await shelf.gallery.communities()).items:
        await open_gallery(shelf)
        await hang(shelf, prompt="A kite.")
    query = "&".join(f"{name}={value}" for name, value in wishes)
    status, body, headers = await ask(guest, f"{path}?{query}", Accept=HTML)
    assert status in {200, 404}
    Read(body.decode())
    if status == 404:
        assert "Nothing to see here" in body.decode()
    else:
        assert headers["Content-Security-Policy"] == WITH_SCRIPT
        for link in re.findall(r'href="(/[^"]*)"', body.decode()):
            assert urlsplit(link).netloc == ""
