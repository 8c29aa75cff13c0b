from collections.abc import Awaitable

import discord
import pytest

from tests.fakes.discord.nouns import MIB, Dms
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.server import Discord
from tests.integration.fakes.conftest import Home, Rest, StartBot
from tests.integration.fakes.small_bot import JobButton, SmallBot, file_of


async def refused(sending: Awaitable[object]) -> tuple[int, int]:
    with pytest.raises(discord.HTTPException) as error:
        await sending
    return error.value.status, error.value.code


async def test_a_message_by_the_bot_s_own_route_carries_files_bytes_for_byte(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    place = bot.get_partial_messageable(home.channel.id)
    content = bytes(range(256)) * 1000
    view = discord.ui.View(timeout=None).add_item(JobButton(3))
    sent = await place.send("here", file=file_of(content, "talkie-3.mp4"), view=view)
    message = await server.observer.message(home.channel, lambda seen: bool(seen.files))
    seen = server.observer.view(message)
    assert (seen.files[0].content, seen.files[0].size) == (content, 256_000)
    assert await sent.attachments[0].read() == content
    assert sent.attachments[0].filename == "talkie-3.mp4"
    pressed = await server.people.click(home.mira, message, "Get video 3")
    assert server.observer.view(await server.observer.reply(pressed)).text == "job 3"


async def test_the_same_nonce_posts_once_within_its_window(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    place = bot.get_partial_messageable(home.channel.id)
    first = await place.send("video", nonce="job-1")
    again = await place.send("video", nonce="job-1")
    other = await place.send("video", nonce="job-2")
    assert first.id == again.id != other.id
    server.clock.advance(6 * 60)
    late = await place.send("video", nonce="job-1")
    assert late.id not in (first.id, other.id)
    assert len(server.observer.messages(home.channel)) == 3


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        (Permission.VIEW_CHANNEL, (403, 50001)),
        (Permission.SEND_MESSAGES, (403, 50013)),
        (Permission.ATTACH_FILES, (403, 50013)),
    ],
)
async def test_missing_permissions_are_told_apart(
    server: Discord, home: Home, bot: SmallBot, denied: Permission, expected: tuple[int, int]
) -> None:
    home.channel.deny(server.world.bot, denied)
    place = bot.get_partial_messageable(home.channel.id)
    assert await refused(place.send("video", file=file_of(b"x"))) == expected
    if denied is Permission.ATTACH_FILES:
        await place.send("words alone are allowed")


async def test_replies_to_interactions_need_no_permission_to_send(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    home.channel.deny(server.world.bot, Permission.SEND_MESSAGES | Permission.ATTACH_FILES)
    used = await server.people.slash(home.mira, home.channel, "video", {"prompt": "a"})
    assert server.observer.view(await server.observer.reply(used)).files


async def test_an_archived_thread_wakes_for_a_message_but_not_for_an_edit_or_when_locked(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    thread = server.world.add_thread(home.channel, "night")
    place = bot.get_partial_messageable(thread.id)
    message = await place.send("working")
    thread.is_archived = True
    assert await refused(message.edit(content="done")) == (400, 50083)
    await place.send("done")
    assert not thread.is_archived
    thread.is_archived = thread.is_locked = True
    assert await refused(place.send("more")) == (400, 50083)
    thread.is_archived = thread.is_locked = False
    home.channel.deny(server.world.bot, Permission.SEND_MESSAGES_IN_THREADS)
    assert await refused(place.send("more")) == (403, 50013)


async def test_the_size_limit_follows_the_guild_s_boosts(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    place = bot.get_partial_messageable(home.channel.id)
    large = bytes(10 * MIB + 1)
    assert await refused(place.send(file=file_of(large))) == (413, 40005)
    home.guild.premium_tier = 2
    assert (await place.send(file=file_of(large))).attachments[0].size == len(large)


async def test_direct_messages_can_be_closed_in_two_ways(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    member = await bot.fetch_user(home.mira.id)
    sent = await member.send("hello", file=file_of(b"x"))
    assert server.observer.messages(server.world.dm(home.mira))[0].id == sent.id
    home.mira.dms = Dms.BLOCKED
    assert await refused(member.send("hello")) == (403, 50007)
    stranger = server.world.add_user("stranger")
    person = await bot.fetch_user(stranger.id)
    assert await refused(person.send("hello")) == (403, 50278)
    stranger.installed = True
    await person.send("hello")


async def test_a_reply_pings_only_whom_it_may(server: Discord, home: Home, bot: SmallBot) -> None:
    place = bot.get_partial_messageable(home.channel.id)
    noor = server.world.add_user("noor")
    asked = await server.people.send_message(home.mira, home.channel, "hi")
    reference = discord.MessageReference(message_id=asked.id, channel_id=home.channel.id)
    only_mira = discord.AllowedMentions(
        everyone=False, users=[discord.Object(home.mira.id)], roles=False, replied_user=False
    )
    text = f"@everyone <@{home.mira.id}> <@{noor.id}>"
    sent = await place.send(text, reference=reference, allowed_mentions=only_mira)
    message = server.messages.find(sent.id)
    assert message is not None
    assert message.pings.users == {home.mira.id}
    assert not message.pings.everyone
    assert message.reply_to is asked
    silent = await place.send(text)
    found = server.messages.find(silent.id)
    assert found is not None
    assert not found.pings
    await server.people.delete_message(asked)
    assert await refused(place.send("late", reference=reference)) == (400, 50035)
    reference.fail_if_not_exists = False
    await place.send("late", reference=reference)


async def test_history_finds_the_bot_s_own_message_with_fresh_addresses(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    channel = bot.get_channel(home.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send("first")
    sent = await channel.send(file=file_of(b"mp4", "talkie-9.mp4"))
    old = sent.attachments[0]
    server.clock.advance(25 * 3600)
    with pytest.raises(discord.NotFound):
        await old.read()
    found = [m async for m in channel.history(limit=10) if m.attachments]
    assert [m.id for m in found] == [sent.id]
    assert await found[0].attachments[0].read() == b"mp4"
    await found[0].delete()
    with pytest.raises(discord.NotFound):
        await found[0].attachments[0].read()
    assert [m.content async for m in channel.history(limit=10)] == ["first"]


async def test_the_library_sees_the_same_permissions_as_the_stand_in(
    server: Discord, home: Home, start_bot: StartBot
) -> None:
    home.channel.deny(server.world.bot, Permission.ATTACH_FILES)
    bot = await start_bot()
    channel = bot.get_channel(home.channel.id)
    assert isinstance(channel, discord.TextChannel)
    mine = channel.permissions_for(channel.guild.me)
    assert (mine.view_channel, mine.send_messages, mine.attach_files) == (True, True, False)


async def test_edits_keep_replace_and_drop_files(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    place = bot.get_partial_messageable(home.channel.id)
    sent = await place.send("one", file=file_of(b"1", "a.mp4"))
    kept = await sent.edit(attachments=[*sent.attachments, file_of(b"2", "b.mp4")])
    assert [item.filename for item in kept.attachments] == ["a.mp4", "b.mp4"]
    last = await kept.edit(attachments=[kept.attachments[1]])
    assert [item.filename for item in last.attachments] == ["b.mp4"]
    bare = await last.edit(attachments=[])
    assert bare.attachments == []
    message = server.messages.find(sent.id)
    assert message is not None
    assert message.edits == 3
    assert await refused(bare.edit(content=None)) == (400, 50006)


async def test_unknown_things_and_wrong_tokens_are_answered_as_discord_does(
    server: Discord, home: Home, rest: Rest
) -> None:
    status, body = await rest("GET", "/channels/1")
    assert (status, body["code"]) == (404, 10003)
    status, body = await rest("PATCH", f"/channels/{home.channel.id}/messages/1", {"content": "x"})
    assert (status, body["code"]) == (404, 10008)
    status, body = await rest("POST", f"/channels/{home.channel.id}/messages", {})
    assert (status, body["code"]) == (400, 50006)
    status, body = await rest(
        "POST", f"/channels/{home.channel.id}/messages", {"content": "x" * 2001}
    )
    assert (status, body["code"], list(body["errors"])) == (400, 50035, ["content"])
    status, body = await rest("PATCH", "/webhooks/1/nothing/messages/@original", {"content": "x"})
    assert (status, body["code"]) == (401, 50027)
    status, body = await rest("POST", "/interactions/1/nothing/callback", {"type": 5})
    assert (status, body["code"]) == (404, 10062)
    status, body = await rest("GET", "/no/such/route")
    assert (status, body["code"]) == (404, 0)
    status, _ = await rest("POST", f"/channels/{home.channel.id}/typing")
    assert status == 204
