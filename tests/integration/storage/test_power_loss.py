"""Power loss: what was not forced to the disk is gone, wholly or in part.

A process of its own runs real transactions while every write and sync of SQLite is noted (see
recording_vfs). Then the power fails at each of these instants. What survives is what was synced
before; of what was written since, nothing, or any part in any order with one write torn. The names
of files are taken to survive. Each time the database is opened again, and nothing that was
acknowledged before that instant may be missing, nor may anything be half there.
"""

import asyncio
import hashlib
import pickle
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from storage import audit
from storage.database import Body, Database, Statement
from tests.integration.storage.power_workload import NOT_POSSIBLE, TRANSACTIONS
from tests.integration.storage.recording_vfs import Event

ROOT = Path(__file__).parents[3]
FILES = ("talkie.db", "talkie.db-wal")


@dataclass
class Platter:
    """One file: what was forced to the disk, and what may or may not have come there."""

    synced: bytes = b""
    unsynced: list[Event] = field(default_factory=list)

    def take(self, event: Event) -> None:
        if event[1] == "sync":
            self.synced = _applied(self.synced, self.unsynced)
            self.unsynced = []
        else:
            self.unsynced.append(event)

    def after_the_loss(self, chance: random.Random | None) -> bytes:
        """Without chance nothing that was not synced survives."""
        if chance is None or not self.unsynced:
            return self.synced
        kept = [event for event in self.unsynced if chance.random() < 0.5]
        if kept and kept[-1][1] == "write":
            name, kind, offset, data = kept[-1]
            kept[-1] = (name, kind, offset, data[: chance.randrange(len(data) + 1)])
        return _applied(self.synced, kept)


def _applied(content: bytes, events: list[Event]) -> bytes:
    image = bytearray(content)
    for _, kind, place, data in events:
        if kind == "truncate":
            del image[place:]
        else:
            image.extend(bytes(max(0, place + len(data) - len(image))))
            image[place : place + len(data)] = data
    return bytes(image)


def instants(events: list[Event]) -> Iterator[tuple[int, dict[str, Platter]]]:
    """After each event: how many jobs were acknowledged, and what the disk holds."""
    platters = {name: Platter() for name in FILES}
    acknowledged = 0
    for event in events:
        if event[1] == "end":
            return
        if event[1] == "acknowledged":
            acknowledged = event[2]
        elif event[0] in platters:
            platters[event[0]].take(event)
        if acknowledged:
            yield acknowledged, platters


async def recorded(folder: Path, synchronous: str) -> list[Event]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.integration.storage.power_workload"),
        *(str(folder), synchronous),
        cwd=ROOT,
    )
    status = await process.wait()
    if status == NOT_POSSIBLE:
        pytest.skip("this Python's SQLite cannot be listened to")
    assert status == 0
    events: list[Event] = pickle.loads((folder / "events").read_bytes())
    return events


async def survivors(folder: Path, images: dict[str, bytes]) -> tuple[int, list[str]]:
    """How many jobs are there after the power came back, and what is wrong with them."""
    for name, image in images.items():
        (folder / name).write_bytes(image)
    (folder / "talkie.db-shm").unlink(missing_ok=True)
    async with Database(folder / "talkie.db") as database:
        return await database.run(_look())


def _look() -> Body[tuple[int, list[str]]]:
    rows = yield Statement("PRAGMA integrity_check")
    wrong = [row["integrity_check"] for row in rows if row["integrity_check"] != "ok"]
    wrong += yield from audit.broken()
    counts = yield Statement(
        "SELECT (SELECT count(*) FROM job) AS jobs, (SELECT count(*) FROM person) - 1 AS people,"
        " (SELECT count(*) FROM entry WHERE kind = 'hold') / 2 AS holds"
    )
    jobs: int = counts[0]["jobs"]
    if not jobs == counts[0]["people"] == counts[0]["holds"]:
        wrong.append("a transaction is half there")
    return jobs, wrong


async def losses(folder: Path, events: list[Event]) -> list[int]:
    """The power fails at each instant, in two ways: how many jobs were lost each time."""
    chance = random.Random(7)
    lost, known = [], {}
    for acknowledged, platters in instants(events):
        for luck in (None, chance):
            images = {name: each.after_the_loss(luck) for name, each in platters.items()}
            # Between two syncs the same survives again and again: it is opened once.
            what = hashlib.sha256(b"".join(images.values())).digest()
            if what not in known:
                known[what] = await survivors(folder, images)
            jobs, wrong = known[what]
            assert wrong == []
            lost.append(max(0, acknowledged - jobs))
    sys.stdout.write(f"{len(lost)} losses of power left {len(known)} different disks\n")
    return lost


async def test_nothing_acknowledged_is_lost_when_the_power_fails(tmp_path: Path) -> None:
    events = await recorded(tmp_path, "FULL")
    kinds = [kind for name, kind, *_ in events if name == "talkie.db"]
    assert kinds.count("sync") >= 3, "several checkpoints belong to it"
    (tmp_path / "after").mkdir()
    lost = await losses(tmp_path / "after", events)
    assert len(lost) > 10 * TRANSACTIONS
    assert sum(lost) == 0


async def test_the_model_of_power_loss_sees_what_a_weaker_setting_loses(tmp_path: Path) -> None:
    events = await recorded(tmp_path, "NORMAL")
    (tmp_path / "after").mkdir()
    lost = [0]
    for acknowledged, platters in instants(events):
        if acknowledged >= len(lost):
            images = {name: each.after_the_loss(None) for name, each in platters.items()}
            jobs, wrong = await survivors(tmp_path / "after", images)
            assert wrong == []
            lost.append(acknowledged - jobs)
    sys.stdout.write(f"lost after each of {TRANSACTIONS} transactions: {lost[1:]}\n")
    assert max(lost) > 1
