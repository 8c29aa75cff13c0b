"""Rules about what happens, and how much of it."""

from bot.domain.coach.elements import filling
from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.context import Context
from bot.domain.craft.parts import Part
from bot.domain.reading import elements
from bot.domain.reading.lexicon import closed
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import Sense
from storage.records import Mode

LONG_S = 9.0
_MANY_LOOKS = 5
_SOMEBODY = frozenset({Sense.PERSON, Sense.ANIMAL, Sense.PRONOUN})
_FAR = 30
_SECONDS_A_DEED = 1.6
_WORDS_A_SECOND = 4.5


def redescribes(reading: Reading, context: Context) -> Finding | None:
    """The picture has the looks; the prompt is about what moves next (guide, line 63)."""
    if context.mode is not Mode.IMAGE or not _is_about_looks(reading):
        return None
    is_still = not elements.has_action(reading)
    return Finding(
        rule=Rule.REDESCRIBES,
        severity=Severity.WEAK,
        fix=filling(reading, context, Part.ACTION) if is_still else None,
    )


def who_not_how(reading: Reading, context: Context) -> Finding | None:
    """Picture and sound say who and when; the prompt says how (guide, lines 114 and 120)."""
    if context.mode is not Mode.AUDIO or not context.has_picture or not _is_about_looks(reading):
        return None
    is_still = not elements.has_action(reading)
    return Finding(
        rule=Rule.WHO_NOT_HOW,
        severity=Severity.WEAK,
        fix=filling(reading, context, Part.CUES) if is_still else None,
    )


def _is_about_looks(reading: Reading) -> bool:
    """Whether nothing moves, or what something looks like outweighs by far how it moves."""
    if not elements.moves_at_all(reading):
        return True
    looks = elements.description(reading)
    return looks >= _MANY_LOOKS and looks > 2 * elements.performance(reading)


def too_much(reading: Reading, context: Context) -> Finding | None:
    """One action after the other needs its time; nothing changes mid-clip (guide, lines 51, 57)."""
    seconds = context.seconds
    if seconds is None:
        return None
    deeds = _deeds(reading)
    allowed = 1 + seconds / _SECONDS_A_DEED
    is_hurried = reading.quoted > seconds * _WORDS_A_SECOND
    if deeds <= allowed and not is_hurried:
        return None
    return Finding(
        rule=Rule.TOO_MUCH,
        severity=Severity.WEAK,
        facts={"seconds": round(seconds), "actions": deeds, "spoken": reading.quoted},
    )


def _deeds(reading: Reading) -> int:
    """How many things are done one after the other; a jump in time or place counts as two."""
    somebody = reading.has(Sense.PERSON, Sense.PRONOUN, Sense.ANIMAL)
    small = {*reading.at.get(Sense.MICRO, ()), *reading.at.get(Sense.CUE, ())}
    words = {
        reading.words[place].text
        for place in reading.at.get(Sense.DEED, ())
        if place not in small and _is_done_by_somebody(place, reading)
    }
    return (len(words - closed.SMALL) if somebody else 0) + 2 * len(reading.at.get(Sense.CUT, ()))


def _is_done_by_somebody(place: int, reading: Reading) -> bool:
    """Whether a deed has a person or animal before it, or begins a clause that goes on with one."""
    word = reading.words[place]
    if word.text.endswith("ing"):
        return False
    first = place
    while first and place - first < _FAR and reading.words[first - 1].clause == word.clause:
        first -= 1
    around = reading.senses[first : place + 2]
    goes_on = place == first or (place == first + 1 and reading.words[first].text in closed.JOINERS)
    return goes_on or any(not senses.isdisjoint(_SOMEBODY) for senses in around)


def drift(_reading: Reading, context: Context) -> Finding | None:
    """Ten seconds without a sound tend to lose who somebody is (guide, line 152)."""
    if context.mode is Mode.AUDIO or context.seconds is None or context.seconds < LONG_S:
        return None
    return Finding(
        rule=Rule.DRIFT, severity=Severity.HINT, facts={"seconds": round(context.seconds)}
    )
