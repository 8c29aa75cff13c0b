"""What the tests of the pages share: a guest who asks, and what lies on the disk."""

import aiohttp
from hypothesis import HealthCheck, settings
from multidict import CIMultiDict
from yarl import URL

Guest = aiohttp.ClientSession

CONTENT = bytes(range(256)) * 40
SECRET = b"what nobody may read"
MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Hurried:
    """Time that runs so fast that no limit is ever met."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        self.now_s += 1_000
        return self.now_s


async def ask(
    guest: Guest, path: str, method: str = "GET", **headers: str
) -> tuple[int, bytes, CIMultiDict[str]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with guest.request(method, URL(path, encoded=True), headers=named) as answer:
        return answer.status, await answer.read(), CIMultiDict(answer.headers)
