"""Settings: members choose for themselves, managers for their server, and both are obeyed."""

import asyncio
from pathlib import Path

import pytest

from tests.e2e.asking import two_coloured
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.desk import PLACES, manager, newcomer, place, use
from tests.e2e.results import refusal
from tests.fakes.clipcheck import count
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Dms
from tests.fakes.discord.permissions import MEMBER


async def choose(town: Town, message: Message, menu: str, *values: str) -> None:
    pressed = await town.discord.people.select(town.mira, message, menu, values)
    await town.discord.observer.answered(pressed, LONG_S)


async def test_the_chosen_shape_is_the_shape_where_no_picture_decides(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_ENGINE", "local")
    await town.start()
    message = await use(town, town.mira, town.channel, "settings me")
    assert town.view(message).is_ephemeral
    await choose(town, message, "v1:own-menu:shape", "tall")
    made = await town.slash("video", prompt=WORDS, seconds=2)
    assert "9:16" in town.view(made).text
    view = await town.discord.observer.file(made, LONG_S)
    (tmp_path / "clip.mp4").write_bytes(view.files[0].content)
    clip = await count(tmp_path / "clip.mp4")
    assert (clip.width, clip.height) == (512, 896)
    asked = await town.slash("video", prompt=WORDS, seconds=2, shape="wide")
    assert "16:9" in town.view(asked).text
    pictured = await town.slash("animate", image=two_coloured(800, 800), prompt=WORDS, seconds=2)
    assert "1:1" in town.view(pictured).text
    await choose(town, message, "v1:own-menu:shape", "none")
    [row] = await town.rows("SELECT shape FROM preference")
    assert row["shape"] is None


@pytest.mark.parametrize("where", PLACES)
async def test_own_settings_are_changed_where_they_are_read_also_after_a_restart(
    town: Town, where: str
) -> None:
    await town.start()
    message = await use(town, town.mira, place(town, where), "settings me")
    assert "`/portrait set`" in town.view(message).text
    await town.stop()
    await town.start()
    for turned in ("v1:own:dm:on", "v1:own:coach:on", "v1:own:credit:on"):
        await town.discord.people.click(town.mira, message, turned)
        which = turned.split(":")[2]
        opposite = {"on": "off", "off": "on"}[turned.split(":")[3]]
        await town.until(
            message,
            lambda seen, wanted=f"v1:own:{which}:{opposite}": (  # type: ignore[misc]  # bound now
                wanted in [each.custom_id for each in seen.buttons]
            ),
        )
    [row] = await town.rows("SELECT dm_when_done, coach, credit_name FROM preference")
    assert row == {"dm_when_done": 1, "coach": 1, "credit_name": 1}


async def test_a_switch_pressed_twice_at_once_is_turned_once(town: Town) -> None:
    await town.start()
    message = await use(town, town.mira, town.channel, "settings me")
    people = town.discord.people
    pressed = await asyncio.gather(
        *(people.click(town.mira, message, "v1:own:dm:on") for _ in range(2))
    )
    for each in pressed:
        await town.discord.observer.answered(each, LONG_S)
    assert "v1:own:dm:off" in [each.custom_id for each in town.view(message).buttons]


async def test_the_default_portrait_is_chosen_among_one_s_own(town: Town) -> None:
    await town.start()
    for name in ("First", "Second"):
        files = {"picture": two_coloured()}
        await use(town, town.mira, town.channel, "portrait set", {"name": name}, files)
    message = await use(town, town.mira, town.channel, "settings me")
    await choose(town, message, "v1:own-menu:portrait", "2")
    [row] = await town.rows("SELECT name FROM portrait WHERE is_default")
    assert row["name"] == "Second"
    noa = newcomer(town)
    message.ephemeral_for = noa
    pressed = await town.discord.people.select(noa, message, "v1:own-menu:portrait", ["1"])
    assert "no portrait like this" in await refusal(town, pressed)


@pytest.mark.parametrize("where", PLACES)
async def test_a_server_s_settings_open_only_to_those_who_manage_it(town: Town, where: str) -> None:
    await town.start()
    answer = await use(town, town.mira, place(town, where), "settings server")
    view = town.view(answer)
    assert view.is_ephemeral
    wanted = "Only members who may manage" if where == "guild" else "has not been added"
    assert wanted in view.text


async def test_whoever_loses_the_right_changes_nothing_more(town: Town) -> None:
    await town.start()
    maud = manager(town)
    message = await use(town, maud, town.channel, "settings server")
    opened = await town.discord.people.click(maud, message, "Change numbers")
    await town.discord.observer.modal(opened)
    town.guild.roles[town.guild.roles_of[maud.id][0]].permissions = MEMBER
    people = town.discord.people
    for pressed in (
        await people.click(maud, message, "v1:server:menus:off"),
        await people.click(maud, message, "Change numbers"),
        await people.select(maud, message, "v1:server-menu:gallery", ["off"]),
        await people.submit_modal(maud, opened, {"member_daily": "1"}),
    ):
        assert "Only members who may manage" in await refusal(town, pressed)
    assert await town.rows("SELECT * FROM guild") == []


async def test_the_numbers_of_a_server_are_written_in_a_form_also_after_a_restart(
    town: Town,
) -> None:
    await town.start()
    maud = manager(town)
    people = town.discord.people
    message = await use(town, maud, town.channel, "settings server")
    opened = await people.click(maud, message, "Change numbers")
    await town.discord.observer.modal(opened)
    await town.stop()
    await town.start()
    numbers = {"member_daily": "3", "retention_days": " 30 ", "ask_above": "0"}
    await people.submit_modal(maud, opened, numbers)
    wanted = "Videos for each member: 3 a day · kept for 30 days · Talkie asks"
    await town.until(message, lambda seen: wanted in seen.text)
    for wrong in ("0", "-1", "many", "٣", "99999"):
        opened = await people.click(maud, message, "Change numbers")
        await town.discord.observer.modal(opened)
        sent = await people.submit_modal(maud, opened, {"member_daily": wrong})
        assert "whole numbers up to" in await refusal(town, sent)
    opened = await people.click(maud, message, "Change numbers")
    form = await town.discord.observer.modal(opened)
    assert [part["component"]["value"] for part in form["components"]] == ["3", "30", "0"]
    await people.submit_modal(maud, opened, dict.fromkeys(numbers, ""))
    await town.until(message, lambda seen: "as many as they like" in seen.text)


async def test_two_managers_at_once_lose_neither_s_change(town: Town) -> None:
    await town.start()
    maud, owner = manager(town), town.guild.owner
    first = await use(town, maud, town.channel, "settings server")
    second = await use(town, owner, town.channel, "settings server")
    people = town.discord.people
    room, board = (town.discord.world.add_channel(town.guild, name) for name in ("a", "b"))
    pressed = await asyncio.gather(
        people.select(maud, first, "v1:server-menu:channels", [str(room.id), str(board.id)]),
        people.select(owner, second, "v1:server-menu:gallery_channel", [str(board.id)]),
        people.select(owner, second, "v1:server-menu:moderation_channel", [str(room.id)]),
        people.select(owner, second, "v1:server-menu:gallery", ["public"]),
    )
    for each in pressed:
        await town.discord.observer.answered(each, LONG_S)
    [row] = await town.rows("SELECT gallery, gallery_channel, moderation_channel FROM guild")
    assert row == {
        "gallery": "public",
        "gallery_channel": board.id,
        "moderation_channel": room.id,
    }
    opened = await town.rows("SELECT target_id FROM guild_opening ORDER BY target_id")
    assert [each["target_id"] for each in opened] == sorted([room.id, board.id])


async def test_who_wants_a_message_when_a_video_is_done_gets_one_with_its_link(
    town: Town,
) -> None:
    await town.start()
    home, observer = town.discord.world.dm(town.mira), town.discord.observer
    noa = town.discord.world.add_user("noa")
    town.guild.members[noa.id] = noa
    quiet = await town.discord.people.slash(noa, town.channel, "video", {"prompt": WORDS})
    await observer.file(await town.reply(quiet), LONG_S)
    settings = await use(town, town.mira, town.channel, "settings me")
    await town.discord.people.click(town.mira, settings, "v1:own:dm:on")
    await town.until_row("SELECT 1 FROM preference WHERE dm_when_done")
    message = await town.slash("video", prompt=WORDS, seconds=2)
    told = await observer.message(home, timeout_s=LONG_S)
    wanted = f"https://discord.com/channels/{town.guild.id}/{town.channel.id}/{message.id}"
    assert f"**Video #2** is done: {wanted}" in town.view(told).text
    assert len(observer.messages(home)) == 1
    assert observer.messages(town.discord.world.dm(noa)) == []


async def test_closed_messages_disturb_no_delivery(town: Town) -> None:
    await town.start()
    town.mira.dms = Dms.CLOSED
    settings = await use(town, town.mira, town.channel, "settings me")
    await town.discord.people.click(town.mira, settings, "v1:own:dm:on")
    await town.until_row("SELECT 1 FROM preference WHERE dm_when_done")
    for _ in range(2):
        message = await town.slash("video", prompt=WORDS, seconds=2)
        await town.discord.observer.file(message, LONG_S)
    assert await town.broken_invariants() == []
