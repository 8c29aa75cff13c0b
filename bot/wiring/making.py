"""Whatever has a hand in the way from a wish to a job."""

import secrets
from dataclasses import dataclass

from bot.domain import pricing
from bot.domain.request import LONGEST_SEED
from bot.services.bell import Bell
from bot.services.bounds import Limits
from bot.services.broom import Broom
from bot.services.credits import Allowance
from bot.services.earlier import Earlier
from bot.services.easel import Easel
from bot.services.events import Bus
from bot.services.hands import Hands
from bot.services.inputs import Inputs
from bot.services.intake import Intake
from bot.services.pauses import Pauses
from bot.services.portraits import Portraits
from bot.services.preferences import Preferences
from bot.services.quotes import Quotes
from bot.services.submission import Submission
from bot.services.voices import Voices
from bot.services.wishes import Wishes
from bot.settings import Settings
from bot.wiring.parts import Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolbox:
    """What intake, submission and others share."""

    allowance: Allowance
    limits: Limits
    pauses: Pauses
    broom: Broom
    earlier: Earlier
    hands: Hands
    portraits: Portraits
    preferences: Preferences
    quotes: Quotes
    voices: Voices
    wishes: Wishes


def toolbox(parts: Parts) -> Toolbox:
    """The tools, with the engine that makes new jobs."""
    store, files, clock = parts.store, parts.files, parts.clock
    engine = parts.engines[parts.settings.engine.name]
    broom, hands, pauses = Broom(store, files), Hands(), Pauses(store, clock)
    return Toolbox(
        allowance=_allowance(parts.settings),
        limits=_limits(parts.settings),
        pauses=pauses,
        broom=broom,
        earlier=Earlier(store, files, parts.ffmpeg),
        hands=hands,
        portraits=Portraits(
            store=store,
            files=files,
            clock=clock,
            easel=Easel(files, parts.fetcher, parts.ffmpeg),
            broom=broom,
            hands=hands,
        ),
        preferences=Preferences(store, clock),
        quotes=Quotes(store, clock, engine, pauses),
        voices=Voices(engine),
        wishes=Wishes(store, clock),
    )


def submission(parts: Parts, tools: Toolbox, bus: Bus, bell: Bell) -> Submission:
    """Where a wish becomes a job; it tells `bus` and wakes the worker by `bell`."""
    return Submission(
        store=parts.store,
        clock=parts.clock,
        engine=parts.engines[parts.settings.engine.name],
        quotes=tools.quotes,
        allowance=tools.allowance,
        limits=tools.limits,
        bus=bus,
        bell=bell,
    )


def intake(parts: Parts, tools: Toolbox, submission: Submission) -> Intake:
    """Where wishes come in, with everything they refer to."""
    return Intake(
        files=parts.files,
        inputs=Inputs(
            files=parts.files,
            fetcher=parts.fetcher,
            portraits=tools.portraits,
            preferences=tools.preferences,
            hands=tools.hands,
            voices=tools.voices,
            earlier=tools.earlier,
            ffmpeg=parts.ffmpeg,
            draw_seed=lambda: secrets.randbelow(LONGEST_SEED + 1),
            roughen=parts.settings.media.roughen,
        ),
        wishes=tools.wishes,
        submission=submission,
        voices=tools.voices,
        preferences=tools.preferences,
    )


def _allowance(settings: Settings) -> Allowance:
    return Allowance(
        welcome=settings.credits.welcome,
        daily=settings.credits.daily,
        credit_micro=settings.credits.credit_micro,
    )


def _limits(settings: Settings) -> Limits:
    spend = settings.credits.daily_spend_usd
    return Limits(
        member_queue=settings.limits.member_queue,
        member_queue_s=settings.limits.member_queue_s,
        server_jobs=settings.limits.server_jobs,
        cooldown_s=settings.limits.cooldown_s,
        daily_spend_micro=None if spend is None else pricing.micro_from_dollars(spend),
        ask_above=settings.credits.ask_above,
    )
