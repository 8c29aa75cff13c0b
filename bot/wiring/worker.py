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
    settings = parts.settings.engine
    patience = Patience(stopping, services.nudges)
    reports = parts.settings.web.webhook_origin is not None
    seats = {
        name: seat(engine, parts.clock, services.pulse, fixed_s=settings.poll_s)
        for name, engine in parts.engines.items()
    }
    finisher = Finisher(parts.files, parts.ffmpeg, patience, recipes=parts.settings.media.recipe)
    runner = Runner(
        store=parts.store,
        files=parts.files,
        clock=parts.clock,
        seats=seats,
        starter=Starter(
            parts.store,
            parts.clock,
            patience,
            services.pauses,
            hook_origin=parts.settings.web.webhook_origin,
        ),
        doubt=Doubt(
            store=parts.store,
            clock=parts.clock,
            patience=patience,
            policy=Policy(settings.in_doubt),
            longest_s=settings.doubt_minutes * 60,
        ),
        finisher=finisher,
        speaker=Speaker(
            store=parts.store,
            files=parts.files,
            clock=parts.clock,
            ffmpeg=parts.ffmpeg,
            finisher=finisher,
            # Whoever prices new jobs keeps their prices for the worker, too.
            quotes={
                name: Quotes(parts.store, parts.clock, engine)
                for name, engine in parts.engines.items()
            }
            | {settings.name: services.quotes},
            roughen=parts.settings.media.roughen,
        ),
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
    return Scheduler(
        store=parts.store,
        clock=parts.clock,
        runner=runner,
        bell=bell,
        stopping=stopping,
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
