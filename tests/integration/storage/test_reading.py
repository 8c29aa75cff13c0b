"""What runs often reads from an index on, however many videos there ever were."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from storage import (
    calls,
    deliveries,
    errands,
    house,
    jobs,
    lanes,
    limits,
    replies,
    retention,
    versions,
    waiting,
)
from storage.database import Body, Store
from storage.records import Call, CallId, CallState, JobId, PersonId, Stage
from tests.builders import NOW
from tests.fakes.explaining import explained

GROWING = re.compile(
    r"SCAN (job|call|video|entry|delivery|reply|rewriting|share|complaint|j|c)\b"
    r"(?!.* USING INDEX (job|delivery)_)"
    r"|SEARCH (call|c) USING INDEX \w+ \(engine=\?\)"
)
"""A whole table that is never emptied; indexes of open jobs and owed deliveries stay short."""
A_CALL = Call(
    id=CallId(1),
    job_id=JobId(1),
    stage=Stage.RENDER,
    attempt=1,
    engine="deapi",
    model="m",
    state=CallState.DOUBT,
    handle=None,
    fence=1,
    price_micro=1,
    charged_micro=None,
    hook="h",
    hook_secret="s",
    hinted=None,
    balance_before=1,
    intent_at=NOW,
    started_at=None,
)
OFTEN: dict[str, Callable[[], Body[Any]]] = {
    "the cards of open jobs": waiting.posted,
    "one card": lambda: waiting.posted_of(JobId(1)),
    "what was spent today": lambda: limits.promised_micro(engine="deapi", since=NOW),
    "calls beside one in doubt": lambda: calls.others_under_way(A_CALL),
    "the open jobs of a server": lambda: limits.open_in_guild(1),
    "the last job of a member": lambda: limits.last_accepted(PersonId(2)),
    "the rewritings of a member today": lambda: versions.asked(PersonId(2), NOW),
    "who is next": lanes.next_ready,
    "the next delayed job": jobs.next_due,
    "jobs in line before one": lambda: jobs.ahead_of(JobId(1)),
    "what is in the making": house.running,
    "the next delivery": lambda: deliveries.next_due(set(), share=4),
    "what is delivered now": lambda: deliveries.due(NOW, 16, share=4),
    "what is tidied": lambda: deliveries.untidy(NOW, 16, since=NOW, again_at=NOW),
    "the next that is tidied": deliveries.next_tidying,
    "the next button": replies.next_offer,
    "the next errand": lambda: errands.next_due(set(), share=2),
    "what is done now": lambda: errands.due(NOW, 8, share=2, horizon_ms=1),
    "videos that go": lambda: retention.expired(NOW, 50),
    "reminders": lambda: retention.remind(now=NOW, before=NOW),
    "when a video goes": lambda: retention.kept_until(JobId(1)),
}


@pytest.mark.parametrize("name", OFTEN)
async def test_no_table_that_grows_is_read_whole(store: Store, name: str) -> None:
    steps = await store.write(explained(OFTEN[name]()))
    assert steps
    assert [step for step in steps if GROWING.search(step)] == []
