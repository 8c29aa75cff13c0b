import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from bot.web.buckets import Buckets, Rate
from bot.web.visitor import name_of

RATE = Rate(burst=3, each_s=0.5)


class Told:
    """Seconds as they are told."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_burst_passes_and_then_one_at_a_time() -> None:
    clock = Told()
    buckets = Buckets(RATE, clock)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]
    clock.now_s += 1
    assert buckets.take("a") == 1
    clock.now_s += 1
    assert [buckets.take("a") for _ in range(2)] == [0, 2]
    clock.now_s += 1_000
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]


def test_visitors_do_not_take_from_each_other() -> None:
    buckets = Buckets(RATE, Told())
    assert [buckets.take("a") for _ in range(4)][-1] > 0
    assert buckets.take("b") == 0


def test_a_clock_that_goes_back_gives_and_takes_nothing() -> None:
    clock = Told()
    buckets = Buckets(RATE, clock)
    buckets.take("a")
    clock.now_s -= 50
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 2]


def test_only_so_many_visitors_are_remembered() -> None:
    buckets = Buckets(RATE, Told(), most=10)
    for number in range(100):
        buckets.take(str(number))
    assert len(buckets) == 10


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_nobody_ever_gets_more_than_the_burst_and_the_rate(pauses: list[float]) -> None:
    clock = Told()
    buckets = Buckets(RATE, clock)
    passed = 0
    for pause in pauses:
        clock.now_s += pause
        passed += buckets.take("a") == 0
    assert passed <= RATE.burst + sum(pauses) * RATE.each_s + 1e-6


def seen(remote: str, *forwarded: str, behind_proxy: bool = True) -> str:
    """The name of a visitor whose connection comes from `remote`."""
    request = make_mocked_request("GET", "/", [("X-Forwarded-For", each) for each in forwarded])
    return name_of(request.clone(remote=remote), behind_proxy=behind_proxy)


@pytest.mark.parametrize("remote", ["127.0.0.1", "::1", "10.0.0.2", "172.18.0.5", "fd00::7"])
def test_a_proxy_near_us_is_believed(remote: str) -> None:
    assert seen(remote, "203.0.114.9") == "203.0.114.9"


def test_a_stranger_cannot_take_another_name() -> None:
    assert seen("203.0.114.9", "1.2.3.4") == "203.0.114.9"
    assert seen("127.0.0.1", "1.2.3.4", behind_proxy=False) == "127.0.0.1"


def test_only_the_last_address_from_outside_counts() -> None:
    assert seen("127.0.0.1", "1.2.3.4, 8.8.8.8, 203.0.114.9") == "203.0.114.9"
    assert seen("127.0.0.1", "1.2.3.4", "203.0.114.9, 10.0.0.3") == "203.0.114.9"
    assert seen("127.0.0.1", "192.168.1.5") == "192.168.1.5"


@pytest.mark.parametrize("nonsense", ["", "unknown", "1.2.3.4:80", ",,,", "a" * 5_000])
def test_nonsense_from_the_proxy_leaves_what_is_known(nonsense: str) -> None:
    assert seen("127.0.0.1", f"1.2.3.4, {nonsense}") == "127.0.0.1"


def test_a_network_of_ipv6_is_one_visitor() -> None:
    assert seen("2a00:1:2:3::5") == seen("2a00:1:2:3:ffff::9") == "2a00:1:2:3::/64"
    assert seen("2a00:1:2:4::5") != seen("2a00:1:2:3::5")
    assert seen("::ffff:203.0.114.9") == "203.0.114.9"
