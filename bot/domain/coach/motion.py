"""Rules about what happens, and how much of it."""

import math

from bot.domain.coach.elements import filling
from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.context import Context
from bot.domain.craft.parts import Part
from bot.domain.reading import elements
from bot.domain.reading.lexicon import closed
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import ACTIONS, Sense
from storage.records import Mode

LONG_S = 9.0
_MANY_LOOKS = 5
_SOME_LOOKS = 2
_HOW = (Sense.DEED, Sense.FLOW, Sense.MICRO, Sense.CUE, Sense.GAZE)
_SOMEBODY = frozenset({Sense.PERSON, Sense.ANIMAL, Sense.PRONOUN})
_FAR = 30
_SUBJECT_WORDS = frozenset({"he", "she", "er", "sie"})
_SECONDS_A_DEED = 1.6
_REACH = 3
_SHORT = 0.5
"""How much of a step a small one is."""

_SMALL = frozenset({Sense.MICRO, Sense.CUE})
_SPARE_STEPS = 1
"""Steps may be small: one of them needs no time of its own."""

_WORDS_A_SECOND = 4.5


def redescribes(reading: Reading, context: Context) -> Finding | None:
    """The picture has the looks; the prompt is about what moves next (guide, line 63)."""
    if context.mode is not Mode.IMAGE or not _is_about_looks(reading):
        return None
    if not elements.names_something(reading):
        return None
    is_still = not elements.has_action(reading)
    return Finding(
        rule=Rule.REDESCRIBES,
        severity=Severity.WEAK,
        fix=filling(reading, context, Part.ACTION) if is_still else None,
    )


def who_not_how(reading: Reading, context: Context) -> Finding | None:
    """Picture and sound say who and when; the prompt says how (guide, lines 114 and 120)."""
    if context.mode is not Mode.AUDIO or not context.has_picture:
        return None
    if not _is_about_looks(reading) and not _is_only_about_who(reading):
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


def _is_only_about_who(reading: Reading) -> bool:
    """Whether it is said who speaks, and nothing of how; that they speak is in the sound."""
    return elements.description(reading) >= _SOME_LOOKS and not reading.has(*_HOW)


def too_much(reading: Reading, context: Context) -> Finding | None:
    """One action after the other needs its time; nothing changes mid-clip (guide, lines 51, 57)."""
    seconds = context.seconds
    if seconds is None:
        return None
    steps = _steps(reading)
    deeds = max(_deeds(reading), len(steps) - _SPARE_STEPS, sum(steps))
    allowed = 1 + seconds / _SECONDS_A_DEED
    is_hurried = reading.quoted > seconds * _WORDS_A_SECOND
    if deeds <= allowed and not is_hurried:
        return None
    return Finding(
        rule=Rule.TOO_MUCH,
        severity=Severity.WEAK,
        facts={"seconds": round(seconds), "actions": math.ceil(deeds), "spoken": reading.quoted},
    )


def _deeds(reading: Reading) -> int:
    """How many things are done one after the other; a jump in time or place counts as two."""
    somebody = reading.has(Sense.PERSON, Sense.PRONOUN, Sense.ANIMAL)
    beside = _beside(reading)
    small = {*reading.at.get(Sense.MICRO, ()), *reading.at.get(Sense.CUE, ())}
    words = {
        reading.words[place].text
        for place in reading.at.get(Sense.DEED, ())
        if place not in small
        and reading.words[place].clause not in beside
        and _is_done_by_somebody(place, reading)
    }
    return (len(words - closed.SMALL) if somebody else 0) + 2 * len(reading.at.get(Sense.CUT, ()))


def _beside(reading: Reading) -> set[int]:
    """The clauses that tell what others do meanwhile: while children play and birds fly."""
    found: set[int] = set()
    if not any(word.text in closed.TURNS for word in reading.words):
        return found
    sentence, is_meanwhile = -1, False
    for place, word in enumerate(reading.words):
        if word.sentence != sentence:
            sentence, is_meanwhile = word.sentence, False
        elif word.text in closed.TURNS:
            is_meanwhile = True
        elif word.text in closed.SEQUENCE or Sense.PRONOUN in reading.senses[place]:
            is_meanwhile = is_meanwhile and word.text not in _SUBJECT_WORDS | closed.SEQUENCE
        if is_meanwhile:
            found.add(word.clause)
    return found


def _steps(reading: Reading) -> list[float]:
    """How long each thing takes that one subject does in a row: she stands up and leaves.

    A clause with a subject of its own happens beside the others, unless it comes then.
    """
    acts = sorted(
        {*reading.places((*ACTIONS, Sense.CUE)), *reading.at.get(Sense.STATIVE, ())}
        - reading.camera
    )
    rows: list[dict[int, float]] = []
    sentence = -1
    for place in acts:
        word = reading.words[place]
        time = _SHORT if _is_small(place, reading) else 1.0
        if word.sentence == sentence and _is_next_step(place, reading):
            rows[-1][word.clause] = max(time, rows[-1].get(word.clause, 0))
        elif not word.text.endswith("ing") and not (rows and word.clause in rows[-1]):
            rows.append({word.clause: time})
            sentence = word.sentence
    longest = max((list(row.values()) for row in rows), key=sum, default=[])
    return max(longest, _turns(reading), key=sum)


def _turns(reading: Reading) -> list[float]:
    """What comes then, and then; where it is somewhere else, more time has passed."""
    elsewhere = {reading.words[at].clause for at in reading.at.get(Sense.PLACE, ())}
    turns = {
        word.clause
        for place, word in enumerate(reading.words)
        if word.text in closed.SEQUENCE and place not in reading.camera
    }
    return [1.0, *(1.0 + _SHORT * (turn in elsewhere) for turn in turns)] if turns else []


def _is_small(place: int, reading: Reading) -> bool:
    senses = reading.senses[place]
    return reading.words[place].text in closed.SMALL or not senses.isdisjoint(_SMALL)


def _is_next_step(place: int, reading: Reading) -> bool:
    """Whether a verb begins its clause, or its clause comes then."""
    word = reading.words[place]
    if word.text.endswith(("ing", "nd", "nde")):
        return False
    before = [
        other.text
        for other in reading.words[max(0, place - _REACH) : place]
        if other.clause == word.clause
    ]
    return not before or before[-1] in closed.JOINERS or not closed.SEQUENCE.isdisjoint(before)


def _is_done_by_somebody(place: int, reading: Reading) -> bool:
    """Whether a deed has a person or animal before it, or begins a clause that goes on with one."""
    word = reading.words[place]
    if word.text.endswith("ing"):
        return False
    first = place
    while first and place - first < _FAR and reading.words[first - 1].clause == word.clause:
        first -= 1
    goes_on = place == first or (place == first + 1 and reading.words[first].text in closed.JOINERS)
    begin = first
    while goes_on and begin and reading.words[begin - 1].sentence == word.sentence:
        begin -= 1
    if goes_on and begin == first:
        return True
    return any(
        not reading.senses[at].isdisjoint(_SOMEBODY)
        and reading.words[at].text not in closed.POSSESSIVES
        for at in range(begin, min(len(reading.words), place + 2))
    )


def drift(_reading: Reading, context: Context) -> Finding | None:
    """Ten seconds without a sound tend to lose who somebody is (guide, line 152)."""
    if context.mode is Mode.AUDIO or context.seconds is None or context.seconds < LONG_S:
        return None
    return Finding(
        rule=Rule.DRIFT, severity=Severity.HINT, facts={"seconds": round(context.seconds)}
    )
