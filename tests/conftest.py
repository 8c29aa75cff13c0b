"""What holds for all tests: none of them is timed, and no port is lost before it is used."""

import gc
import random
import socket
from collections.abc import Callable
from contextlib import closing

import hypothesis
import pytest

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

PORTS = range(15_000, 30_000)
"""Below those that systems hand out by themselves, to whoever connects or listens on port 0."""


def pytest_collection_finish() -> None:
    """Let no collection of garbage walk over thousands of collected tests and their modules."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def unused_tcp_port_factory() -> Callable[[], int]:
    """Ports that nobody else is handed before a test listens on them."""
    draw, given = random.SystemRandom(), set[int]()

    def unused() -> int:
        while (port := draw.choice(PORTS)) in given or not _is_free(port):
            pass
        given.add(port)
        return port

    return unused


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
