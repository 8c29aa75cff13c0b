"""In which tense a prompt is told."""

from bot.domain.reading.language import Language
from bot.domain.reading.lexicon import closed
from bot.domain.reading.lists import listed
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import ACTIONS, Sense

_WILL = listed("will shall 'll won't i'll he'll she'll it'll they'll we'll")
_SUBJECTS = frozenset({Sense.PERSON, Sense.ANIMAL, Sense.PRONOUN, Sense.GROUP})
_WAS = listed("was were had did been war waren hatte hatten")
_FAR = 30
_ANYBODY = listed("it that who which they we nobody everybody everyone someone somebody nothing")
_YOU = frozenset({"you", "i"})
_BODY = closed.LIMBS | closed.BODY
_THIRD = frozenset({"he", "she", "they"})
_WHICH = frozenset({"that", "which", "whom"})
_SAID = listed("said thought knew told believed felt saw noticed realized realised so")
_BEHIND = listed("mit von aus in im auf unter über zwischen hinter vor bei ohne für an und")
_SOON = listed("gleich bald dann morgen später")


def told(reading: Reading) -> tuple[int, int, int]:
    """How many verbs are in the past, in the present and in the future."""
    past = set(_past(reading))
    future = set(_future(reading))
    present = {
        place
        for place in reading.places((*ACTIONS, Sense.STATIVE))
        if place not in past and place - 1 not in future and _is_present(place, reading)
    }
    return len(past), len(present), len(future)


def has_deed(reading: Reading) -> bool:
    """Whether something was done (and not only was)."""
    return any(reading.words[place].text not in _WAS for place in _past(reading))


def _is_present(place: int, reading: Reading) -> bool:
    text = reading.words[place].text
    if reading.language is Language.GERMAN:
        return text.endswith(("t", "ist", "sind")) or text == "hat"
    return text in {"is", "are", "has", "have"} or (text.endswith("s") and text != "was")


def _past(reading: Reading) -> list[int]:
    listed = [
        place
        for place in reading.at.get(Sense.PAST, ())
        if reading.before(place) not in closed.DETERMINERS
        and not (reading.language is Language.GERMAN and reading.words[place].is_capital)
        and not _is_relative(place, reading)
        and not _is_attribute(place, reading)
        and not (
            reading.words[place].text in closed.DONE_TO
            and (_is_apart(place, reading) or _is_held(place, reading))
        )
    ]
    regular = [
        place
        for place in reading.at.get(Sense.ED, ())
        if _follows_subject(place, reading) or _is_intransitive(place, reading)
    ]
    return sorted({*listed, *regular})


def _is_intransitive(place: int, reading: Reading) -> bool:
    """Whether this can only be past: the wind howled; not: a vanished city."""
    before = reading.before(place)
    return (
        reading.words[place].text in closed.INTRANSITIVE
        and bool(before)
        and before not in closed.DETERMINERS
    )


def _is_attribute(place: int, reading: Reading) -> bool:
    """Whether a German participle stands before what it is said of: mit verblassten Farben."""
    if reading.language is not Language.GERMAN or reading.before(place) not in _BEHIND:
        return False
    after = reading.words[place + 1 : place + 2]
    return bool(after) and after[0].is_capital and after[0].clause == reading.words[place].clause


def _is_apart(place: int, reading: Reading) -> bool:
    """Whether a clause begins with this word, and no and or then stands before it."""
    words = reading.words
    return (
        place > 0
        and words[place - 1].clause != words[place].clause
        and words[place - 1].sentence == words[place].sentence
    )


def _is_held(place: int, reading: Reading) -> bool:
    """Whether a clause opens with a part of a body that is held so: shoulders bent."""
    words = reading.words
    first = place - 1
    if first < 1:
        return False
    is_owned = words[first - 1].text in closed.POSSESSIVES and words[place].clause > 0
    if not is_owned and not (
        words[first].text in _BODY or not reading.senses[first].isdisjoint({Sense.CUE, Sense.FACE})
    ):
        return False
    first -= words[first - 1].text in closed.POSSESSIVES
    return first == 0 or words[first - 1].clause != words[first].clause


def _is_relative(place: int, reading: Reading) -> bool:
    """Whether it is only said which one is meant: the photo that her mother took, one you met."""
    if reading.before(place) in _YOU or reading.before(place, 2) in _YOU:
        return True
    if _is_of_somebody(place, reading):
        return True
    return any(
        reading.before(place, steps) in _WHICH and reading.before(place, steps + 1) not in _SAID
        for steps in (2, 3)
    )


def _is_of_somebody(place: int, reading: Reading) -> bool:
    """Whether it only tells whom or what somebody once met: two men she met in Paris."""
    words = reading.words
    if place < 2 or reading.before(place) not in _THIRD:
        return False
    return words[place - 2].clause == words[place].clause and not reading.senses[
        place - 2
    ].isdisjoint(_SUBJECTS | {Sense.PLACE})


def _follows_subject(place: int, reading: Reading) -> bool:
    """Whether somebody did it: the woman slowly opened; not: a fox surrounded by snow."""
    if place + 1 < len(reading.words) and reading.words[place + 1].text in {"by", "in", "with"}:
        return False
    behind = place - 1
    if reading.before(place).endswith("ly") or reading.before(place) == "then":
        behind -= 1
    if reading.before(place) in {"and", "then"} and _is_after_past(behind, reading):
        return True
    if reading.before(place) in _ANYBODY:
        return True
    if behind < 0 or reading.words[behind].text in closed.POSSESSIVES:
        return False
    return not reading.senses[behind].isdisjoint(_SUBJECTS)


def _is_after_past(place: int, reading: Reading) -> bool:
    told = reading.at.get(Sense.PAST, ())
    return bool(told) and told[0] < place


def _future(reading: Reading) -> list[int]:
    if reading.language is Language.GERMAN:
        return [place for place in reading.at.get(Sense.FUTURE, ()) if _is_german(place, reading)]
    wills = [place for place, word in enumerate(reading.words) if word.text in _WILL]
    return sorted({*wills, *reading.at.get(Sense.FUTURE, ())} - _nouns(wills, reading))


def _nouns(wills: list[int], reading: Reading) -> set[int]:
    return {place for place in wills if reading.before(place) in closed.DETERMINERS}


def _is_german(place: int, reading: Reading) -> bool:
    """Whether an infinitive ends the clause: wird ... laufen; not: wird ... beleuchtet."""
    words = reading.words
    after = range(place + 1, min(len(words), place + _FAR))
    clause = [at for at in after if words[at].clause == words[place].clause]
    if not clause:
        return False
    last = words[clause[-1]]
    is_infinitive = last.text.endswith("en") and not last.is_capital
    return (is_infinitive and not last.text.startswith(("ge", "ver", "be"))) or any(
        words[at].text in _SOON for at in clause[:2]
    )
