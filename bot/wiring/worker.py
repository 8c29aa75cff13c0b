"""The worker, and who hears the provider's news."""

import asyncio

from bot.deapi.push import Address, Push
from bot.services.bell import Bell
from bot.services.container import Services
from bot.services.quotes import Quotes
from bot.wiring.parts import Parts
from bot.worker.doubt import Doubt, Policy
from bot.worker.finisher import Finisher
from bot.worker.listener import Listener
from bot.worker.looker import Looker
from bot.worker.patience import Patience
from bot.worker.runner import Runner
from bot.worker.scheduler import Scheduler
from bot.worker.seats import seat
from bot.worker.speaker import Speaker
from bot.worker.starter import Starter


def scheduler(parts: Parts, services: Services, bell: Bell, stopping: asyncio.Event) -> Scheduler:
    """The worker with everything it needs; it ends once `stopping` is set and the bell rung."""
    return Scheduler(
        store=parts.store,
        clock=parts.clock,
        runner=_runner(parts, services, Patience(stopping, services.nudges)),
        bell=bell,
        stopping=stopping,
    )


def _runner(parts: Parts, services: Services, patience: Patience) -> Runner:
    origin = parts.settings.web.webhook_origin
    reports = origin is not None
    finisher = Finisher(parts.files, parts.ffmpeg, patience, recipes=parts.settings.media.recipe)
    return Runner(
        store=parts.store,
        files=parts.files,
        clock=parts.clock,
        seats={
            name: seat(engine, parts.clock, services.pulse, fixed_s=parts.settings.engine.poll_s)
            for name, engine in parts.engines.items()
        },
        starter=Starter(parts.store, parts.clock, patience, services.pauses, hook_origin=origin),
        doubt=_doubt(parts, patience),
        finisher=finisher,
        speaker=_speaker(parts, services, finisher),
        looker=Looker(
            store=parts.store,
            clock=parts.clock,
            patience=patience,
            times=services.times,
            bus=services.bus,
            reports=reports,
        ),
        times=services.times,
        bus=services.bus,
        delivery_bell=services.deliveries.bell,
        reports=reports,
    )


def _doubt(parts: Parts, patience: Patience) -> Doubt:
    settings = parts.settings.engine
    return Doubt(
        store=parts.store,
        clock=parts.clock,
        patience=patience,
        policy=Policy(settings.in_doubt),
        longest_s=settings.doubt_minutes * 60,
    )


def _speaker(parts: Parts, services: Services, finisher: Finisher) -> Speaker:
    quotes = {
        name: Quotes(parts.store, parts.clock, engine, services.pauses)
        for name, engine in parts.engines.items()
    }
    # Whoever prices new jobs keeps their prices for the worker, too.
    quotes[parts.settings.engine.name] = services.quotes
    return Speaker(
        store=parts.store,
        files=parts.files,
        clock=parts.clock,
        ffmpeg=parts.ffmpeg,
        finisher=finisher,
        quotes=quotes,
        roughen=parts.settings.media.roughen,
    )


def listener(parts: Parts, services: Services, user_agent: str) -> Listener | None:
    """Who hears deAPI's socket, if the settings say where."""
    settings = parts.settings.engine
    if settings.key is None or settings.client_id is None:
        return None
    address = Address(
        client_id=settings.client_id,
        socket_url=settings.socket_url,
        base_url=settings.base_url,
    )
    push = Push(settings.key.get_secret_value(), address, user_agent=user_agent)
    services.pulse.follow(lambda: push.is_joined)
    return Listener(
        push=push,
        engine="deapi",
        store=parts.store,
        bus=services.bus,
        nudges=services.nudges,
    )
