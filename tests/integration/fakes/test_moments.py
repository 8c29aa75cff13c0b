from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.fakes.deapi import catalog
from tests.fakes.deapi.server import StandIn
from tests.fakes.moments import Moment, Phase

SUBMIT = {
    "prompt": "a cat",
    "model": catalog.LTX.slug,
    "width": 768,
    "height": 512,
    "frames": 49,
    "fps": 24,
    "steps": 8,
    "seed": 7,
    "guidance": 0,
}


@pytest.fixture
async def deapi() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


def watch(deapi: StandIn, *, cuts: Phase | None) -> list[Moment]:
    seen: list[Moment] = []

    async def watcher(moment: Moment) -> bool:
        seen.append(moment)
        return moment.phase is cuts

    deapi.moments.watch(watcher)
    return seen


async def submit(deapi: StandIn) -> int:
    headers = {
        "Authorization": f"Bearer {deapi.behaviour.key}",
        "Accept": "application/json",
        "User-Agent": "Talkie/0 (tests)",
    }
    url = f"{deapi.url}/api/v2/videos/generations"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json=SUBMIT, headers=headers) as answer,
    ):
        return answer.status


async def test_a_request_is_seen_arriving_taken_and_answered(deapi: StandIn) -> None:
    seen = watch(deapi, cuts=None)
    assert await submit(deapi) == 200
    assert [(moment.phase, moment.status) for moment in seen] == [
        (Phase.ARRIVED, None),
        (Phase.TAKEN, 200),
        (Phase.ANSWERED, 200),
    ]
    assert seen[0].detail["prompt"] == "a cat"


async def test_a_request_cut_at_its_arrival_has_no_effect(deapi: StandIn) -> None:
    watch(deapi, cuts=Phase.ARRIVED)
    with pytest.raises(aiohttp.ClientConnectionError):
        await submit(deapi)
    assert not deapi.jobs.by_id


async def test_a_request_cut_before_its_answer_keeps_its_effect(deapi: StandIn) -> None:
    watch(deapi, cuts=Phase.TAKEN)
    with pytest.raises(aiohttp.ClientConnectionError):
        await submit(deapi)
    assert len(deapi.jobs.by_id) == 1
