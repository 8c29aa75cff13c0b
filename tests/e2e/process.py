"""Talkie as a process of its own: `python -m bot run`, with the environment it is given."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
_OURS = ("TALKIE_", "DISCORD_", "DEAPI_")


class Process:
    """One run of the bot; what it says goes to `log`."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self.log = log

    @classmethod
    async def start(cls, environment: Mapping[str, str], folder: Path) -> "Process":
        """Start it in a folder, with no other setting than those given."""
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(_OURS)
        }
        log = folder / "talkie.log"
        with log.open("ab") as file:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run",
                cwd=folder,
                env={**inherited, "PYTHONPATH": str(ROOT), **environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )  # fmt: skip
        return cls(process, log)

    def strike(self) -> None:
        """SIGKILL, now: no chance to tidy up."""
        self._process.kill()

    async def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        self.strike()
        await self._process.wait()

    async def stop(self, timeout_s: float = 120) -> int:
        """SIGTERM; answers the exit code."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(timeout_s):
            return await self._process.wait()

    async def ended(self, timeout_s: float = 120) -> int:
        """Wait for its own end; answers the exit code."""
        async with asyncio.timeout(timeout_s):
            return await self._process.wait()
