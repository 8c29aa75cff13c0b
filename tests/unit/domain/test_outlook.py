import pytest

from bot.domain import outlook
from bot.domain.outlook import House, Lane, Underway
from bot.domain.timing import WHOLE

ME, SHE, HE = 1, 2, 3


def house(*, underway: list[Underway], lanes: list[Lane], cap: int = 1) -> House:
    return House(underway=underway, lanes=lanes, cap=cap, law=WHOLE)


def lane(person: int, queued: int, *, turn: int = 0, cap: int = 1) -> Lane:
    return Lane(person=person, queued=queued, cap=cap, turn=turn)


def busy(person: int, age_s: float = 0) -> Underway:
    return Underway(person=person, law=WHOLE, age_s=age_s)


def test_in_an_empty_house_a_job_takes_as_long_as_it_takes() -> None:
    spread = outlook.of_queued(house(underway=[], lanes=[lane(ME, 1)]), ME, 0, WHOLE)
    assert spread.likely_s == pytest.approx(WHOLE.median_s, rel=0.25)
    assert spread.earliest_s < spread.likely_s < spread.latest_s


def test_a_full_house_makes_a_job_wait() -> None:
    free = outlook.of_queued(house(underway=[], lanes=[lane(ME, 1)]), ME, 0, WHOLE)
    full = outlook.of_queued(house(underway=[busy(SHE)], lanes=[lane(ME, 1)]), ME, 0, WHOLE)
    assert full.likely_s > free.likely_s + 0.7 * WHOLE.median_s


def test_whoever_was_served_longest_ago_is_served_first() -> None:
    lanes = [lane(ME, 1, turn=1), lane(SHE, 5, turn=2)]
    first = outlook.of_queued(house(underway=[busy(HE)], lanes=lanes), ME, 0, WHOLE)
    second = outlook.of_queued(house(underway=[busy(HE)], lanes=lanes), SHE, 0, WHOLE)
    assert second.likely_s > first.likely_s + 0.7 * WHOLE.median_s


def test_a_member_s_own_lane_holds_the_next_job_back() -> None:
    roomy = house(underway=[busy(ME)], lanes=[lane(ME, 1)], cap=10)
    free = house(underway=[busy(SHE)], lanes=[lane(ME, 1)], cap=10)
    held = outlook.of_queued(roomy, ME, 0, WHOLE)
    assert held.likely_s > outlook.of_queued(free, ME, 0, WHOLE).likely_s + 0.7 * WHOLE.median_s


def test_a_very_long_line_is_reckoned_with_means() -> None:
    lanes = [lane(person, 5, turn=person) for person in range(10, 400)]
    lanes.append(lane(ME, 1, turn=1_000))
    spread = outlook.of_queued(house(underway=[], lanes=lanes, cap=4), ME, 0, WHOLE)
    assert spread.likely_s == pytest.approx(390 * 59 / 4, rel=0.2)


def test_a_rush_is_not_taken_for_the_rate_at_which_people_ask() -> None:
    lanes = [lane(person, 1, turn=person) for person in range(10, 30)]

    def rush(asked_a_s: float) -> House:
        return House(underway=[], lanes=lanes, askers=lanes, asked_a_s=asked_a_s, cap=4, law=WHOLE)

    fast = outlook.MOST_ASKED * 4 / WHOLE.median_s
    assert outlook.of_queued(rush(1_000.0), 29, 0, WHOLE) == outlook.of_queued(
        rush(fast), 29, 0, WHOLE
    )


def test_the_same_standing_has_the_same_outlook() -> None:
    standing = house(underway=[busy(SHE, 30)], lanes=[lane(ME, 2), lane(HE, 1)])
    assert outlook.of_queued(standing, ME, 1, WHOLE) == outlook.of_queued(standing, ME, 1, WHOLE)
