"""Lines that are typed to be spoken: what may be said, how long it may last, what it costs."""

import unicodedata

from bot.domain import frames, pricing, prompt
from bot.errors import Code, UserError
from storage.records import Job, Speech

LONGEST = 160
"""Characters that an ordinary voice says in ten seconds; a wide one (漢) counts as three."""
_WIDE = 3
_SLOWEST_A_SECOND = 10.0
_PAUSES_S = 1.0
_LONGEST_TYPED = 4_000


def checked(text: str) -> str:
    """The plain words of a line; raises UserError if nothing is said, or too much for a clip."""
    line = prompt.tidy(text[:_LONGEST_TYPED])
    if not any(character.isalnum() for character in line):
        raise UserError(Code.LINE_EMPTY)
    said = characters(line)
    if said > LONGEST:
        raise UserError(Code.LINE_TOO_LONG, length=said, limit=LONGEST)
    return line


def characters(line: str) -> int:
    """How many letters of an alphabet take as long to say."""
    return sum(_WIDE if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)


def most_frames(line: str) -> int:
    """The frames of a clip that holds a line however slowly it is spoken, as far as one can."""
    lasts_s = characters(line) / _SLOWEST_A_SECOND + _PAUSES_S
    return next((each for each in frames.LEGAL if frames.seconds(each) >= lasts_s), frames.LONGEST)


def charge(job: Job, speech: Speech | None) -> int:
    """What a finished video costs: one price for its line and its clip, at most what was held."""
    if speech is None:
        return job.hold
    price_micro = speech.price_micro + job.price_micro
    return min(job.hold, pricing.credits_for(price_micro, speech.credit_micro))


def charge_for_line(job: Job, speech: Speech) -> int:
    """What a job costs whose line was spoken and whose clip was not begun."""
    return min(job.hold, pricing.credits_for(speech.price_micro, speech.credit_micro))
