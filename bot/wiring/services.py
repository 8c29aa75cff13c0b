"""The services: each is made once and handed to whoever asks it."""

import secrets

from bot.services.again import Again
from bot.services.bell import Bell
from bot.services.bounds import Bounds
from bot.services.claims import Claims
from bot.services.composing import Composing
from bot.services.container import Services
from bot.services.credits import Credits
from bot.services.delivery import Deliveries
from bot.services.directions import Directions
from bot.services.errands import Errands
from bot.services.estimates import Estimates
from bot.services.events import Bus
from bot.services.facts import Facts
from bot.services.foretelling import Foretelling
from bot.services.gallery import Gallery
from bot.services.guilds import Guilds
from bot.services.hooks import Hooks
from bot.services.jobs import Jobs
from bot.services.listings import LOTS
from bot.services.notices import Notices
from bot.services.nudges import Nudges
from bot.services.pings import Pings
from bot.services.precedence import Precedence
from bot.services.privacy import Privacy
from bot.services.promises import Promises
from bot.services.pulse import Pulse
from bot.services.recall import Recall
from bot.services.reception import Reception
from bot.services.removal import Removal
from bot.services.reports import Reports
from bot.services.retention import Retention
from bot.services.rewriter import Rewriter
from bot.services.tidying import Tidying
from bot.services.times import DISTANT, NEAR, Times
from bot.services.turns import Turnstile
from bot.services.versions import Versions
from bot.services.videos import Videos
from bot.services.waiting import Waiting
from bot.wiring.making import intake, submission, toolbox
from bot.wiring.parts import Parts


def services(parts: Parts, bell: Bell) -> Services:
    """Everything that can be asked of the product; `bell` wakes the worker."""
    settings, store, clock = parts.settings, parts.store, parts.clock
    bus, nudges, pulse = Bus(), Nudges(), Pulse()
    engine = parts.engines[settings.engine.name]
    tools = toolbox(parts)
    submitting = submission(parts, tools, bus, bell)
    taking_in = intake(parts, tools, submitting)
    rewriter = Rewriter(
        store=store,
        clock=clock,
        engine=engine,
        quotes=tools.quotes,
        bounds=Bounds(tools.limits, engine),
        pauses=tools.pauses,
    )
    deliveries = Deliveries(
        store, parts.files, clock, parts.ffmpeg, public_url=settings.web.public_url
    )
    times = _times(parts)
    estimates = Estimates(store, clock, times)
    gallery = Gallery(store, clock, draw_lot=lambda: secrets.randbelow(LOTS))
    removal = Removal(store, clock, tools.broom, gallery.bell)
    foretelling = Foretelling(clock, engine, tools.allowance)
    return Services(
        again=Again(clock=clock, earlier=tools.earlier, intake=taking_in, submission=submitting),
        intake=taking_in,
        submission=submitting,
        jobs=Jobs(store, clock, bus, deliveries.bell, nudges),
        credits=Credits(store, clock, tools.allowance, free=engine.restart_is_free),
        deliveries=deliveries,
        broom=tools.broom,
        claims=Claims(store, clock, deliveries.bell),
        pings=Pings(store, clock),
        tidying=Tidying(store, clock),
        notices=Notices(store, clock),
        facts=Facts(store),
        composing=Composing(store, tools.wishes, foretelling),
        errands=Errands(
            store, parts.files, clock, gallery.bell, public_url=settings.web.public_url
        ),
        gallery=gallery,
        guilds=Guilds(store, clock),
        bus=bus,
        hooks=Hooks(store=store, clock=clock, nudges=nudges, pulse=pulse, worker_bell=bell),
        nudges=nudges,
        pauses=tools.pauses,
        portraits=tools.portraits,
        precedence=Precedence(),
        preferences=tools.preferences,
        promises=Promises(store, clock),
        privacy=Privacy(
            store,
            is_local=engine.restart_is_free,
            has_pages=settings.web.public_url is not None,
        ),
        quotes=tools.quotes,
        recall=Recall(store),
        reception=Reception(store, submitting, foretelling),
        removal=removal,
        reports=Reports(store, clock, gallery.bell),
        retention=Retention(store, clock, removal, gallery.bell),
        pulse=pulse,
        times=times,
        estimates=estimates,
        turns=Turnstile(),
        versions=Versions(taking_in, rewriter),
        voices=tools.voices,
        videos=Videos(store, parts.files, public_url=settings.web.public_url),
        waiting=Waiting(store, clock, bus, estimates),
        directions=Directions(store, clock),
    )


def _times(parts: Parts) -> Times:
    priors = {
        name: NEAR if engine.restart_is_free else DISTANT for name, engine in parts.engines.items()
    }
    return Times(parts.store, priors)
