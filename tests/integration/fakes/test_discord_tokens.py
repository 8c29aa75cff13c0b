import asyncio

import discord
import pytest

from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.server import Discord
from tests.integration.fakes.conftest import Home
from tests.integration.fakes.small_bot import Card, SmallBot, file_of

MINUTES_15 = 15 * 60


async def use(server: Discord, home: Home) -> Interaction:
    return await server.people.slash(home.mira, home.channel, "video", {"prompt": "a"})


async def failure(bot: SmallBot) -> discord.HTTPException:
    async with asyncio.timeout(60):
        error = await bot.failures.get()
    assert isinstance(error, discord.HTTPException)
    return error


async def test_the_first_answer_has_three_seconds(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    held = server.faults.add(Fault(trouble=Trouble.HELD, path="/callback"))
    used = await use(server, home)
    await server.observer.wait_for(lambda: server.journal.requests("POST", "/callback"))
    server.clock.advance(3.1)
    held.release()
    error = await failure(bot)
    assert (error.status, error.code) == (404, 10062)
    assert used.answered_ms is None


@pytest.mark.parametrize("second", ["defer", "send_message"])
async def test_a_second_first_answer_is_refused(
    server: Discord, home: Home, bot: SmallBot, second: str
) -> None:
    async def script(interaction: discord.Interaction[SmallBot]) -> None:
        await interaction.response.send_message("one")
        again = discord.InteractionResponse(interaction)
        await (again.defer() if second == "defer" else again.send_message("two"))

    bot.script = script
    used = await use(server, home)
    error = await failure(bot)
    assert (error.status, error.code) == (400, 40060)
    assert [server.observer.view(m).text for m in server.observer.messages(home.channel)] == ["one"]
    assert used.answer == 4


async def test_after_a_quarter_of_an_hour_only_the_channel_route_works(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    ends: list[int] = []
    told = asyncio.Event()
    gone_on = asyncio.Event()

    async def script(interaction: discord.Interaction[SmallBot]) -> None:
        await interaction.response.defer()
        message = await interaction.edit_original_response(content="working")
        told.set()
        await gone_on.wait()
        for late in (
            interaction.edit_original_response(content="late"),
            message.edit(content="late"),
            interaction.followup.send("late"),
            interaction.delete_original_response(),
        ):
            with pytest.raises(discord.HTTPException) as refused:
                await late
            ends.append(refused.value.code)
        assert interaction.channel_id is not None
        place = bot.get_partial_messageable(interaction.channel_id)
        await place.get_partial_message(message.id).edit(
            content="by the bot", attachments=[file_of(b"mp4")]
        )

    bot.script = script
    used = await use(server, home)
    reply = await server.observer.reply(used)
    await told.wait()
    server.clock.advance(MINUTES_15)
    gone_on.set()
    seen = await server.observer.file(reply)
    assert ends == [50027] * 4
    assert (seen.text, reply.edits) == ("by the bot", 1)


async def test_an_ephemeral_reply_stays_so_and_is_out_of_the_bot_s_reach(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    async def script(interaction: discord.Interaction[SmallBot]) -> None:
        await interaction.response.defer(ephemeral=True)
        message = await interaction.edit_original_response(content="secret")
        await interaction.followup.send("also")
        assert interaction.channel_id is not None
        place = bot.get_partial_messageable(interaction.channel_id)
        await place.get_partial_message(message.id).edit(content="by the bot")

    bot.script = script
    used = await use(server, home)
    error = await failure(bot)
    assert (error.status, error.code) == (404, 10008)
    reply = await server.observer.reply(used)
    assert server.observer.view(reply).is_ephemeral
    assert not server.observer.view(used.followups[0]).is_ephemeral
    server.clock.advance(1)
    assert server.observer.view(reply).text == "secret"


async def test_a_follow_up_after_a_deferral_fills_the_waiting_message_and_may_ping(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    async def script(interaction: discord.Interaction[SmallBot]) -> None:
        await interaction.response.defer(ephemeral=True)
        who = discord.AllowedMentions(users=True)
        await interaction.followup.send(interaction.user.mention, allowed_mentions=who)
        await interaction.followup.send(f"{interaction.user.mention} again")

    bot.script = script
    used = await use(server, home)
    second = await server.observer.wait_for(lambda: used.followups[:1])
    reply = await server.observer.reply(used)
    assert reply.pings.users == {home.mira.id}
    assert reply.ephemeral_for is home.mira
    assert not second[0].pings


async def test_a_deleted_answer_is_unknown(server: Discord, home: Home, bot: SmallBot) -> None:
    gone_on = asyncio.Event()

    async def script(interaction: discord.Interaction[SmallBot]) -> None:
        await interaction.response.send_message("working")
        await gone_on.wait()
        await interaction.edit_original_response(content="done")

    bot.script = script
    await server.people.delete_message(await server.observer.reply(await use(server, home)))
    gone_on.set()
    assert (await failure(bot)).code == 10008


async def test_a_v2_message_takes_no_content_and_is_filled_in_by_an_edit(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    async def script(interaction: discord.Interaction[SmallBot]) -> None:
        await interaction.response.send_message("old style")
        await interaction.edit_original_response(view=Card(1), attachments=[file_of(b"mp4")])

    bot.script = script
    await use(server, home)
    error = await failure(bot)
    assert (error.status, error.code) == (400, 50035)
    assert "COMPONENTS_V2" in error.text

    async def clears(interaction: discord.Interaction[SmallBot]) -> None:
        await interaction.response.send_message("old style")
        await interaction.edit_original_response(
            content=None, view=Card(1), attachments=[file_of(b"mp4")]
        )

    bot.script = clears
    used = await use(server, home)
    reply = await server.observer.reply(used)
    assert (await server.observer.file(reply)).text == "**Done**"


async def test_a_file_above_the_interaction_s_limit_is_413(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    home.mira.upload_limit_bytes = 10
    home.guild.size_limit_override_bytes = 5
    limits: list[int] = []

    async def script(interaction: discord.Interaction[SmallBot]) -> None:
        limits.append(interaction.filesize_limit)
        await interaction.response.defer()
        await interaction.edit_original_response(attachments=[file_of(b"x" * 11)])

    bot.script = script
    used = await use(server, home)
    error = await failure(bot)
    assert (limits, error.status, error.code) == ([10], 413, 40005)
    assert used.original is not None
    assert used.original.is_loading


async def test_where_only_the_user_installed_the_app_it_has_five_follow_ups_and_no_channel(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    home.mira.installed = True
    away = server.world.add_guild("Away", members=[home.mira], has_bot=False)
    channel = server.world.add_channel(away, "lobby")
    group = server.world.add_private_channel(
        home.mira, server.world.add_user("noor"), server.world.add_user("ben")
    )
    facts: list[tuple[bool, bool]] = []
    codes: asyncio.Queue[int] = asyncio.Queue()

    async def script(interaction: discord.Interaction[SmallBot]) -> None:
        facts.append((interaction.is_guild_integration(), interaction.is_user_integration()))
        await interaction.response.send_message("hi")
        for _ in range(5):
            await interaction.followup.send("more")
        assert interaction.channel_id is not None
        for send in (
            interaction.followup.send,
            bot.get_partial_messageable(interaction.channel_id).send,
        ):
            with pytest.raises(discord.HTTPException) as refused:
                await send("x")
            codes.put_nowait(refused.value.code)

    bot.script = script
    for place, context in ((channel, 0), (group, 2)):
        used = await server.people.slash(home.mira, place, "video", {"prompt": "a"})
        assert used.payload["context"] == context
        async with asyncio.timeout(60):
            assert [await codes.get(), await codes.get()] == [40094, 50001]
    assert facts == [(False, True)] * 2


async def test_a_server_that_forbids_external_apps_hides_their_answers(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    home.mira.installed = True
    away = server.world.add_guild("Away", members=[home.mira], has_bot=False)
    channel = server.world.add_channel(away, "lobby")
    channel.deny(away.roles[away.id], Permission.USE_EXTERNAL_APPS)
    used = await server.people.slash(home.mira, channel, "video", {"prompt": "a"})
    assert server.observer.view(await server.observer.reply(used)).is_ephemeral


async def test_a_direct_message_with_the_bot_is_a_context_of_its_own(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    used = await server.people.slash(
        home.mira, server.world.dm(home.mira), "video", {"prompt": "a"}
    )
    await server.observer.reply(used)
    assert used.payload["context"] == 1
    assert used.payload["authorizing_integration_owners"] == {"0": "0"}
    assert "user" in used.payload
