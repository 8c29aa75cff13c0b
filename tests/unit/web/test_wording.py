"""The heading of a page, cut from a prompt."""

from dataclasses import asdict

import pytest

from bot.web import wording
from storage.records import Job, JobId, JobState, PersonId
from tests.builders import a_new_job

CAT = "夕暮れの交差点を、傘を差した猫がゆっくりと歩いていく。"


def a_job(prompt: str) -> Job:
    new = asdict(a_new_job(PersonId(1), prompt=prompt))
    del new["interaction_id"]
    return Job(
        **new, id=JobId(5), state=JobState.DONE, charge=0, fence=1, attempts=1, due_at=None,
        started_at=0, ended_at=0, reason=None, incident=None, deleted_at=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("prompt", "heading", "rest"),
    [
        ("A kite.", "A kite.", ""),
        ("", "Video 5", ""),
        (
            "A fox.  It waits. " + "Then it runs. " * 9,
            "A fox.",
            "It waits. " + "Then it runs. " * 9,
        ),
        (f"{CAT}{'雨が降る。' * 20}", CAT, "雨が降る。" * 20),
        (f"走れ\uff01{'雨が降る。' * 20}", "走れ\uff01", "雨が降る。" * 20),
        ("long " * 30, f"{'long ' * 17}long\u2026", "long " * 30),
        ("A" * 120, f"{'A' * 89}\u2026", "A" * 120),
    ],
)
def test_the_first_sentence_is_the_heading_and_the_rest_goes_on(
    prompt: str, heading: str, rest: str
) -> None:
    assert wording.headline(a_job(prompt)) == (heading, rest.strip())
