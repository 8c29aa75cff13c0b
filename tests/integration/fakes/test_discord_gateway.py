import asyncio
from typing import Any

import aiohttp
import discord
import pytest

from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.files import Upload
from tests.fakes.discord.gateway import Intent
from tests.fakes.discord.journal import Kind
from tests.fakes.discord.server import Discord
from tests.integration.fakes.conftest import Home, StartBot
from tests.integration.fakes.small_bot import SmallBot


def identified(server: Discord) -> int:
    return len([e for e in server.journal.entries(Kind.GATEWAY_IN) if e.detail["op"] == 2])


async def heard(bot: SmallBot) -> discord.Message:
    async with asyncio.timeout(60):
        return await bot.heard.get()


async def test_after_a_cut_wire_the_bot_resumes_and_hears_what_it_missed(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    server.gateway.drop()
    await server.observer.wait_for(lambda: server.journal.entries(Kind.DISCONNECTED))
    used = await server.people.slash(home.mira, home.channel, "video", {"prompt": "a"})
    await server.observer.reply(used)
    await server.observer.connected(resumed=True)
    assert identified(server) == 1


async def test_op_7_makes_the_bot_come_back_by_itself(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    server.gateway.ask_to_reconnect()
    await server.observer.connected(resumed=True)
    assert identified(server) == 1
    used = await server.people.slash(home.mira, home.channel, "video", {"prompt": "a"})
    await server.observer.reply(used)


async def test_a_session_that_was_forgotten_cannot_be_resumed(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    server.gateway.invalidate()
    await server.observer.connected(times=2, timeout_s=20)
    assert identified(server) == 2


async def test_a_wrong_token_cannot_log_in(
    server: Discord, home: Home, start_bot: StartBot
) -> None:
    stranger = SmallBot()
    async with stranger:
        with pytest.raises(discord.LoginFailure):
            await stranger.login("wrong")


async def test_privileged_intents_are_closed_out(
    server: Discord, home: Home, start_bot: StartBot
) -> None:
    greedy = SmallBot(discord.Intents(guilds=True, message_content=True))
    async with greedy:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await greedy.start(server.token)


async def test_without_the_intent_only_own_pinged_and_direct_words_are_readable(
    server: Discord, home: Home, start_bot: StartBot
) -> None:
    bot = await start_bot(
        intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    )
    sound = Upload(filename="a.ogg", content=b"x", duration_s=1.0, waveform="AAEC")
    mention = f"<@{server.world.bot.id}> hi"
    await server.people.send_message(home.mira, home.channel, "secret", attachments=[sound])
    await server.people.send_message(home.mira, home.channel, mention)
    await server.people.send_dm(home.mira, attachments=[sound], is_voice=True)
    hidden, mentioned, direct = [await heard(bot) for _ in range(3)]
    assert (hidden.content, hidden.attachments) == ("", [])
    assert mentioned.content == mention
    assert direct.flags.voice
    assert direct.attachments[0].is_voice_message()


async def test_a_pinging_reply_to_the_bot_is_readable(
    server: Discord, home: Home, start_bot: StartBot
) -> None:
    bot = await start_bot(intents=discord.Intents(guilds=True, guild_messages=True))
    await bot.get_partial_messageable(home.channel.id).send("card")
    assert (await heard(bot)).content == "card"
    card = server.observer.messages(home.channel)[0]
    await server.people.send_message(home.mira, home.channel, "again", reply_to=card)
    await server.people.send_message(
        home.mira, home.channel, "psst", reply_to=card, pings_author=False
    )
    assert [(await heard(bot)).content for _ in range(2)] == ["again", ""]


async def test_a_reply_to_the_answer_of_an_interaction_pings_nobody(
    server: Discord, home: Home, start_bot: StartBot
) -> None:
    bot = await start_bot(intents=discord.Intents(guilds=True, guild_messages=True))
    used = await server.people.slash(home.mira, home.channel, "video", {"prompt": "a"})
    card = await server.observer.reply(used)
    await server.people.send_message(home.mira, home.channel, "again", reply_to=card)
    replies = [await heard(bot)]
    while replies[-1].author.id != home.mira.id:
        replies.append(await heard(bot))
    assert (replies[-1].content, replies[-1].mentions) == ("", [])


async def test_an_event_can_arrive_twice(server: Discord, home: Home, start_bot: StartBot) -> None:
    bot = await start_bot(intents=discord.Intents(dm_messages=True))
    said = await server.people.send_dm(home.mira, "hello")
    await server.people.repeat(said)
    assert [(await heard(bot)).id for _ in range(2)] == [said.id, said.id]


async def test_with_the_intent_everything_is_readable(
    server: Discord, home: Home, start_bot: StartBot
) -> None:
    server.gateway.allowed_intents |= Intent.MESSAGE_CONTENT
    bot = await start_bot(
        intents=discord.Intents(guilds=True, guild_messages=True, message_content=True)
    )
    await server.people.send_message(home.mira, home.channel, "in the open")
    assert (await heard(bot)).content == "in the open"


async def test_what_joins_the_world_later_is_announced(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    later = server.world.add_guild("Later", members=[home.mira])
    channel = server.world.add_channel(later, "new")
    used = await server.people.slash(home.mira, channel, "video", {"prompt": "a"})
    await server.observer.reply(used)
    assert bot.get_channel(channel.id) is not None
    server.world.remove_bot(later)
    used = await server.people.slash(home.mira, home.channel, "video", {"prompt": "a"})
    await server.observer.reply(used)
    assert bot.get_guild(later.id) is None


async def test_a_gateway_that_is_down_for_a_moment_is_tried_again(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    down = server.faults.add(Fault(trouble=Trouble.DROPPED, path="^/gw/"))
    server.gateway.ask_to_reconnect()
    await server.observer.connected(resumed=True, timeout_s=20)
    assert down.hits == 1


async def identify(
    session: aiohttp.ClientSession, server: Discord, **changes: Any
) -> aiohttp.ClientWebSocketResponse:
    socket = await session.ws_connect(server.gateway_url)
    assert (await socket.receive_json())["op"] == 10
    wish = {"token": server.token, "intents": 1, "properties": {}} | changes
    await socket.send_json({"op": 2, "d": wish})
    return socket


async def test_two_shards_hear_each_their_own(server: Discord, home: Home) -> None:
    mine = (home.guild.id >> 22) % 2
    server.commands.put([{"name": "jobs", "description": "x"}])
    async with aiohttp.ClientSession() as session:
        sockets = [await identify(session, server, shard=[number, 2]) for number in (0, 1)]
        ready = [(await socket.receive_json())["d"]["guilds"] for socket in sockets]
        assert [len(guilds) for guilds in ready] == [1 - mine, mine]
        await sockets[mine].receive_json()
        await server.people.slash(home.mira, home.channel, "jobs")
        assert (await sockets[mine].receive_json())["t"] == "INTERACTION_CREATE"
        await sockets[1 - mine].send_json({"op": 1, "d": None})
        assert (await sockets[1 - mine].receive_json())["op"] == 11


async def test_the_gateway_closes_on_a_wrong_token_and_an_unknown_session(
    server: Discord, home: Home
) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await identify(session, server, token="wrong")
        await socket.receive()
        assert socket.close_code == 4004
        socket = await session.ws_connect(server.gateway_url)
        await socket.receive_json()
        wish = {"token": server.token, "session_id": "none", "seq": 1}
        await socket.send_json({"op": 6, "d": wish})
        assert await socket.receive_json() == {"op": 9, "d": False, "s": None, "t": None}
