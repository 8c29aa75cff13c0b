"""The Dockerfile without Docker: what it says, and what its steps leave behind in plain folders."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import bot
from bot.__main__ import HOW_TO_BEGIN
from tests import containerfile
from tests.containerfile import Stage

ROOT = Path(__file__).parents[1]

Where = dict[str, str]


@asynccontextmanager
async def discord() -> AsyncIterator[Where]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.discord", "--port", "0",
        stdout=asyncio.subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield json.loads(await process.stdout.readline())
    finally:
        process.terminate()
        await process.wait()


async def start(stage: Stage, *command: str, **settings: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *stage.command("ENTRYPOINT"),
        *(command or stage.command("CMD")),
        cwd=stage.root / stage.folder.removeprefix("/"),
        env=containerfile.environment_of(stage) | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def finished(process: asyncio.subprocess.Process) -> tuple[int | None, str, str]:
    async with asyncio.timeout(60):
        said, log = await process.communicate()
    return process.returncode, said.decode(), log.decode()


async def asked(where: Where, verb: str, **fields: Any) -> None:
    async with (
        aiohttp.ClientSession(where["control"]) as session,
        session.post(verb, json=fields) as response,
    ):
        assert response.status == 200, await response.text()


def files(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


@pytest.mark.timeout(600)
async def test_its_steps_leave_a_talkie_that_starts_and_stops(tmp_path: Path) -> None:
    stages = containerfile.read(ROOT / "Dockerfile")
    stage = await asyncio.to_thread(containerfile.build, stages, ROOT, tmp_path)
    assert (stage.root / "data").stat().st_mode & 0o777 == 0o700
    shipped = files(stage.root / "app") | files(stage.root / "venv")

    assert (await finished(await start(stage, "--version")))[1] == f"Talkie {bot.__version__}\n"
    assert await finished(await start(stage)) == (2, "", f"{HOW_TO_BEGIN}\n")

    code, said, _ = await finished(await start(stage, "check"))
    assert code == 1
    wrong = [line for line in said.splitlines() if line.startswith("FAIL")]
    assert wrong == ["FAIL  DISCORD_TOKEN: is not set"]

    async with discord() as where:
        process = await start(
            stage,
            DISCORD_TOKEN=where["token"],
            TALKIE_DISCORD_API_BASE=where["api_base"],
            TALKIE_DISCORD_GATEWAY_URL=where["gateway_url"],
        )
        await asked(where, "wait", **{"for": "connected"})
        process.send_signal(signal.SIGTERM)
        code, _, log = await finished(process)
    assert code == 0, log
    assert "Traceback" not in log
    assert (stage.root / "data" / "talkie.db").is_file()
    # The file system of the container is read-only but for the data.
    assert files(stage.root / "app") | files(stage.root / "venv") == shipped


def test_the_last_stage_only_takes_what_the_first_has_made() -> None:
    build, final = containerfile.read(ROOT / "Dockerfile")
    assert final.base == build.base
    assert not [step for step in final.steps if step.name in {"RUN", "ADD"}]
    assert {step.flags.get("from") for step in final.steps if step.name == "COPY"} == {build.name}


def test_nothing_is_installed_that_the_lock_does_not_name_with_its_hash() -> None:
    build, _ = containerfile.read(ROOT / "Dockerfile")
    installing = [step.text for step in build.steps if " install " in step.text]
    assert len(installing) == 1
    assert "--require-hashes" in installing[0]
    assert "--only-binary=:all:" in installing[0]
    assert installing[0].endswith("-r requirements.lock")


def test_it_runs_as_nobody_special_and_hears_the_signal_to_stop() -> None:
    final = containerfile.read(ROOT / "Dockerfile")[-1]
    user, _, group = final.last("USER").partition(":")
    assert int(user) >= 1000
    assert int(group) >= 1000
    owners = [step.flags["chown"] for step in final.steps if "chown" in step.flags]
    assert owners == [final.last("USER")]
    assert final.last("STOPSIGNAL") == "SIGTERM"
    assert final.command("ENTRYPOINT") == ["python", "-m", "bot"]
    assert final.command("CMD") == ["run"]
    assert final.last("VOLUME") == "/data"


def test_the_context_holds_what_is_copied_and_nothing_else() -> None:
    build, _ = containerfile.read(ROOT / "Dockerfile")
    copied = {word for step in build.steps if step.name == "COPY" for word in step.words[:-1]}
    assert copied == set(containerfile.context(ROOT))
