import aiohttp
import pytest

from bot.deapi import errors
from bot.deapi.client import Client
from bot.deapi.limits import RateLimits
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.deapi.server import StandIn
from tests.integration.deapi.clips import AGENT, CLIP
from tests.integration.deapi.told import ToldTime

F = RequestFault


async def test_reads_repeat_and_wait_as_they_are_told(
    stand_in: StandIn, client: Client, told: ToldTime
) -> None:
    stand_in.faults.plan(F.RATE_LIMITED, path="account")
    stand_in.faults.plan(F.SERVER_ERROR, path="account")
    # aiohttp repeats a dropped GET once by itself.
    stand_in.faults.plan(F.DROP_UNSEEN, path="account", times=2)
    assert await client.balance() == 19_720_000
    assert told.slept == [7, 1.0, 2.0]


async def test_reads_give_up_after_four_attempts(
    stand_in: StandIn, client: Client, told: ToldTime
) -> None:
    stand_in.faults.plan(F.SERVER_ERROR, times=9)
    with pytest.raises(errors.ServerError):
        await client.balance()
    assert len(stand_in.seen) == 4
    assert told.slept == [0.5, 1.0, 2.0]


async def test_a_long_wait_is_left_to_the_caller(
    stand_in: StandIn, client: Client, told: ToldTime
) -> None:
    stand_in.faults.plan(F.RATE_LIMITED_BARE, path="jobs/")
    with pytest.raises(errors.RateLimited):
        await client.job("abc")
    assert told.slept == []


async def test_a_key_that_is_refused_is_not_tried_again(stand_in: StandIn, client: Client) -> None:
    stand_in.faults.plan(F.UNAUTHORIZED)
    with pytest.raises(errors.BadKey):
        await client.balance()
    assert len(stand_in.seen) == 1


async def test_the_allowance_is_kept_by_path(stand_in: StandIn, client: Client) -> None:
    handle = await client.submit_text(CLIP)
    await client.job(handle)
    assert client.last_limits == {
        "api/v2/videos/generations": RateLimits(
            limit=300, remaining=299, daily_limit=None, daily_remaining=None
        ),
        "jobs": RateLimits(limit=300, remaining=298, daily_limit=None, daily_remaining=None),
    }


async def test_an_answer_that_is_no_json_is_a_bad_response(
    stand_in: StandIn, client: Client
) -> None:
    stand_in.faults.plan(F.GARBAGE_ACCEPTED, path="account")
    with pytest.raises(errors.BadResponse):
        await client.balance()


async def test_an_unknown_job_is_not_found(client: Client, stand_in: StandIn) -> None:
    with pytest.raises(errors.NotFound):
        await client.job("c08a339c-73e5-4d67-a4d5-231302fbff9a")
    with pytest.raises(errors.NotFound):
        await client.job("../models")
    assert len(stand_in.seen) == 1


async def test_a_session_that_is_handed_in_stays_open(stand_in: StandIn) -> None:
    async with aiohttp.ClientSession() as session:
        key = stand_in.behaviour.key
        client = Client(key, user_agent=AGENT, base_url=stand_in.url, session=session)
        await client.balance()
        await client.close()
        assert not session.closed


@pytest.mark.parametrize("key", ["", "two words", "line\nbreak", "schlüssel"])
def test_a_key_that_no_header_can_carry_is_refused_at_once(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        Client(key, user_agent=AGENT)


def test_a_key_is_never_sent_in_the_clear() -> None:
    with pytest.raises(ValueError, match="https"):
        Client("k", user_agent=AGENT, base_url="http://api.deapi.ai")


async def test_a_client_that_was_closed_sends_nothing_and_opens_nothing(
    stand_in: StandIn, told: ToldTime
) -> None:
    key = stand_in.behaviour.key
    async with Client(key, user_agent=AGENT, base_url=stand_in.url, timing=told.timing()) as closed:
        pass
    with pytest.raises(errors.Unreachable):
        await closed.balance()
    assert stand_in.seen == []
