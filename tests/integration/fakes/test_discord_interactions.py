import asyncio
from typing import Any

import discord
import pytest
from discord import ui

from tests.fakes.discord.errors import WrongUseError
from tests.fakes.discord.files import Upload
from tests.fakes.discord.journal import Kind
from tests.fakes.discord.server import Discord
from tests.integration.fakes.conftest import Home, StartBot
from tests.integration.fakes.small_bot import Card, SmallBot, file_of

VOICE = Upload(
    filename="voice-message.ogg",
    content=b"OggS" * 100,
    content_type="audio/ogg",
    duration_s=2.5,
    waveform="AAEC",
)


async def test_a_command_with_a_picture_becomes_a_deferred_reply_with_a_file(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    picture = Upload(filename="fox.png", content=b"not really a picture")
    used = await server.people.slash(
        home.mira, home.channel, "video", {"prompt": "a fox"}, {"image": picture}
    )
    reply = await server.observer.reply(used)
    seen = server.observer.view(reply)
    assert seen.text == "a fox in None"
    assert [(file.name, file.content) for file in seen.files] == [("out.mp4", picture.content)]
    assert seen.button("Get video 7").custom_id == "v1:job:7"
    assert used.answer == 5
    assert used.latency_ms is not None
    assert 0 <= used.latency_ms < 3000
    assert (seen.is_ephemeral, seen.is_edited, reply.edits) == (False, False, 0)


async def test_a_dynamic_button_answers_only_its_presser(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    used = await server.people.slash(home.mira, home.channel, "video", {"prompt": "a"})
    pressed = await server.people.click(home.mira, await server.observer.reply(used), "v1:job:7")
    answer = await server.observer.reply(pressed)
    assert server.observer.view(answer).text == "job 7"
    assert server.observer.view(answer).is_ephemeral
    other = server.world.add_user("noor")
    with pytest.raises(WrongUseError, match="does not see"):
        await server.people.click(other, answer, "v1:job:7")


async def test_a_layout_shows_its_video_and_its_button_works_after_a_restart(
    server: Discord, home: Home, bot: SmallBot, start_bot: StartBot
) -> None:
    async def script(interaction: discord.Interaction[SmallBot]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(view=Card(12), attachments=[file_of(b"mp4")])

    bot.script = script
    used = await server.people.slash(home.mira, home.channel, "video", {"prompt": "a"})
    reply = await server.observer.reply(used)
    seen = server.observer.view(reply)
    assert (seen.text, seen.is_v2) == ("**Done**", True)
    assert [(file.name, file.content) for file in seen.files] == [("out.mp4", b"mp4")]
    shown = str(server.messages.payload(reply)["components"])
    assert "attachment://" not in shown
    assert f"{server.root}/attachments/" in shown
    await bot.close()
    await start_bot()
    pressed = await server.people.click(home.mira, reply, "Get video 12")
    assert server.observer.view(await server.observer.reply(pressed)).text == "job 12"


async def test_a_voice_note_reaches_a_message_menu_also_when_it_was_forwarded(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    note = await server.people.send_message(
        home.mira, home.channel, attachments=[VOICE], is_voice=True
    )
    forward = await server.people.send_message(home.mira, home.channel, forwarded=note)
    for message in (note, forward):
        used = await server.people.context_menu(home.mira, home.channel, "Make it talk", message)
        reply = await server.observer.reply(used)
        assert server.observer.view(reply).text == "400 bytes, voice note: True"


async def test_a_modal_with_text_and_file_makes_the_round_trip(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    message = await server.people.send_message(home.mira, home.channel, "no sound in here")
    used = await server.people.context_menu(home.mira, home.channel, "Make it talk", message)
    assert (await server.observer.modal(used))["title"] == "Portrait"
    with pytest.raises(WrongUseError, match="picture takes 1 to 1"):
        await server.people.submit_modal(home.mira, used, {"words": "hello", "picture": []})
    with pytest.raises(WrongUseError, match="1 to 40 characters"):
        await server.people.submit_modal(home.mira, used, {"words": "x" * 41})
    picture = Upload(filename="me.png", content=b"12345")
    sent = await server.people.submit_modal(
        home.mira, used, {"words": "hello", "picture": [picture]}
    )
    assert server.observer.view(await server.observer.reply(sent)).text == "hello: 5 bytes"


async def test_autocomplete_suggests(server: Discord, home: Home, bot: SmallBot) -> None:
    typed = await server.people.autocomplete(
        home.mira, home.channel, "video", "preset", {"preset": "an"}
    )
    assert await server.observer.choices(typed) == ["anime", "antique"]


async def test_a_menu_is_chosen_from_and_the_message_updated(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    class Menu(ui.View):
        @ui.select(
            custom_id="shape",
            options=[discord.SelectOption(label=x, value=x) for x in ("16:9", "1:1")],
        )
        async def choose(
            self, interaction: discord.Interaction[SmallBot], select: "ui.Select[Menu]"
        ) -> None:
            await interaction.response.edit_message(content=select.values[0], view=None)

    async def script(interaction: discord.Interaction[SmallBot]) -> None:
        await interaction.response.send_message("shape?", view=Menu())

    bot.script = script
    used = await server.people.slash(home.mira, home.channel, "video", {"prompt": "a"})
    reply = await server.observer.reply(used)
    with pytest.raises(WrongUseError, match="does not offer"):
        await server.people.select(home.mira, reply, "shape", ["4:3"])
    chosen = await server.people.select(home.mira, reply, "shape", ["1:1"])
    await server.observer.answered(chosen)
    seen = server.observer.view(reply)
    assert (seen.text, seen.menus, seen.is_edited) == ("1:1", (), True)


async def test_what_was_never_synced_or_does_not_fit_is_a_wrong_test(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    wrong: list[tuple[str, Any, str]] = [
        ("film", {"prompt": "a"}, "no command"),
        ("video", {}, "needs"),
        ("video", {"prompt": 3}, "takes string"),
        ("video", {"prompt": "x" * 201}, "takes 1 to 200"),
        ("video", {"prompt": "a", "colour": "red"}, "no option"),
    ]
    for name, options, message in wrong:
        with pytest.raises(WrongUseError, match=message):
            await server.people.slash(home.mira, home.channel, name, options)
    with pytest.raises(WrongUseError, match="not offered in context 1"):
        await server.people.slash(home.mira, server.world.dm(home.mira), "jobs")


async def test_many_at_once_are_all_acknowledged(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    used = [
        await server.people.slash(home.mira, home.channel, "video", {"prompt": f"{number}"})
        for number in range(60)
    ]
    await server.observer.wait_for(lambda: server.journal.count(Kind.ANSWERED) == 60)
    replies = await asyncio.gather(*(server.observer.reply(one, 15) for one in used))
    assert [server.observer.view(reply).text for reply in replies] == [
        f"{number} in None" for number in range(60)
    ]


async def test_a_command_for_adults_is_offered_in_age_restricted_channels_only(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    adult = {"name": "adult", "description": "x", "nsfw": True, "integration_types": [0]}
    server.commands.put([adult])
    with pytest.raises(WrongUseError, match="age-restricted"):
        await server.people.slash(home.mira, home.channel, "adult")
    night = server.world.add_channel(home.guild, "night", is_age_restricted=True)
    used = await server.people.slash(home.mira, night, "adult")
    assert used.payload["channel"]["nsfw"]


async def test_an_avatar_is_served(server: Discord, home: Home, bot: SmallBot) -> None:
    home.mira.avatar = b"picture"
    read: asyncio.Queue[bytes] = asyncio.Queue()

    async def script(interaction: discord.Interaction[SmallBot]) -> None:
        await interaction.response.defer()
        read.put_nowait(await interaction.user.display_avatar.read())

    bot.script = script
    await server.people.slash(home.mira, home.channel, "video", {"prompt": "a"})
    async with asyncio.timeout(60):
        assert await read.get() == b"picture"
