"""One stage for a whole module: every drive adds to what is on it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.e2e.conftest import PATIENCE_MS, PATIENT
from tests.fakes.deapi.behaviour import Behaviour, Tier
from tests.fakes.deapi.server import StandIn
from tests.simulator import amends
from tests.simulator.stage import Stage, opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    folder = tmp_path_factory.mktemp("talkie")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        amends.make(patch)
        # How quick answers are is for the bench to say; a busy machine fails no test.
        for module, name in PATIENT:
            patch.setattr(module, name, PATIENCE_MS / 1000)
        async with StandIn(Behaviour(tier=Tier.UNLIMITED)) as deapi:
            environment = {
                "DEAPI_API_KEY": deapi.behaviour.key,
                "TALKIE_DATA_DIR": str(folder / "data"),
                "TALKIE_DEAPI_BASE_URL": deapi.url,
                "TALKIE_PUBLIC_URL": "http://127.0.0.1:9",
                "TALKIE_POLL_SECONDS": "0.05",
                "TALKIE_WELCOME_CREDITS": "100000",
                "TALKIE_DAILY_CREDITS": "0",
                "TALKIE_MEMBER_QUEUE": "20",
            }
            for name, value in environment.items():
                patch.setenv(name, value)
            async with opened(deapi) as stage:
                yield stage
