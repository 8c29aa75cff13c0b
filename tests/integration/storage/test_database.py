import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from storage import facts, migrate
from storage.database import Body, Conflict, Database, Statement, Store, Unavailable, only


async def test_a_body_that_raises_leaves_nothing_behind(store: Store) -> None:
    def body() -> Body[None]:
        yield from facts.put("a", "1")
        raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        await store.write(body())
    assert await store.read(facts.get("a")) is None
    await store.write(facts.put("a", "2"))
    assert await store.read(facts.get("a")) == "2"


async def test_a_refused_write_undoes_the_whole_body(store: Store) -> None:
    def body() -> Body[None]:
        yield from facts.put("a", "1")
        yield Statement("INSERT INTO person (id, created_at) VALUES (1, 0)")

    with pytest.raises(Conflict):
        await store.write(body())
    assert await store.read(facts.get("a")) is None


async def test_the_reader_cannot_write(store: Store) -> None:
    with pytest.raises(Unavailable):
        await store.read(facts.put("a", "1"))


async def test_what_was_read_is_true_until_something_may_have_changed(store: Store) -> None:
    def refused() -> Body[None]:
        yield from facts.put("a", "2")
        raise RuntimeError("changed my mind")

    before = store.changes
    await store.read(facts.get("a"))
    with pytest.raises(RuntimeError):
        await store.write(refused())
    assert store.changes == before
    await store.write(facts.put("a", "1"))
    assert store.changes == before + 1
    leaving = asyncio.create_task(store.write(facts.put("a", "3")))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    await store.write(facts.put("b", "1"))
    # Nobody waited for the second write; it counts all the same.
    assert store.changes == before + 3


async def test_a_cancelled_caller_never_leaves_half_a_transaction(store: Store) -> None:
    tasks = [asyncio.create_task(store.write(facts.put(f"n{n}", "1"))) for n in range(50)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await store.write(facts.put("after", "1"))
    assert await store.read(facts.get("after")) == "1"


async def test_an_opening_that_is_given_up_has_ended_when_that_is_told(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    holder = sqlite3.connect(tmp_path / "talkie.db")
    holder.execute("BEGIN EXCLUSIVE")
    opening = asyncio.create_task(Database(tmp_path / "talkie.db").__aenter__())
    await asyncio.sleep(0)  # one turn: the task has begun
    opening.cancel()
    asyncio.get_running_loop().call_soon(holder.close)
    with pytest.raises(asyncio.CancelledError):
        await opening
    left = set(threading.enumerate()) - before
    assert not [thread for thread in left if "asyncio" not in thread.name]


async def test_the_settings_that_survive_a_power_cut_are_on(store: Store) -> None:
    def body(name: str) -> Body[object]:
        rows = yield Statement(f"PRAGMA {name}")
        return rows[0][0]  # type: ignore[index]  # a pragma's column has many names

    assert await store.write(body("journal_mode")) == "wal"
    assert await store.write(body("synchronous")) == 2
    assert await store.write(body("foreign_keys")) == 1


async def test_migrations_apply_once_and_refuse_a_newer_schema(tmp_path: Path) -> None:
    async with Database(tmp_path / "t.db") as database:
        number = await migrate.upgrade(database)
        assert number == len(migrate.known()) >= 1
        assert await migrate.upgrade(database) == number
        await only(database, Statement(f"PRAGMA user_version = {number + 1}"))
        with pytest.raises(migrate.NewerSchema, match="update Talkie"):
            await migrate.upgrade(database)


async def test_a_failing_migration_leaves_the_schema_as_it_was(tmp_path: Path) -> None:
    async with Database(tmp_path / "t.db") as database:
        with pytest.raises(Unavailable):
            await database.execute_script("BEGIN; CREATE TABLE a (b); CREATE TABLE a (b); COMMIT;")
        assert not await only(database, Statement("SELECT name FROM sqlite_master"))


async def test_every_table_checks_its_types(store: Store) -> None:
    rows = await store.read(_tables())
    assert rows
    assert not [name for name, strict in rows if not strict]


def _tables() -> Body[list[tuple[str, int]]]:
    rows = yield Statement(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite_%'"
    )
    return [(row["name"], row["strict"]) for row in rows]
