from hypothesis import given
from hypothesis import strategies as st

from bot.domain import frames


def test_the_guide_s_table_of_lengths_holds() -> None:
    table = {2: 49, 5: 121, 8: 193, 10: 241}
    assert {seconds: frames.for_seconds(seconds) for seconds in table} == table


def test_legal_lengths_are_8n_plus_1_from_49_to_241() -> None:
    assert frames.LEGAL[0] == 49
    assert frames.LEGAL[-1] == 241
    assert all(count % 8 == 1 for count in frames.LEGAL)
    assert len(frames.LEGAL) == 25


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_any_wish_becomes_the_nearest_legal_length(seconds: float) -> None:
    chosen = frames.for_seconds(seconds)
    wished = min(max(seconds * 24, 49), 241)
    assert chosen in frames.LEGAL
    assert abs(chosen - wished) <= 4
