"""Small cards that are about no job: what Talkie answers to a message before there is one."""

from bot.errors import UserError
from bot.services.foretelling import Foretold
from cogs.ui import answers, frame, refusals, speaker
from cogs.ui.frame import Card, Part, Tone
from storage.records import Mode


def hasty() -> Card:
    """The acknowledgement of a wish of which nothing could be looked up yet."""
    return frame.card(Tone.WAITING, frame.words(answers.PREPARING, answers.PRICE_COMES))


def opening() -> Card:
    """The acknowledgement of who wants to build a video, before anything could be looked up."""
    return frame.card(Tone.WAITING, frame.words(answers.OPENING))


def preparing(mode: Mode, foretold: Foretold) -> Card:
    """The acknowledgement of a wish, with its price before anything is held."""
    first = answers.LISTENING if mode is Mode.AUDIO else answers.PREPARING
    return frame.card(Tone.WAITING, frame.words(first, answers.price(foretold)))


def refused(refusal: UserError, way_on: Part | None) -> Card:
    """Why there will be no video, and the button by which there will be one nevertheless."""
    why = frame.words(refusals.sentence(refusal.code, refusal.facts))
    if way_on is None:
        return frame.card(Tone.OVER, why)
    return frame.card(Tone.WAITING, why, rows=[frame.row(way_on)])


def who_speaks(draft: int) -> Card:
    """The question for a picture, about the sound of a draft."""
    rows = [frame.row(speaker.PortraitButton(draft))]
    return frame.card(Tone.WAITING, frame.words(answers.NO_FACE), rows=rows)


def interrupted() -> Card:
    """What becomes of the acknowledgement of a wish that a stopped Talkie did not get to."""
    return frame.card(Tone.OVER, frame.words(answers.INTERRUPTED))


def directions() -> Card:
    """Which commands there are."""
    return frame.card(Tone.WAITING, frame.words(answers.DIRECTIONS))
