from hypothesis import given
from hypothesis import strategies as st

from bot.domain import frames


def test_the_guide_s_table_of_lengths_holds() -> None:
    table = {2: 49, 5: 121, 8: 193, 10: 241}
    assert {seconds: frames.for_seconds(seconds) for seconds in table} == table
    assert {seconds: frames.for_audio(seconds * 48_000, 48_000) for seconds in (2, 5, 8, 10)} == {
        2: 49,
        5: 121,
        8: 193,
        10: 241,
    }


def test_legal_lengths_are_8n_plus_1_from_49_to_241() -> None:
    assert frames.LEGAL[0] == 49
    assert frames.LEGAL[-1] == 241
    assert [count for count in range(300) if frames.is_legal(count)] == list(frames.LEGAL)


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_any_wish_becomes_the_nearest_legal_length(seconds: float) -> None:
    chosen = frames.for_seconds(seconds)
    wished = min(max(seconds * 24, 49), 241)
    assert frames.is_legal(chosen)
    assert abs(chosen - wished) <= 4


@given(st.integers(min_value=0, max_value=600_000), st.sampled_from([8_000, 44_100, 48_000]))
def test_no_speech_is_ever_cut(samples: int, rate_hz: int) -> None:
    chosen = frames.for_audio(samples, rate_hz)
    if chosen is None:
        assert samples * 24 > 241 * rate_hz
    else:
        assert chosen * rate_hz >= samples * 24
        assert chosen == 49 or (chosen - 8) * rate_hz < samples * 24
