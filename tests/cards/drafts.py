"""Questions before a video is made: what the coach found, and both versions of the words."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.coach import rules
from bot.domain.context import Context
from bot.domain.craft import defaults
from bot.domain.craft.parts import Part
from bot.domain.request import Plan, Wish
from bot.domain.shapes import Shape, Size
from bot.domain.versions import Snag, Words, completed
from bot.services.intake import Question
from cogs.ui import cards, question, rewording
from cogs.ui.frame import Card
from storage.belongings import Author, Version
from storage.records import Balance, JobState, Mode
from tests.cards.standings import NOTICES, a_standing

OWN = "A red bicycle leans against a harbour wall while gulls drift by."
REWRITTEN = (
    "A red bicycle leans against a weathered harbour wall while two gulls drift slowly by. Low "
    "evening light comes from the left and warms the stones; the camera pushes in gently, and the "
    "audio is lapping water with a distant bell."
)
FAST = "A woman speaks to the viewer. The camera whips around her quickly."


def a_question(
    prompt: str, words: Words | None = None, *, mode: Mode = Mode.TEXT, **changes: object
) -> Question:
    """A question without findings."""
    plan = Plan(mode=mode, prompt=prompt, shape=Shape.WIDE, size=Size.STANDARD, frames=49, seed=7)
    asked = Question(
        draft=12,
        wish=Wish(mode=mode),
        plan=plan,
        hold=5,
        balance=Balance(available=100, held=0),
        picture=None,
        cut=None,
        words=words or Words(),
    )
    return replace(asked, **changes)  # type: ignore[arg-type]  # tests pass plain values


def questions() -> Mapping[str, Card]:
    """Each way in which a question can ask about words, by name."""
    context = Context(mode=Mode.TEXT, shape=Shape.WIDE, frames=49)
    speaking = Context(mode=Mode.AUDIO, shape=Shape.WIDE, frames=193, has_picture=True)
    improved = rules.improve(OWN, context)
    coached = improved.prompt
    few = completed("A cat in a garden.", context)
    own = Words(own=OWN, better=REWRITTEN, author=Author.ENGINE, price_micro=160)
    stand_in = Words(
        own=OWN,
        better=coached,
        author=Author.BUILDER,
        added=improved.added,
        snag=Snag.LOST,
    )
    asked = {
        "coach-findings": a_question(OWN, findings=rules.review(OWN, context), can_improve=True),
        "coach-will-fail": a_question(
            FAST, mode=Mode.AUDIO, findings=rules.review(FAST, speaking), can_improve=True
        ),
        "coach-better": a_question(coached, Words(own=OWN, better=coached, author=Author.COACH)),
        "coach-offer": a_question(OWN, Words(asked_micro=160)),
        "coach-rewritten": a_question(REWRITTEN, own),
        "coach-own": a_question(OWN, own),
        "coach-stand-in": a_question(coached, stand_in),
        "coach-not-offered": a_question(coached, Words(own=coached, snag=Snag.NOT_OFFERED)),
        "coach-few-words": a_question(few.better, few),
        "coach-no-words": a_question(defaults.of_picture(Shape.WIDE), mode=Mode.IMAGE),
    }
    return {name: question.card(each) for name, each in asked.items()} | {
        "rewriting": rewording.under_way(OWN)
    }


def receipts() -> Mapping[str, Card]:
    """What follows a question about words, by name."""
    tip = rules.review(OWN, Context(mode=Mode.TEXT, shape=Shape.WIDE, frames=49))[0]
    queued, notice = a_standing(JobState.QUEUED), NOTICES["waiting"]
    version = Version(own=OWN, author=Author.ENGINE, price_micro=160)
    done = replace(a_standing(JobState.DONE, prompt=REWRITTEN), version=version)
    return {
        "coach-tip": cards.accepted(queued, notice, left=95, tip=tip),
        "coach-added": cards.accepted(
            queued, notice, left=95, added=(Part.LIGHT, Part.CAMERA, Part.SOUND)
        ),
        "coach-sent": rewording.sent(done),
    }


async def coaching() -> Mapping[str, Card]:
    """All of them; the coach reads in a thread of its own."""
    return {**await asyncio.to_thread(questions), **receipts()}
