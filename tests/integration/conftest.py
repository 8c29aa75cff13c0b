"""A database of its own, with room for jobs as after a start."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import lanes, migrate
from storage.database import Database, Store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    path = tmp_path / "talkie.db"
    async with Database(path) as writer:
        await migrate.upgrade(writer)
        async with Database(path, readonly=True) as reader:
            store = Store(writer, reader)
            await store.write(lanes.set_caps(running=4, lane=2))
            yield store
