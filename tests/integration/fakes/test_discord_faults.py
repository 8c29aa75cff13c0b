import asyncio

import aiohttp
import discord
import pytest

from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.files import Upload
from tests.fakes.discord.server import Discord
from tests.integration.fakes.conftest import Home, Rest
from tests.integration.fakes.small_bot import SmallBot


async def test_a_limit_with_via_is_waited_for_and_one_without_is_raised(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    place = bot.get_partial_messageable(home.channel.id)
    limit = Fault(
        trouble=Trouble.STATUS, method="POST", path="/messages$", status=429, retry_after_s=0.01
    )
    server.faults.add(limit)
    await place.send("waits")
    assert limit.hits == 1
    assert [e.status for e in server.journal.requests("POST", "/messages")] == [429, 200]
    server.faults.add(Fault(trouble=Trouble.STATUS, path="/messages$", status=429, has_via=False))
    with pytest.raises(discord.HTTPException) as refused:
        await place.send("raises")
    assert refused.value.status == 429


async def test_any_status_and_code_can_be_asked_for_so_many_times(
    server: Discord, home: Home, rest: Rest
) -> None:
    server.faults.add(
        Fault(trouble=Trouble.STATUS, path="/messages$", status=413, code=40005, times=2)
    )
    server.faults.add(Fault(trouble=Trouble.STATUS, path="/messages$", status=500))
    answers = [
        await rest("POST", f"/channels/{home.channel.id}/messages", {"content": "x"})
        for _ in range(4)
    ]
    assert [status for status, _ in answers] == [413, 413, 500, 200]
    assert answers[0][1]["code"] == 40005


async def test_a_dropped_request_has_no_effect_and_a_lost_answer_has(
    server: Discord, home: Home, rest: Rest
) -> None:
    path = f"/channels/{home.channel.id}/messages"
    server.faults.add(Fault(trouble=Trouble.DROPPED, path=path))
    with pytest.raises(aiohttp.ClientError):
        await rest("POST", path, {"content": "dropped"})
    server.faults.add(Fault(trouble=Trouble.LOST, path=path))
    body = {"content": "lost", "nonce": "1", "enforce_nonce": True}
    with pytest.raises(aiohttp.ClientError):
        await rest("POST", path, body)
    status, again = await rest("POST", path, body)
    found = server.observer.messages(home.channel)
    assert [server.observer.view(message).text for message in found] == ["lost"]
    assert (status, again["id"]) == (200, str(found[0].id))


async def test_a_held_request_goes_on_when_it_is_released(
    server: Discord, home: Home, rest: Rest
) -> None:
    held = server.faults.add(Fault(trouble=Trouble.HELD, path="/messages$"))
    path = f"/channels/{home.channel.id}/messages"
    sending = asyncio.create_task(rest("POST", path, {"content": "x"}))
    await server.observer.wait_for(lambda: server.journal.requests("POST", path))
    assert not server.observer.messages(home.channel)
    held.release()
    assert (await sending)[0] == 200


async def test_the_answer_to_an_interaction_can_get_lost(
    server: Discord, home: Home, bot: SmallBot
) -> None:
    server.faults.add(Fault(trouble=Trouble.LOST, path="/callback"))
    used = await server.people.slash(home.mira, home.channel, "video", {"prompt": "a"})
    await server.observer.answered(used)
    async with asyncio.timeout(60):
        assert isinstance(await bot.failures.get(), aiohttp.ClientError | OSError)
    assert used.original is not None
    assert used.original.is_loading


async def test_a_file_s_address_expires_and_cannot_be_forged(server: Discord, home: Home) -> None:
    sent = await server.people.send_message(
        home.mira, home.channel, attachments=[Upload(filename="a b.txt", content=b"words")]
    )
    url = server.observer.view(sent).files[0].url

    async def get(address: str) -> tuple[int, bytes]:
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            return response.status, await response.read()

    assert await get(url) == (200, b"words")
    assert (await get(url.replace("hm=", "hm=0")))[0] == 404
    assert (await get(url.partition("?")[0]))[0] == 404
    server.faults.add(Fault(trouble=Trouble.STATUS, path="^/attachments/", status=503))
    assert (await get(url))[0] == 503
    server.clock.advance(25 * 3600)
    assert (await get(url))[0] == 404
    assert await get(server.observer.view(sent).files[0].url) == (200, b"words")
