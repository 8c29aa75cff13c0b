"""Sensible values for tests: say only what the test is about."""

from dataclasses import asdict, replace
from typing import Any

from storage.records import Job, JobId, JobState, Mode, NewJob, PersonId, Reply, Video, VideoId

NOW = 1_790_000_000_000
"""A time in the afternoon (UTC), in milliseconds."""

A_VIDEO = Video(
    id=VideoId(1),
    job_id=JobId(1),
    slug="page",
    file="a.mp4",
    poster="a.jpg",
    width=896,
    height=512,
    frames=49,
    bytes=6,
    created_at=0,
)

A_REPLY = Reply(
    application_id=1,
    token="token",
    token_until=NOW + 900_000,
    channel_id=7,
    message_id=8,
    bot_is_present=True,
    ephemeral=False,
    limit_bytes=10**7,
)

_count = iter(range(1, 10**9))


def a_new_job(person: PersonId, **changes: Any) -> NewJob:
    number = next(_count)
    return replace(
        NewJob(
            person_id=person,
            interaction_id=number,
            guild_id=10,
            mode=Mode.TEXT,
            prompt="a quiet harbour at dawn",
            shape="wide",
            size="standard",
            width=896,
            height=512,
            kept_height=512,
            frames=121,
            seed=7,
            engine="deapi",
            model="Ltx2_3_22B_Dist_INT8",
            folder=f"folder-{number}",
            price_micro=47_000,
            hold=5,
            created_at=NOW,
        ),
        **changes,
    )


def a_job(number: int, state: JobState = JobState.ACTIVE, **changes: Any) -> Job:
    """A job in this state; `changes` are those of a new one."""
    order = asdict(a_new_job(PersonId(2), **changes))
    del order["interaction_id"]
    return Job(
        **order,
        id=JobId(number),
        state=state,
        charge=None,
        fence=1,
        attempts=0,
        due_at=None,
        started_at=None,
        ended_at=None,
        reason=None,
        incident=None,
        deleted_at=None,
    )
