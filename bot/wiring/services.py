"""The services: each is made once and handed to whoever asks it."""

import secrets

from bot.domain import pricing
from bot.domain.request import LONGEST_SEED
from bot.services.again import Again
from bot.services.bell import Bell
from bot.services.bounds import Bounds, Limits
from bot.services.broom import Broom
from bot.services.claims import Claims
from bot.services.composing import Composing
from bot.services.container import Services
from bot.services.credits import Allowance, Credits
from bot.services.delivery import Deliveries
from bot.services.directions import Directions
from bot.services.earlier import Earlier
from bot.services.easel import Easel
from bot.services.errands import Errands
from bot.services.estimates import Estimates
from bot.services.events import Bus
from bot.services.facts import Facts
from bot.services.foretelling import Foretelling
from bot.services.gallery import Gallery
from bot.services.guilds import Guilds
from bot.services.hands import Hands
from bot.services.hooks import Hooks
from bot.services.inputs import Inputs
from bot.services.intake import Intake
from bot.services.jobs import Jobs
from bot.services.listings import LOTS
from bot.services.notices import Notices
from bot.services.nudges import Nudges
from bot.services.pauses import Pauses
from bot.services.pings import Pings
from bot.services.portraits import Portraits
from bot.services.precedence import Precedence
from bot.services.preferences import Preferences
from bot.services.privacy import Privacy
from bot.services.promises import Promises
from bot.services.pulse import Pulse
from bot.services.quotes import Quotes
from bot.services.recall import Recall
from bot.services.reception import Reception
from bot.services.removal import Removal
from bot.services.reports import Reports
from bot.services.retention import Retention
from bot.services.rewriter import Rewriter
from bot.services.submission import Submission
from bot.services.tidying import Tidying
from bot.services.times import DISTANT, NEAR, Times
from bot.services.turns import Turnstile
from bot.services.versions import Versions
from bot.services.videos import Videos
from bot.services.voices import Voices
from bot.services.waiting import Waiting
from bot.services.wishes import Wishes
from bot.wiring.parts import Parts


def services(parts: Parts, bell: Bell) -> Services:
    """Everything that can be asked of the product; `bell` wakes the worker."""
    settings, store, clock = parts.settings, parts.store, parts.clock
    bus, nudges, pulse = Bus(), Nudges(), Pulse()
    engine = parts.engines[settings.engine.name]
    allowance = Allowance(
        welcome=settings.credits.welcome,
        daily=settings.credits.daily,
        credit_micro=settings.credits.credit_micro,
    )
    spend = settings.credits.daily_spend_usd
    quotes, voices = Quotes(store, clock, engine), Voices(engine)
    limits = Limits(
        member_queue=settings.limits.member_queue,
        member_queue_s=settings.limits.member_queue_s,
        server_jobs=settings.limits.server_jobs,
        cooldown_s=settings.limits.cooldown_s,
        daily_spend_micro=None if spend is None else pricing.micro_from_dollars(spend),
        ask_above=settings.credits.ask_above,
    )
    submission = Submission(
        store=store,
        clock=clock,
        engine=engine,
        quotes=quotes,
        allowance=allowance,
        limits=limits,
        bus=bus,
        bell=bell,
    )
    broom, hands = Broom(store, parts.files), Hands()
    portraits = Portraits(
        store=store,
        files=parts.files,
        clock=clock,
        easel=Easel(parts.files, parts.fetcher, parts.ffmpeg),
        broom=broom,
        hands=hands,
    )
    preferences = Preferences(store, clock)
    deliveries = Deliveries(
        store, parts.files, clock, parts.ffmpeg, public_url=settings.web.public_url
    )
    times = Times(
        store,
        {name: NEAR if one.restart_is_free else DISTANT for name, one in parts.engines.items()},
    )
    estimates = Estimates(store, clock, times)
    gallery = Gallery(store, clock, draw_lot=lambda: secrets.randbelow(LOTS))
    removal = Removal(store, clock, broom, gallery.bell)
    earlier = Earlier(store, parts.files, parts.ffmpeg)
    wishes = Wishes(store, clock)
    foretelling = Foretelling(clock, engine, allowance)
    intake = Intake(
        files=parts.files,
        inputs=Inputs(
            files=parts.files,
            fetcher=parts.fetcher,
            portraits=portraits,
            preferences=preferences,
            hands=hands,
            voices=voices,
            earlier=earlier,
            ffmpeg=parts.ffmpeg,
            draw_seed=lambda: secrets.randbelow(LONGEST_SEED + 1),
            roughen=settings.media.roughen,
        ),
        wishes=wishes,
        submission=submission,
        voices=voices,
        preferences=preferences,
    )
    pauses = Pauses(store, clock)
    rewriter = Rewriter(
        store=store,
        clock=clock,
        engine=engine,
        quotes=quotes,
        bounds=Bounds(limits, engine),
        pauses=pauses,
    )
    return Services(
        again=Again(clock=clock, earlier=earlier, intake=intake, submission=submission),
        intake=intake,
        submission=submission,
        jobs=Jobs(store, clock, bus, deliveries.bell, nudges),
        credits=Credits(store, clock, allowance, free=engine.restart_is_free),
        deliveries=deliveries,
        broom=broom,
        claims=Claims(store, clock, deliveries.bell),
        pings=Pings(store, clock),
        tidying=Tidying(store, clock),
        notices=Notices(store, clock),
        facts=Facts(store),
        composing=Composing(store, wishes, foretelling),
        errands=Errands(
            store, parts.files, clock, gallery.bell, public_url=settings.web.public_url
        ),
        gallery=gallery,
        guilds=Guilds(store, clock),
        bus=bus,
        hooks=Hooks(store=store, clock=clock, nudges=nudges, pulse=pulse, worker_bell=bell),
        nudges=nudges,
        pauses=pauses,
        portraits=portraits,
        precedence=Precedence(),
        preferences=preferences,
        promises=Promises(store, clock),
        privacy=Privacy(
            store,
            is_local=engine.restart_is_free,
            has_pages=settings.web.public_url is not None,
        ),
        quotes=quotes,
        recall=Recall(store),
        reception=Reception(store, submission, foretelling),
        removal=removal,
        reports=Reports(store, clock, gallery.bell),
        retention=Retention(store, clock, removal, gallery.bell),
        pulse=pulse,
        times=times,
        estimates=estimates,
        turns=Turnstile(),
        versions=Versions(intake, rewriter),
        voices=voices,
        videos=Videos(store, parts.files, public_url=settings.web.public_url),
        waiting=Waiting(store, clock, bus, estimates),
        directions=Directions(store, clock),
    )
