"""One fault sown into the store: it takes away something a promise rests on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import storage

ROOT = Path(storage.__file__).parent
SCHEMA = "migrations/0001_foundation.sql"


@dataclass(frozen=True, slots=True)
class Fault:
    """Words of one file of the store, and what stands there instead."""

    name: str
    file: str
    old: str
    new: str

    def text(self) -> str:
        """The file with the fault; the words must be there exactly once, or it is out of date."""
        source = (ROOT / self.file).read_text(encoding="utf-8")
        assert source.count(self.old) == 1, f"{self.name}: {source.count(self.old)} places"
        return source.replace(self.old, self.new)

    @contextmanager
    def sown(self) -> Iterator[None]:
        """The module as it would run with the fault, for a while."""
        module = sys.modules[f"storage.{self.file.removesuffix('.py')}"]
        sound = dict(vars(module))
        try:
            exec(compile(self.text(), self.file, "exec"), vars(module))
            yield
        finally:
            vars(module).clear()
            vars(module).update(sound)
