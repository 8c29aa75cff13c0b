"""Engines by name: the only module that knows them all."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.deapi.client import Client
from bot.engines.base import Engine
from bot.engines.deapi import DeapiEngine
from bot.engines.local.engine import LocalEngine


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account at deAPI that pays for videos."""

    base_url: str
    key: str
    model: str


@asynccontextmanager
async def opened(
    *, folder: Path, processes: int, account: Account | None, user_agent: str
) -> AsyncIterator[dict[str, Engine]]:
    """Every engine that is set up: a job stays with its engine even if new jobs go elsewhere."""
    async with AsyncExitStack() as stack:
        local = await stack.enter_async_context(LocalEngine(folder, processes=processes))
        engines: dict[str, Engine] = {local.name: local}
        if account is not None:
            client = await stack.enter_async_context(
                Client(account.key, user_agent=user_agent, base_url=account.base_url)
            )
            deapi = DeapiEngine(client, model=account.model)
            engines[deapi.name] = deapi
        yield engines
