"""Whether a prompt says where we are."""

from bot.domain.reading import lexicon
from bot.domain.reading.language import Language
from bot.domain.reading.lexicon import closed, closed_german
from bot.domain.reading.lists import listed
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import MOVING, Sense

_IN = listed(
    """
    in at inside through im am on by near beside along across around behind under vor an auf
    among amid amidst beneath below unter neben hinter durch entlang onto
    ins ans beim vorm hinterm unterm überm aufm inner
    """
)
_AGED = listed("old alten alter alte altes")
"""Said of places as much as of people."""

_TRAVELLED = listed("into onto over up down past off toward towards of between to")
"""Behind one of these a place follows where somebody or something goes there."""

_CROSSING = listed(
    "climbs climbing crosses crossing enters entering ascends descends roams roaming"
)
"""What is done to places alone."""

_GOING = (
    *("walk", "run", "climb", "driv", "roll", "glid", "fl", "crawl", "creep", "rid", "hik"),
    *("stroll", "march", "rac", "sail", "drift", "wander", "jog", "dash", "sprint", "swim"),
    *("trot", "gallop", "hop", "leap", "jump", "bound", "swoop", "soar", "row", "paddl", "wad"),
    *(
        "dart",
        "scurr",
        "scuttl",
        "slither",
        "hurtl",
        "scamper",
        "trudg",
        "skat",
        "ski",
        "cycl",
        "speed",
        "rush",
        "hurr",
        "sneak",
        "tiptoe",
        "stumbl",
    ),
)
"""Beginnings of verbs for going somewhere."""

_BODY = closed.LIMBS | closed.BODY
_BEFORE_NOUNS = closed.DETERMINERS | closed.PREPOSITIONS
_AMONG = listed("among amid amidst")
_NAMED = listed("in at near")


def is_told(reading: Reading) -> bool:
    """Whether it is said where we are."""
    if reading.has(Sense.LANDSCAPE):
        return True
    if any(not _is_verb(place, reading) for place in reading.at.get(Sense.PLACE, ())):
        return True
    return any(_is_setting(place, reading) for place in range(len(reading.words)))


def _is_verb(place: int, reading: Reading) -> bool:
    """Whether somebody stands, and there are no stands: she stands up."""
    return reading.words[place].text == "stands" and (reading.before(place) not in _BEFORE_NOUNS)


def _is_travelled(place: int, reading: Reading) -> bool:
    """Whether somebody or something goes where a preposition says: trots off between ferns."""
    if reading.words[place].text not in _TRAVELLED or reading.language is Language.GERMAN:
        return False
    return any(
        reading.before(place, steps).startswith(_GOING)
        and not reading.senses[place - steps].isdisjoint(MOVING)
        for steps in (1, 2)
    )


def _is_setting(place: int, reading: Reading) -> bool:
    """Whether an unlisted place follows: at a beekeepers' fair; but not: in a red coat."""
    words = reading.words
    if place + 1 >= len(words) or not (
        words[place].text in _IN or words[place].text in _CROSSING or _is_travelled(place, reading)
    ):
        return False
    after = words[place + 1].text
    if (
        words[place].text in _NAMED
        and words[place + 1].is_capital
        and reading.language is not Language.GERMAN
    ):
        return True
    if words[place].text in _AMONG:
        return reading.senses[place + 1].isdisjoint(_NOBODYS)
    if after not in closed.DETERMINERS and words[place].text not in closed_german.CONTRACTED:
        return False
    if words[place].text == "at" and reading.before(place).startswith(closed.AIMING):
        return False
    clause = words[place].clause
    rest = [word.text for word in words[place + 1 : place + 6] if word.clause == clause]
    begin = place + 1
    if after in closed.POSSESSIVES and _is_thing(rest[1:]):
        # Her may be who is meant, and not what is hers.
        begin, rest = begin + 1, rest[1:]
    return (
        bool(rest)
        and lexicon.NO_SETTINGS.isdisjoint(rest)
        and all(
            (senses.isdisjoint(_NO_SETTING_SENSES) or word in _AGED) and word not in _BODY
            for word, senses in zip(rest, reading.senses[begin:], strict=False)
        )
    )


def _is_thing(rest: list[str]) -> bool:
    """Whether a thing follows, and no other phrase or part of a body: in her car."""
    no_things = (closed.PREPOSITIONS, _IN, closed.LIMBS, closed.BODY, closed.JOINERS)
    return bool(rest) and all(rest[0] not in words for words in no_things)


_NOBODYS = frozenset({Sense.PERSON, Sense.ANIMAL, Sense.PRONOUN, Sense.GROUP, Sense.FACE})
_NO_SETTING_SENSES = frozenset(
    {Sense.APPEARANCE, Sense.FACE, Sense.CUE, Sense.CAMERA, Sense.SHOT, Sense.LIGHT, Sense.GAZE}
    | {Sense.PERSON, Sense.ANIMAL, Sense.PRONOUN, Sense.SOUND, Sense.LOOK}
)
