import itertools

import pytest

from bot.domain import ladder
from bot.domain.ladder import Facts, Rung, next_rung

MIB = 1024 * 1024
MINUTE_MS = 60_000


def climbed(facts: Facts) -> list[Rung]:
    """All rungs in the order they are tried, each failing for good."""
    failed: list[Rung] = []
    while (rung := next_rung(facts, failed)) is not None:
        assert rung not in failed
        failed.append(rung)
    return failed


def test_the_reply_is_edited_while_its_token_lives() -> None:
    facts = Facts(token_alive=True, bot_is_present=True, has_status=True)
    assert next_rung(facts, []) is Rung.EDIT_REPLY


def test_a_dead_token_leads_to_the_channel_then_to_the_old_message_then_to_words() -> None:
    facts = Facts(token_alive=False, bot_is_present=True, has_status=True)
    assert climbed(facts) == [Rung.POST, Rung.EDIT_STATUS, Rung.TELL]


def test_nothing_leads_to_a_channel_the_bot_is_not_in() -> None:
    facts = Facts(token_alive=False, bot_is_present=False, has_status=True)
    assert climbed(facts) == []


def test_only_who_asked_for_direct_messages_gets_one() -> None:
    for chosen in (False, True):
        facts = Facts(token_alive=False, bot_is_present=True, has_status=True, dm_chosen=chosen)
        assert (Rung.DM in climbed(facts)) is chosen


def test_a_direct_message_reaches_members_where_the_bot_is_not() -> None:
    facts = Facts(token_alive=False, bot_is_present=False, has_status=True, dm_chosen=True)
    assert climbed(facts) == [Rung.DM]


def test_what_was_asked_in_private_stays_so_as_long_as_it_can() -> None:
    facts = Facts(
        token_alive=True, bot_is_present=True, has_status=False, is_private=True, dm_chosen=True
    )
    assert climbed(facts) == [Rung.EDIT_REPLY, Rung.DM, Rung.POST, Rung.TELL]


def test_news_without_a_file_need_no_words_about_files() -> None:
    facts = Facts(token_alive=False, bot_is_present=True, has_status=True, has_file=False)
    assert climbed(facts) == [Rung.POST, Rung.EDIT_STATUS]


def test_every_climb_ends() -> None:
    for alive, present, status, private, dm, file in itertools.product([False, True], repeat=6):
        facts = Facts(
            token_alive=alive,
            bot_is_present=present,
            has_status=status,
            is_private=private,
            dm_chosen=dm,
            has_file=file,
        )
        assert len(climbed(facts)) == len(set(climbed(facts))) <= len(Rung)


def test_too_large_a_file_gets_smaller_until_it_surely_fits() -> None:
    assert list(ladder.sizes(10 * MIB, 9 * MIB, has_page=False)) == [
        10 * MIB,
        9 * MIB // 2,
        9 * MIB // 4,
        2 * MIB,
    ]


def test_with_a_page_its_link_comes_after_one_smaller_file() -> None:
    assert list(ladder.sizes(10 * MIB, 9 * MIB, has_page=True)) == [10 * MIB, 9 * MIB // 2, None]


def test_a_limit_that_was_told_wrongly_is_not_halved_forever() -> None:
    limits = list(ladder.sizes(500 * MIB, 300 * MIB, has_page=False))
    assert limits[1] == ladder.SAFE_BYTES
    assert len(limits) <= 5


@pytest.mark.parametrize("size", [1, 1_000, MIB, 40 * MIB, 600 * MIB])
@pytest.mark.parametrize("limit", [0, MIB, 10 * MIB, 500 * MIB])
@pytest.mark.parametrize("has_page", [False, True])
def test_each_file_is_offered_smaller_at_least_once(
    limit: int, size: int, *, has_page: bool
) -> None:
    steps = list(ladder.sizes(limit, size, has_page=has_page))
    limits = [step for step in steps if step is not None]
    assert len(limits) >= 2
    assert limits == sorted(limits, reverse=True)
    assert min(limits) >= ladder.SMALLEST_BYTES
    assert (steps[-1] is None) is has_page


@pytest.mark.parametrize(
    ("status", "code", "lasting"),
    [
        (401, 50027, True),
        (403, 50013, True),
        (403, 50001, True),
        (403, 50007, True),
        (403, 50278, True),
        (404, 10008, True),
        (400, 50083, True),
        (400, 200000, True),
        (413, 40005, True),
        (404, 10015, False),
        (401, 0, False),
        (403, 0, False),
        (429, 0, False),
        (429, 30046, False),
        (400, 40003, False),
        (500, 0, False),
        (503, 0, False),
    ],
)
def test_a_refusal_ends_a_rung_unless_it_may_pass(status: int, code: int, *, lasting: bool) -> None:
    assert ladder.is_lasting(status, code) is lasting


def test_a_token_is_left_alone_in_its_last_seconds() -> None:
    assert ladder.token_lives(15 * MINUTE_MS, 14 * MINUTE_MS)
    assert not ladder.token_lives(15 * MINUTE_MS, 15 * MINUTE_MS - 10_000)


def test_the_button_comes_two_minutes_before_the_token_dies() -> None:
    assert ladder.offer_at(15 * MINUTE_MS) == 13 * MINUTE_MS


def test_only_an_edit_after_two_minutes_needs_a_message_of_its_own() -> None:
    asked_at = 1_000_000
    token_until = asked_at + ladder.TOKEN_LIFE_MS
    late, soon = asked_at + 2 * MINUTE_MS + 1, asked_at + 2 * MINUTE_MS
    assert ladder.wants_ping(Rung.EDIT_REPLY, token_until, late)
    assert not ladder.wants_ping(Rung.EDIT_REPLY, token_until, soon)
    assert not ladder.wants_ping(Rung.POST, token_until, late)
