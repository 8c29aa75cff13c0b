"""How Talkie learns that a clip is done, and fetches it: early, lost and expired reports."""

import pytest

from tests.e2e.conftest import WORDS, Town
from tests.fakes.deapi.behaviour import HookFault, JobFault


@pytest.fixture
def _reports(town: Town, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int) -> None:
    """Talkie has a public address, and deAPI's webhooks reach it."""
    monkeypatch.setenv("TALKIE_PUBLIC_URL", "https://talkie.example")
    monkeypatch.setenv("TALKIE_WEB_PORT", str(unused_tcp_port))
    town.deapi.behaviour.webhook_origin = f"http://127.0.0.1:{unused_tcp_port}"


async def arrived_once(town: Town) -> None:
    message = await town.slash("video", prompt=WORDS, seconds=2)
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "held 5 credits · charged 5" in view.text
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")
    assert town.videos(town.channel) == [message]
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


@pytest.mark.usefixtures("_reports")
async def test_a_report_that_comes_before_the_answer_to_the_request(town: Town) -> None:
    town.deapi.behaviour.begins_before_answer = True
    await town.start()
    await arrived_once(town)


@pytest.mark.usefixtures("_reports")
async def test_reports_that_never_come(town: Town) -> None:
    town.deapi.faults.plan_hook(HookFault.LOST, times=5)
    await town.start()
    await arrived_once(town)
    assert town.deapi.deliveries.attempts == []


@pytest.mark.usefixtures("_reports")
async def test_reports_that_come_twice(town: Town) -> None:
    town.deapi.faults.plan_hook(HookFault.DUPLICATE, times=5)
    await town.start()
    await arrived_once(town)


async def test_an_address_that_expired_between_the_end_and_the_fetch(town: Town) -> None:
    town.deapi.faults.plan_job(JobFault.URL_EXPIRED)
    await town.start()
    await arrived_once(town)
