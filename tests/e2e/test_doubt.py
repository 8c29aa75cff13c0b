"""A submit whose answer was lost is never sent again: reports, the account and time clear it up."""

import pytest

from storage.records import Balance
from tests.e2e.conftest import WORDS, Town
from tests.fakes.deapi.behaviour import HookFault, RequestFault

UNDER_WAY = "SELECT 1 FROM call WHERE state = 'started'"


@pytest.fixture
def _reports(town: Town, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int) -> None:
    """Talkie has a public address, and deAPI's webhooks reach it."""
    monkeypatch.setenv("TALKIE_PUBLIC_URL", "https://talkie.example")
    monkeypatch.setenv("TALKIE_WEB_PORT", str(unused_tcp_port))
    town.deapi.behaviour.webhook_origin = f"http://127.0.0.1:{unused_tcp_port}"


@pytest.mark.usefixtures("_reports")
async def test_a_report_names_the_handle_that_the_lost_answer_held(town: Town) -> None:
    await town.start()
    await town.deapi_plans(RequestFault.DROP_ACCEPTED)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until_row("SELECT 1 FROM call WHERE state = 'doubt'")
    town.deapi.jobs.process(next(iter(town.deapi.jobs.by_id.values())), 10)
    await town.deapi.deliveries.settle()
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "held 5 credits · charged 5" in view.text
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


@pytest.mark.usefixtures("_reports")
async def test_a_report_before_the_answer_is_remembered(town: Town) -> None:
    town.deapi.behaviour.begins_before_answer = True
    await town.start()
    await town.deapi_plans(RequestFault.DROP_ACCEPTED)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


@pytest.mark.usefixtures("_reports")
async def test_a_video_that_turns_up_late_is_delivered_for_free(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_DOUBT_MINUTES", "0.005")
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.deapi_plans(RequestFault.DROP_ACCEPTED)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    view = await town.until(message, lambda seen: "could not be made" in seen.text)
    assert "held 5 credits · returned 5" in view.text
    assert await town.balance() == Balance(available=100, held=0)
    job = next(iter(town.deapi.jobs.by_id.values()))
    town.deapi.jobs.process(job, 10)
    await town.deapi.deliveries.settle()
    await town.until_row("SELECT 1 FROM job WHERE state = 'active'")
    await town.grow_old(6)
    # From now on its card tells how it stands again, as of every job.
    await town.until(message, lambda seen: "could not be made" not in seen.text)
    town.deapi.jobs.finish(job)
    await town.deapi.deliveries.settle()
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "returned 5" in view.text
    assert "charged" not in view.text
    assert await town.balance() == Balance(available=100, held=0)
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


async def test_an_account_that_moved_means_nothing_to_send_again(town: Town) -> None:
    await town.start()
    await town.deapi_plans(RequestFault.DROP_ACCEPTED)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.deapi_posts(1)
    await town.let_time_pass(11)
    view = await town.until(message, lambda seen: "could not be made" in seen.text)
    assert "does not ask twice" in view.text
    assert town.deapi.posts == 1
    [price] = [row["price_micro"] for row in await town.rows("SELECT * FROM call")]
    assert await town.promised_today() == price, "the charge that may have been made is counted"
    assert await town.broken_invariants() == []


async def test_an_account_that_stands_still_gives_the_credits_back_soon(town: Town) -> None:
    await town.start()
    await town.deapi_plans(RequestFault.SERVER_ERROR)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.deapi_posts(1)
    await town.let_time_pass(11)
    await town.until(message, lambda seen: "could not be made" in seen.text)
    assert await town.balance() == Balance(available=100, held=0)
    assert town.deapi.posts == 1


async def test_while_in_doubt_the_credits_stay_held(town: Town) -> None:
    await town.start()
    await town.deapi_plans(RequestFault.DROP_ACCEPTED)
    await town.slash("video", prompt=WORDS, seconds=2)
    await town.until_row("SELECT 1 FROM call WHERE state = 'doubt'")
    assert await town.balance() == Balance(available=95, held=5)
    await town.stop()
    await town.start()
    assert await town.balance() == Balance(available=95, held=5)
    assert town.deapi.posts == 1


async def test_only_the_owner_s_word_sends_a_call_in_doubt_again_and_it_is_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_IN_DOUBT", "resubmit")
    monkeypatch.setenv("TALKIE_DOUBT_MINUTES", "0.005")
    await town.start()
    await town.deapi_plans(RequestFault.DROP_ACCEPTED)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "held 5 credits · charged 5 · sent twice" in view.text
    assert town.deapi.posts == 2
    assert len(await town.rows("SELECT 1 FROM call")) == 2
    assert await town.broken_invariants() == []


@pytest.mark.usefixtures("_reports")
@pytest.mark.parametrize(
    "fault", [HookFault.DUPLICATE, HookFault.OVERTAKEN, HookFault.FORGED, HookFault.LOST]
)
async def test_odd_reports_change_nothing_about_the_outcome(town: Town, fault: HookFault) -> None:
    await town.start()
    for event in ("job.processing", "job.completed"):
        town.deapi.faults.plan_hook(fault, event=event)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "held 5 credits · charged 5" in view.text
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


@pytest.mark.usefixtures("_reports")
async def test_while_reports_arrive_a_video_is_looked_at_once_and_without_them_all_the_same(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TALKIE_POLL_SECONDS")
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    for count in (1, 2):
        message = await town.slash("video", prompt=WORDS, seconds=2)
        await town.until_row(UNDER_WAY)
        town.deapi.jobs.finish(list(town.deapi.jobs.by_id.values())[-1])
        await town.until(message, lambda seen: bool(seen.files))
        assert len(town.deapi.asked("jobs/")) == count
    town.deapi.faults.plan_hook(HookFault.LOST, times=9)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until_row(UNDER_WAY)
    town.deapi.jobs.finish(list(town.deapi.jobs.by_id.values())[-1])
    await town.let_time_pass(100)
    await town.until(message, lambda seen: bool(seen.files))
    assert len(await town.rows("SELECT * FROM timing")) == 2, "the third was found too late"
