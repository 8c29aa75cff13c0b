"""From a command to a video in the channel, with the books in order afterwards."""

from pathlib import Path

import pytest

from storage.records import Balance
from tests.e2e.conftest import WORDS, Town
from tests.fakes.clipcheck import Counted, count
from tests.fakes.discord.files import Upload
from tests.fakes.discord.view import View


def shows_video(view: View) -> bool:
    return bool(view.files)


async def counted(view: View, folder: Path) -> Counted:
    [file] = view.files
    assert file.name.startswith("talkie-")
    assert file.name.endswith(".mp4")
    assert file.description is not None
    assert "AI-generated" in file.description
    clip = folder / file.name
    clip.write_bytes(file.content)
    return await count(clip)


async def test_words_become_a_video(town: Town, tmp_path: Path) -> None:
    await town.start()
    message = await town.slash("video", prompt=WORDS, shape="cinematic", seconds=2, seed=7)
    view = await town.until(message, shows_video)
    assert "held 5 credits · charged 5" in view.text
    assert "AI-generated" in view.text
    assert "seed 7" in view.text
    labels = [button.label for button in view.buttons]
    assert labels == ["Again", "Remix", "Share", "Delete", "Report"]
    clip = await counted(view, tmp_path)
    assert (clip.width, clip.height, clip.frames) == (960, 416, 49)
    assert await town.balance() == Balance(available=95, held=0)
    assert await town.broken_invariants() == []
    assert town.deapi.posts == 1


async def test_a_picture_is_set_in_motion(town: Town, tmp_path: Path, portrait: Upload) -> None:
    await town.start()
    message = await town.slash("animate", image=portrait, prompt=WORDS, seconds=2)
    view = await town.until(message, shows_video)
    clip = await counted(view, tmp_path)
    assert (clip.width, clip.height, clip.frames) == (768, 768, 49)
    assert await town.broken_invariants() == []


async def test_a_portrait_speaks_a_sound(
    town: Town, tmp_path: Path, voice: Upload, portrait: Upload
) -> None:
    await town.start()
    message = await town.slash("talk", audio=voice, portrait=portrait, shape="tall")
    view = await town.until(message, shows_video)
    clip = await counted(view, tmp_path)
    assert (clip.width, clip.height, clip.frames) == (512, 896, 65)
    assert clip.sound_s == pytest.approx(65 / 24, abs=0.05)
    [post] = [seen for seen in town.deapi.asked("videos/audio-syncs") if "price" not in seen.path]
    assert post.fields["frames"] == "65"
    assert await town.broken_invariants() == []


async def test_make_it_talk_uses_the_invoker_s_avatar(
    town: Town, tmp_path: Path, voice: Upload
) -> None:
    await town.start()
    other = town.discord.world.add_user("noa")
    town.guild.members[other.id] = other
    note = await town.discord.people.send_message(
        other, town.channel, attachments=[voice], is_voice=True
    )
    interaction = await town.discord.people.context_menu(
        town.mira, town.channel, "Make it talk", note
    )
    message = await town.reply(interaction)
    view = await town.until(message, shows_video)
    clip = await counted(view, tmp_path)
    assert (clip.width, clip.height) == (768, 768)
    [post] = [seen for seen in town.deapi.asked("videos/audio-syncs") if "price" not in seen.path]
    assert "first_frame_image" in post.fields


async def test_make_it_talk_asks_for_a_missing_picture_even_after_a_restart(
    town: Town, voice: Upload, portrait: Upload
) -> None:
    await town.start()
    plain = town.discord.world.add_user("plain")
    town.guild.members[plain.id] = plain
    note = await town.discord.people.send_message(
        town.mira, town.channel, attachments=[voice], is_voice=True
    )
    opened = await town.discord.people.context_menu(plain, town.channel, "Make it talk", note)
    await town.discord.observer.modal(opened)
    await town.stop()
    await town.start()
    sent = await town.discord.people.submit_modal(plain, opened, {"picture": [portrait]})
    message = await town.reply(sent)
    await town.until(message, shows_video)
    again = await town.discord.people.submit_modal(plain, opened, {"picture": [portrait]})
    refused = await town.reply(again)
    assert "already used" in town.view(refused).text
    assert town.deapi.posts == 1


@pytest.mark.parametrize("kind", ["words", "picture", "sound", "forwarded sound"])
async def test_make_a_video_takes_what_the_message_holds(
    town: Town, kind: str, voice: Upload, portrait: Upload
) -> None:
    await town.start()
    people = town.discord.people
    if kind == "words":
        source = await people.send_message(town.mira, town.channel, WORDS)
    elif kind == "picture":
        source = await people.send_message(town.mira, town.channel, attachments=[portrait])
    else:
        source = await people.send_message(
            town.mira, town.channel, attachments=[voice], is_voice=True
        )
    if kind == "forwarded sound":
        source = await people.send_message(town.mira, town.channel, forwarded=source)
    interaction = await people.context_menu(town.mira, town.channel, "Make a video", source)
    message = await town.reply(interaction)
    await town.until(message, shows_video)
    path = {"words": "generations", "picture": "animations"}.get(kind, "audio-syncs")
    assert any(seen.path.endswith(path) for seen in town.deapi.asked("videos/"))
    assert await town.broken_invariants() == []


async def test_the_embedded_engine_serves_the_same_commands_for_free(
    town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, voice: Upload
) -> None:
    monkeypatch.setenv("TALKIE_ENGINE", "local")
    await town.start()
    message = await town.slash("talk", audio=voice)
    view = await town.until(message, shows_video)
    assert "free" in view.text
    assert (await counted(view, tmp_path)).frames == 65
    assert town.deapi.seen == []
    assert await town.broken_invariants() == []
