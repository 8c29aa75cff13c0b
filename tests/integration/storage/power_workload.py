"""A process that writes real transactions and leaves a record of what reached the disk when.

`python -m tests.integration.storage.power_workload FOLDER FULL|NORMAL`
"""

import asyncio
import pickle
import sys
from pathlib import Path

from storage import migrate, people
from storage.database import Body, Database
from storage.records import JobId
from tests.builders import a_new_job
from tests.integration.storage.recording_vfs import NotPossible, Recorder
from tests.stateful import moves

TRANSACTIONS = 15
PAGES_A_CHECKPOINT = 35
NOT_POSSIBLE = 77


def main() -> int:
    """0, or 77 if this Python's SQLite cannot be listened to."""
    folder, synchronous = Path(sys.argv[1]), sys.argv[2]
    try:
        recorder = Recorder()
    except NotPossible:
        return NOT_POSSIBLE
    asyncio.run(work(folder / "talkie.db", synchronous, recorder))
    (folder / "events").write_bytes(pickle.dumps(recorder.events))
    return 0


async def work(path: Path, synchronous: str, recorder: Recorder) -> None:
    """Submit jobs one after the other; note when each was acknowledged."""
    async with Database(path) as database:
        await migrate.upgrade(database)
        pragmas = [f"wal_autocheckpoint={PAGES_A_CHECKPOINT}"]
        if synchronous != "FULL":
            pragmas.append(f"synchronous={synchronous}")
        for pragma in pragmas:
            await database.execute_script(f"PRAGMA {pragma}")
        for number in range(TRANSACTIONS):
            job = await database.run(submit(number))
            recorder.events.append(("", "acknowledged", job, b""))
        recorder.events.append(("", "end", 0, b""))


def submit(number: int) -> Body[JobId]:
    """A member who comes with credits and asks for a video: one transaction."""
    person = yield from people.resolve(500 + number, 0)
    yield from moves.grant(person, number, 10)
    return (yield from moves.submit(a_new_job(person), queue_cap=9, frames_cap=10**9))


if __name__ == "__main__":
    sys.exit(main())
