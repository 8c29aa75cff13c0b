"""Cards share the limits of their channel, and what is shown is never older than it must be."""

import random
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest

from bot.domain.notice import BAR_STEPS, Notice, Stage
from bot.services.newsroom import Budget, Card, Newsroom
from storage.records import JobId
from tests.builders import NOW

HOUR = 3_600_000
LINE = Notice(stage=Stage.IN_LINE, ahead=3)
MAKING = Notice(stage=Stage.MAKING)


def card(job: int, channel: int = 1, since_ms: int = NOW - 60_000) -> Card:
    return Card(job=JobId(job), channel=channel, since_ms=since_ms)


def at(step: int) -> Notice:
    return Notice(stage=Stage.MAKING, bar=step, percent=step * 100 // BAR_STEPS)


class Wall:
    """A newsroom with cards whose current notices a test sets, and what was edited when."""

    def __init__(self, *cards: Card) -> None:
        self.room = Newsroom()
        self.cards = list(cards)
        self.notices: dict[JobId, Notice] = {}
        self.edits: list[tuple[int, JobId, Notice]] = []
        self.now = NOW

    def tick(self, seconds: float = 0.0) -> list[JobId]:
        """Let time pass, then edit what may be edited, as the service does."""
        self.now += round(seconds * 1000)
        self.room.keep(self.cards, self.now)
        seen = {job: self.notices[job] for job in self.room.wanted(self.now, 50)}
        granted = self.room.grant(seen, self.now)
        for job in granted:
            self.edits.append((self.now, job, self.notices[job]))
            [mine] = [card for card in self.cards if card.job == job]
            self.room.shown(mine, self.notices[job], self.now)
        return granted

    def say(self, job: int, notice: Notice) -> None:
        self.notices[JobId(job)] = notice
        self.room.stir(JobId(job), pressing=False)


def most_within(times: Sequence[int], window_ms: int) -> int:
    return max((sum(1 for t in times if 0 <= t - start < window_ms) for start in times), default=0)


def test_a_budget_refills_and_what_others_spend_counts() -> None:
    budget = Budget(2, 1_000)
    for _ in range(3):
        budget.spend(NOW)
    assert budget.left(NOW) == -1
    assert budget.left(NOW + 2_000) == 1
    assert budget.left(NOW + 60_000) == 2
    assert budget.left(NOW) == 2, "a clock that was set back takes nothing away"


def test_the_first_card_of_a_new_job_is_left_to_whoever_accepted_it() -> None:
    wall = Wall(card(1, since_ms=NOW))
    wall.say(1, LINE)
    assert wall.tick(0) == []
    assert wall.tick(5) == [1]


def test_after_the_first_card_a_start_is_told_at_once() -> None:
    wall = Wall(card(1, since_ms=NOW))
    wall.notices[JobId(1)] = LINE
    wall.room.shown(card(1, since_ms=NOW), LINE, NOW)
    assert wall.tick(1) == []
    wall.say(1, MAKING)
    assert wall.tick(1) == [1]
    wall.say(1, Notice(stage=Stage.FINISHING))
    assert wall.tick(4) == []
    assert wall.tick(1) == [1]


def test_what_has_not_changed_is_not_edited() -> None:
    wall = Wall(card(1))
    wall.say(1, LINE)
    assert wall.tick() == [1]
    for _ in range(600):
        wall.room.stir_all()
        assert wall.tick(1) == []


def test_between_edits_the_latest_news_replace_the_ones_before() -> None:
    wall = Wall(card(1))
    wall.say(1, at(0))
    wall.tick()
    for step in range(1, 10):
        wall.say(1, at(step))
        wall.tick(1)
    assert wall.tick(1) == [1]
    assert [notice.bar for _, _, notice in wall.edits] == [0, 9]


def test_a_new_stage_waits_half_as_long_as_a_bar() -> None:
    wall = Wall(card(1))
    wall.say(1, LINE)
    wall.tick()
    wall.say(1, MAKING)
    assert wall.tick(4) == []
    assert wall.tick(1) == [1]


def test_a_new_stage_goes_before_a_bar_that_waited_longer() -> None:
    wall = Wall(*(card(job) for job in range(1, 5)))
    for job in range(1, 5):
        wall.say(job, LINE)
    for _ in range(4):
        wall.tick(20)
    assert {job for _, job, _ in wall.edits} == {1, 2, 3, 4}
    for job in (1, 2, 3):
        wall.say(job, Notice(stage=Stage.IN_LINE, ahead=2))
    wall.say(4, MAKING)
    assert 4 in wall.tick(20)


def test_silence_does_not_freeze_a_card() -> None:
    wall = Wall(card(1))
    wall.say(1, MAKING)
    wall.tick()
    wall.notices[JobId(1)] = Notice(stage=Stage.MAKING, late=True)
    assert wall.tick(9) == []
    assert wall.tick(2) == [1]


def test_an_old_message_is_edited_every_two_minutes_at_most_and_only_for_a_stage() -> None:
    wall = Wall(card(1, since_ms=NOW - HOUR))
    wall.say(1, at(0))
    for second in range(3_600):
        wall.say(1, at(second * BAR_STEPS // 3_601))
        wall.tick(1)
    gaps = [after[0] - before[0] for before, after in pairwise(wall.edits)]
    assert min(gaps) >= 300_000
    wall.notices[JobId(1)] = MAKING
    wall.tick(121)
    wall.notices[JobId(1)] = Notice(stage=Stage.FINISHING)
    assert wall.tick(60) == []
    assert wall.tick(61) == [1]


def test_a_message_that_is_gone_is_never_edited_again() -> None:
    wall = Wall(card(1))
    wall.say(1, LINE)
    wall.room.keep(wall.cards, NOW)
    wall.room.silence(JobId(1))
    for step in range(BAR_STEPS):
        wall.say(1, at(step))
        assert wall.tick(20) == []


def test_trouble_with_one_card_holds_up_no_other() -> None:
    wall = Wall(card(1), card(2))
    wall.say(1, LINE)
    wall.say(2, LINE)
    wall.room.keep(wall.cards, NOW)
    assert wall.room.grant(dict(wall.notices), NOW) == [1], "one at a time in each channel"
    wall.room.refused(JobId(1), NOW, pause_ms=60_000)
    assert wall.tick(1) == [2]
    wall.say(2, MAKING)
    assert wall.tick(10) == [2]
    assert wall.tick(51) == [1]


def test_a_job_that_ends_while_its_card_is_edited_frees_its_channel() -> None:
    wall = Wall(card(1), card(2))
    wall.say(1, LINE)
    wall.say(2, LINE)
    wall.room.keep(wall.cards, NOW)
    assert wall.room.grant({JobId(1): LINE}, NOW) == [1]
    wall.cards = wall.cards[1:]
    assert wall.tick(1) == [2]


def test_a_channel_that_takes_no_more_rests_and_another_goes_on() -> None:
    wall = Wall(card(1, channel=1), card(2, channel=1), card(3, channel=2))
    for job in (1, 2, 3):
        wall.say(job, LINE)
    wall.room.keep(wall.cards, NOW)
    wall.room.pause_channel(JobId(1), NOW, pause_ms=30_000)
    assert wall.tick(1) == [3]
    assert wall.tick(30) == [1]
    assert wall.tick(1) == [2]


def test_a_card_under_way_is_not_granted_twice() -> None:
    wall = Wall(card(1))
    wall.say(1, LINE)
    wall.room.keep(wall.cards, NOW)
    assert wall.room.grant(dict(wall.notices), NOW) == [1]
    wall.say(1, MAKING)
    assert wall.tick(60) == []


def test_a_clock_that_is_set_back_stops_nothing() -> None:
    wall = Wall(card(1))
    wall.say(1, LINE)
    wall.tick()
    wall.say(1, MAKING)
    assert wall.tick(-86_400) == [1]


def test_after_a_start_a_thousand_cards_come_back_without_a_burst() -> None:
    wall = Wall(*(card(job, channel=job) for job in range(1, 1_001)))
    for job in range(1, 1_001):
        wall.notices[JobId(job)] = LINE
    for _ in range(300):
        wall.tick(1)
    assert most_within([when for when, _, _ in wall.edits], 1_000) <= 5
    assert len({job for _, job, _ in wall.edits}) == 1_000


@pytest.mark.parametrize("seed", range(5))
def test_twenty_jobs_in_one_channel_stay_within_its_limits(seed: int) -> None:
    """Four at once are rendered, each for about a minute; the others move up."""
    draw = random.Random(seed)
    wall = Wall(*(card(job, since_ms=NOW) for job in range(1, 21)))
    lengths = {job: draw.lognormvariate(3.8, 0.6) for job in range(1, 21)}
    started: dict[int, float] = {}
    ended: dict[int, int] = {}
    second = 0
    while len(ended) < 20:
        second += 1
        for job in [job for job in started if second >= started[job] + lengths[job]]:
            ended[job] = NOW + second * 1_000
            wall.room.posted(JobId(job), ended[job])
            wall.room.silence(JobId(job))
            wall.cards = [kept for kept in wall.cards if kept.job != job]
            del started[job], wall.notices[JobId(job)]
            wall.room.stir_all()
        line = [job for job in range(1, 21) if job not in started and job not in ended]
        while line and len(started) < 4:
            started[line.pop(0)] = second
            wall.room.stir_all()
        for place, job in enumerate(line):
            wall.notices[JobId(job)] = Notice(stage=Stage.IN_LINE, ahead=place)
        for job, since in started.items():
            part = min(1.0, (second - since) / lengths[job])
            wall.say(job, at(int(part * BAR_STEPS)) if part < 0.97 else MAKING)
        wall.tick(1)
    times = [when for when, _, _ in wall.edits]
    assert most_within(times, 5_000) <= 3
    assert most_within(times, 60_000) <= 22
    for job in range(1, 21):
        mine = [when for when, edited, _ in wall.edits if edited == job]
        assert all(after - before >= 5_000 for before, after in pairwise(mine))
        assert all(when <= ended[job] for when in mine)
    assert Counter(edited for _, edited, _ in wall.edits).keys() == set(range(1, 21))
