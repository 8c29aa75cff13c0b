import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.web.ranges import Span, Unsatisfiable, asked_for

SIZE = 1_000
numbers = st.integers(0, 2_000) | st.integers(0, 10**40)
sound = st.builds("bytes={}-{}".format, numbers, numbers | st.just("")) | st.builds(
    "bytes=-{}".format, numbers
)
odd = st.text("bytes=-,0123456789 \tx", max_size=30)


def sliced(header: str, size: int) -> range:
    """What Python's own slices make of a sound range."""
    first, last = header.removeprefix("bytes=").split("-")
    whole = range(size)
    if not first:
        return whole[-int(last) :] if int(last) else whole[:0]
    return whole[int(first) : int(last) + 1 if last else None]


@given(sound, st.integers(1, 1_500))
@example("bytes=0-0", 1)
@example("bytes=-0", 1)
@example("bytes=999-", 1_000)
@example("bytes=-99999", 1_000)
def test_a_sound_range_is_what_a_slice_would_be(header: str, size: int) -> None:
    first, _, last = header.removeprefix("bytes=").partition("-")
    if first and last and int(last) < int(first):
        assert asked_for(header, size) is None
        return
    wanted = sliced(header, size)
    if not wanted:
        with pytest.raises(Unsatisfiable):
            asked_for(header, size)
        return
    assert asked_for(header, size) == Span(wanted.start, wanted.stop)


@given(odd, st.integers(0, 1_500))
def test_whatever_is_asked_nothing_outside_the_file_is_answered(header: str, size: int) -> None:
    try:
        span = asked_for(header, size)
    except Unsatisfiable:
        return
    if span is not None:
        assert 0 <= span.start < span.stop <= size


@pytest.mark.parametrize(
    "header",
    [
        None, "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "items=0-5", "bytes=5-2", "bytes:0-5",
        "bytes=0-1,3-4", "bytes=0-1, 3-4, 5-", "bytes=--5", "bytes=+1-2", "bytes=1.5-2",
        "bytes=\u0661-\u0662", "bytes = 0-1",
    ],
)  # fmt: skip
def test_what_is_no_single_range_in_bytes_is_ignored(header: str | None) -> None:
    assert asked_for(header, SIZE) is None


def test_the_unit_is_known_in_any_case_and_spaces_may_stand_around() -> None:
    assert asked_for("Bytes= 0-4 ", SIZE) == Span(0, 5)
