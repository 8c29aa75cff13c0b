"""What a waiting card says, and which changes are worth an edit."""

from dataclasses import replace

import pytest

from bot.domain.notice import Facts, Forecast, News, Notice, Stage, compose, news
from storage.records import CallState, JobState
from tests.builders import NOW

QUEUED = Facts(
    state=JobState.QUEUED,
    call=None,
    ahead=2,
    progress=None,
    reason=None,
    due_at=None,
    forecast=Forecast(likely_at_ms=NOW + 60_000, latest_at_ms=NOW + 180_000),
    late=False,
)
ACTIVE = replace(QUEUED, state=JobState.ACTIVE, call=CallState.STARTED, ahead=0)


def said(facts: Facts) -> Notice:
    notice = compose(facts, NOW)
    assert notice is not None
    return notice


def test_a_job_in_line_has_a_place_and_a_time() -> None:
    assert said(QUEUED) == Notice(stage=Stage.IN_LINE, ahead=2, forecast=QUEUED.forecast)


def test_a_bar_stands_only_where_the_engine_reports() -> None:
    assert said(ACTIVE).bar is None
    half = said(replace(ACTIVE, progress=0.5))
    assert (half.stage, half.bar, half.percent) == (Stage.MAKING, 6, 50)


@pytest.mark.parametrize("progress", [0.97, 0.99, 1.0])
def test_no_bar_ever_stands_at_99_per_cent(progress: float) -> None:
    assert said(replace(ACTIVE, progress=progress)) == Notice(stage=Stage.FINISHING)


def test_a_clip_that_is_being_fetched_is_nearly_done() -> None:
    facts = replace(ACTIVE, call=CallState.RENDERED, progress=0.4)
    assert said(facts).stage is Stage.FINISHING


def test_what_is_late_promises_no_time() -> None:
    notice = said(replace(ACTIVE, late=True))
    assert notice.late
    assert notice.forecast is None


def test_a_time_that_has_passed_is_not_promised() -> None:
    passed = Forecast(likely_at_ms=NOW - 1, latest_at_ms=NOW + 5_000)
    assert said(replace(ACTIVE, forecast=passed)) == Notice(stage=Stage.MAKING)
    long_passed = Forecast(likely_at_ms=NOW - 9_000, latest_at_ms=NOW - 1)
    assert said(replace(ACTIVE, forecast=long_passed)).late


def test_a_job_that_was_put_off_says_why_and_until_when() -> None:
    facts = replace(QUEUED, state=JobState.WAITING, reason="engine_busy", due_at=NOW + 9_000)
    assert said(facts) == Notice(stage=Stage.PUT_OFF, reason="engine_busy", until_ms=NOW + 9_000)


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED, JobState.CANCELLED])
def test_of_what_has_ended_there_is_no_notice(state: JobState) -> None:
    assert compose(replace(ACTIVE, state=state), NOW) is None


def test_what_nobody_has_seen_is_the_greatest_news() -> None:
    assert news(None, said(QUEUED), NOW) is News.STAGE


@pytest.mark.parametrize(
    ("facts", "worth"),
    [
        (QUEUED, News.NONE),
        (replace(QUEUED, ahead=1), News.PLACE),
        (replace(QUEUED, ahead=0), News.STAGE),
        (replace(QUEUED, late=True), News.STAGE),
        (ACTIVE, News.STAGE),
        (replace(QUEUED, forecast=None), News.MOTION),
        (replace(QUEUED, forecast=Forecast(likely_at_ms=NOW + 75_000, latest_at_ms=NOW + 200_000)),
         News.NONE),
        (replace(QUEUED, forecast=Forecast(likely_at_ms=NOW + 95_000, latest_at_ms=NOW + 200_000)),
         News.MOTION),
    ],
)  # fmt: skip
def test_news_are_weighed(facts: Facts, worth: News) -> None:
    assert news(said(QUEUED), said(facts), NOW) is worth


def test_a_bar_that_moved_within_its_step_is_no_news() -> None:
    shown = said(replace(ACTIVE, progress=0.50))
    assert news(shown, said(replace(ACTIVE, progress=0.55)), NOW) is News.NONE
    assert news(shown, said(replace(ACTIVE, progress=0.59)), NOW) is News.MOTION


def test_a_shown_time_that_passes_is_news() -> None:
    shown = said(QUEUED)
    later = NOW + 60_000
    again = Forecast(likely_at_ms=later + 10_000, latest_at_ms=later + 90_000)
    notice = compose(replace(QUEUED, forecast=again), later)
    assert notice is not None
    assert news(shown, notice, later) is News.MOTION
