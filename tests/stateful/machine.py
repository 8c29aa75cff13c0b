"""The whole machine: any of these events, in any order."""

from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tests.stateful import moves
from tests.stateful.members import Members
from tests.stateful.workers import Workers

WELCOME = 30
EVENTS = {
    "somebody_arrives": 1,
    "owner_moves_credits": 1,
    "member_asks": 3,
    "member_cancels": 3,
    "slow_member_cancels_what_was_read_before": 2,
    "member_discards": 2,
    "somebody_cheats": 2,
    "news_is_shown": 1,
    "news_is_collected_or_stranded": 1,
    "engine_is_paused": 2,
    "owner_changes_the_caps": 1,
    "claims": 5,
    "looks_again": 1,
    "carries_on": 7,
    "repeats_a_write": 3,
    "late_workers_write": 3,
    "stores_a_taken_handle": 1,
    "gives_up": 2,
    "doubts_and_gives_up": 3,
    "hears_a_report": 4,
    "puts_off": 3,
    "wakes_what_is_due": 3,
    "beats": 1,
    "process_dies_and_the_next_takes_over": 2,
    "another_worker_takes_over_what_is_late": 2,
    "process_dies_within_a_transaction": 1,
}
"""Each event and its weight: what a job's whole life needs has to happen often."""
_DRAWN = [name for name, weight in EVENTS.items() for _ in range(weight)]


class StoreMachine(Members, Workers):
    """Members, the owner and workers; every event is followed by every check."""

    @initialize(count=st.integers(1, 4), claimed=st.integers(0, 3), caps=st.integers(0, 11))
    def members_arrive_and_ask(self, count: int, claimed: int, caps: int) -> None:
        self.owner_changes_the_caps(caps)
        for discord_id in (501, 502, 503):
            person = self.met(discord_id)
            assert self.disk.write(moves.grant(person, discord_id, WELCOME))
            self.model.members[person].available += WELCOME
            for _ in range(count):
                self.ask(person, frames=121, hold=5)
        self.claims(claimed)

    @rule(
        events=st.lists(
            st.tuples(st.sampled_from(_DRAWN), st.integers(0, 10**6 - 1)), min_size=2, max_size=9
        )
    )
    def things_happen(self, events: list[tuple[str, int]]) -> None:
        for name, number in events:
            getattr(self, name)(number)
            self.check()


def machine_on(template: Path) -> type[StoreMachine]:
    """A machine whose runs begin with a copy of this database."""
    return type("StoreMachine", (StoreMachine,), {"template": template})
