import itertools

from bot.domain.ladder import Facts, Rung, next_rung


def test_the_reply_is_edited_while_its_token_lives() -> None:
    facts = Facts(token_alive=True, bot_is_present=True, has_status=True)
    assert next_rung(facts, []) is Rung.EDIT_REPLY


def test_a_dead_token_leads_to_the_channel_and_then_to_the_old_message() -> None:
    facts = Facts(token_alive=False, bot_is_present=True, has_status=True)
    assert next_rung(facts, []) is Rung.POST
    assert next_rung(facts, [Rung.POST]) is Rung.EDIT_STATUS
    assert next_rung(facts, [Rung.POST, Rung.EDIT_STATUS]) is None


def test_nothing_leads_to_a_channel_the_bot_is_not_in() -> None:
    facts = Facts(token_alive=False, bot_is_present=False, has_status=True)
    assert next_rung(facts, []) is None


def test_a_failed_rung_is_never_offered_again() -> None:
    for flags in itertools.product([False, True], repeat=3):
        facts = Facts(token_alive=flags[0], bot_is_present=flags[1], has_status=flags[2])
        failed: list[Rung] = []
        while (rung := next_rung(facts, failed)) is not None:
            assert rung not in failed
            failed.append(rung)
        assert len(failed) <= len(Rung)
