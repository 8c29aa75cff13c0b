"""A store that answers nobody for a while."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from cogs.ui import haste
from storage.database import Body, Statement
from tests.e2e.conftest import Town

HEARD_WITHIN_S = 1.0


@asynccontextmanager
async def stalled(town: Town, *, writes: bool = True) -> AsyncIterator[None]:
    """The connections that all share are occupied, as by a statement that does not end."""
    assert town.talkie is not None
    let_go, store = threading.Event(), town.talkie.parts.store

    def body() -> Body[None]:
        let_go.wait()
        yield Statement("SELECT 1")

    patience = pytest.MonkeyPatch()
    patience.setattr(haste, "HEARD_WITHIN_S", HEARD_WITHIN_S)
    held = [asyncio.create_task(store.read(body()))]
    if writes:
        held.append(asyncio.create_task(store.write(body())))
    try:
        # Their statements stand in line before any other from here on.
        await asyncio.sleep(0)
        yield
    finally:
        let_go.set()
        patience.undo()
        await asyncio.gather(*held)
