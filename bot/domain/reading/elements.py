"""Which of the elements of a good prompt are there: shot, place, light, action, cues, sound."""

from bot.domain.context import Context, SoundKind
from bot.domain.reading import filming, layout, passives, tense
from bot.domain.reading.language import Language
from bot.domain.reading.lexicon import closed
from bot.domain.reading.lists import listed
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import ACTIONS, MOVES, MOVING, Sense
from storage.records import Mode

_FLYING = listed("drone drohne drones")
"""What films from above."""

_COVERS = listed("mask visor balaclava maske visier sturmhaube schweißmaske")
_BEHIND = listed("in wearing wears behind beneath under mit hinter unter trägt")

_NAMED_THINGS = (
    *(Sense.PERSON, Sense.ANIMAL, Sense.PLACE, Sense.LANDSCAPE, Sense.APPEARANCE, Sense.FACE),
)
_NEAR = 3
_CARRIED = (
    closed.LIMBS
    | closed.BODY
    | listed("back leg legs torso body spine head jaw weight rücken bein beine körper kopf kiefer")
)
"""Parts of a body by which somebody carries themselves."""

_SOMEBODYS = closed.POSSESSED | listed("einem einer dem einen")
_OWN = closed.POSSESSIVES | listed("sein seine ihr ihre")
SHORTEST_SPEECH = 2
"""Quoted words that count as somebody speaking, and not as the name on a sign."""


def has_shot(reading: Reading) -> bool:
    """Whether a shot or the position of the camera is named."""
    if reading.has(Sense.CLOSE, Sense.WIDE):
        return True
    if any(not _is_of_light(place, reading) for place in reading.at.get(Sense.SHOT, ())):
        return True
    is_filmed = any(word.text in closed.FILM_CAMERAS for word in reading.words)
    if any(
        (word.text in _FLYING and not is_filmed) or _is_close_on(place, reading)
        for place, word in enumerate(reading.words)
    ):
        return True
    names = {label.name.lower() for label in layout.labels(reading)}
    return not names.isdisjoint({"shot", "shot type", "framing", "einstellung", "angle"})


def _is_close_on(place: int, reading: Reading) -> bool:
    """Whether a clause begins as a shot does: close on a pair of hands; not: the doors close on."""
    words = reading.words
    if words[place].text not in {"close", "tight"} or place + 1 == len(words):
        return False
    opens = place == 0 or words[place - 1].clause != words[place].clause
    return opens and words[place + 1].text == "on"


def _is_of_light(place: int, reading: Reading) -> bool:
    """Whether light comes from there, and no look: blue light from above."""
    return reading.words[place].text in {"from", "von"} and any(
        Sense.LIGHT in senses for senses in reading.senses[max(0, place - 2) : place]
    )


_NO_LIT_SENSES = frozenset(
    {Sense.APPEARANCE, Sense.FACE, Sense.CUE, Sense.PERSON, Sense.ANIMAL, Sense.SHAKE}
)
_BEAMS = frozenset({"beam", "beams"})
_LIT_SENSES = frozenset({Sense.PLACE, Sense.LIGHT, Sense.STATIVE, Sense.FLOW, Sense.DEED})


def has_light(reading: Reading) -> bool:
    """Whether anything is said about light or the time of day."""
    return any(not _is_no_light(place, reading) for place in reading.at.get(Sense.LIGHT, ()))


def _is_no_light(place: int, reading: Reading) -> bool:
    """Whether light means that it weighs little, or bright how something looks or sounds."""
    words = reading.words
    if words[place].text in _BEAMS and reading.before(place) in closed.MATERIALS:
        return True
    if words[place].text not in closed.LIGHTISH or place + 1 == len(words):
        return False
    after = words[place + 1]
    return after.clause == words[place].clause and (
        after.text in closed.SLIGHT
        or (
            not reading.senses[place + 1].isdisjoint(_NO_LIT_SENSES)
            and reading.senses[place + 1].isdisjoint(_LIT_SENSES)
        )
    )


def has_camera(reading: Reading) -> bool:
    """Whether it is said how the camera moves, or that it rests."""
    return filming.is_still(reading) or filming.has_move(reading)


def has_sound(reading: Reading) -> bool:
    """Whether it is said what is heard."""
    if any(not _is_about_sound(place, reading) for place in reading.at.get(Sense.SOUND, ())):
        return True
    return _is_birdsong(reading) or any(
        (
            word.text in closed.NOISY
            or (word.text.endswith("end") and word.text[:-1] in closed.NOISY)
        )
        and not word.is_capital
        for word in reading.words
    )


def _is_birdsong(reading: Reading) -> bool:
    """Whether animals sing: larks sing overhead."""
    return any(
        place and Sense.ANIMAL in reading.senses[place - 1]
        for place in reading.at.get(Sense.SONG, ())
    )


def _is_about_sound(place: int, reading: Reading) -> bool:
    """Whether a word for sound only names a thing or a trade: a sound engineer."""
    if reading.words[place].text not in closed.SOUNDING:
        return False
    after = reading.words[place + 1 : place + 2]
    return bool(after) and (
        after[0].clause == reading.words[place].clause and (after[0].text in closed.ABOUT_SOUND)
    )


def has_action(reading: Reading) -> bool:
    """Whether anything happens in front of the camera."""
    if reading.has(*ACTIONS) or speaks(reading) or tense.has_deed(reading):
        return True
    if passives.is_told(reading):
        return True
    return any(
        reading.words[place].text.endswith(("s", "ing", "t"))
        and reading.words[place].text not in closed.BODY
        for place in reading.at.get(Sense.CUE, ())
    )


def has_micro_motion(reading: Reading) -> bool:
    """Whether a face or body is said to move in small ways."""
    return any(
        not _is_attribute(place, reading) and not _is_denied(place, reading)
        for place in reading.at.get(Sense.MICRO, ())
    )


def _is_denied(place: int, reading: Reading) -> bool:
    """Whether a small motion does not happen: does not smile, lächelt nicht."""
    if filming.is_negated(place, reading):
        return True
    after = reading.words[place + 1 : place + 2]
    return bool(after) and after[0].text == "nicht"


def _is_attribute(place: int, reading: Reading) -> bool:
    """A smiling woman: how somebody looks, not what they do."""
    if not reading.words[place].text.endswith(("ing", "nde", "nder", "nden")):
        return False
    return place + 1 < len(reading.words) and Sense.PERSON in reading.senses[place + 1]


def has_cues(reading: Reading) -> bool:
    """Whether the body of somebody shows anything: hands, posture, a small motion."""
    if reading.has(Sense.CUE) or has_micro_motion(reading):
        return True
    return any(
        (word.text in closed.LIMBS and _is_used(place, reading))
        or (
            (word.text in _CARRIED or Sense.FACE in reading.senses[place])
            and _opens_clause(place, reading)
        )
        for place, word in enumerate(reading.words)
    )


def _opens_clause(place: int, reading: Reading) -> bool:
    """Whether a clause is about a part of somebody's body: his back bent."""
    words = reading.words
    if place == 0 or words[place - 1].text not in _OWN:
        return False
    return place == 1 or words[place - 2].clause != words[place].clause


def _is_used(place: int, reading: Reading) -> bool:
    """Whether somebody does something with a limb: taps his foot, reibt sich die Augen."""
    words, clause = reading.words, reading.words[place].clause
    before = [word.text for word in words[max(0, place - _NEAR) : place] if word.clause == clause]
    if "sich" in before:
        return True
    if not before or before[-1] not in _SOMEBODYS:
        return False
    return any(
        not reading.senses[at].isdisjoint(MOVING) and words[at].clause == clause
        for at in range(max(0, place - _NEAR), place)
    )


def has_person(reading: Reading) -> bool:
    """Whether somebody is seen who can be told apart, not just a crowd."""
    people = reading.at.get(Sense.PERSON, ())
    if any(not filming.is_negated(place, reading) for place in people):
        return True
    is_named_by_sex = reading.language is not Language.GERMAN
    return is_named_by_sex and reading.has(Sense.PRONOUN) and not reading.has(Sense.ANIMAL)


def speaks(reading: Reading) -> bool:
    """Whether somebody speaks (or words are quoted)."""
    if reading.has(Sense.SPEECH):
        return True
    if reading.quoted < SHORTEST_SPEECH:
        return False
    return not any(word.text in closed.SIGNS for word in reading.words)


def face_matters(reading: Reading, context: Context) -> bool:
    """Whether a viewer will watch a face: somebody speaks, sings, is near, looks at us."""
    if _is_hidden(reading):
        return False
    somebody = has_person(reading) or context.shows_picture
    if speaks(reading) or (reading.has(Sense.SONG) and not reading.has(Sense.WIDE)):
        is_animal = reading.has(Sense.ANIMAL) and not _only_sings(reading, context)
        return somebody or is_animal or reading.has(Sense.PRONOUN) or _is_pair(reading)
    if not has_person(reading):
        return False
    is_voiced = context.mode is Mode.AUDIO and context.sound.kind is SoundKind.SPEECH
    if reading.has(Sense.GAZE) or is_voiced:
        return True
    return reading.has(Sense.CLOSE) and (reading.has(Sense.FACE) or not reading.has(Sense.CUE))


def _is_hidden(reading: Reading) -> bool:
    """Whether a face cannot be seen: in a welding mask; not: takes off her mask."""
    return any(
        word.text in _COVERS and any(reading.before(place, steps) in _BEHIND for steps in (1, 2, 3))
        for place, word in enumerate(reading.words)
    )


def _only_sings(reading: Reading, context: Context) -> bool:
    """Whether animals only sing where no sound is given to sing with: birds sing."""
    return context.mode is not Mode.AUDIO and not speaks(reading)


def _is_pair(reading: Reading) -> bool:
    """Whether two people are seen who are named together: a couple, twins."""
    return any(
        reading.words[place].text in closed.PAIRS for place in reading.at.get(Sense.SEVERAL, ())
    )


def names_something(reading: Reading) -> bool:
    """Whether anybody or anything is named, or what it looks like."""
    return reading.has(*_NAMED_THINGS)


def description(reading: Reading) -> int:
    """How many words say what somebody or something looks like."""
    return len(reading.at.get(Sense.APPEARANCE, ()))


def performance(reading: Reading) -> int:
    """How many words say what moves."""
    return len(reading.places((*ACTIONS, Sense.CUE)))


def moves_at_all(reading: Reading) -> bool:
    """Whether anything moves, be it only the camera."""
    return has_action(reading) or any(sense in reading.at for sense in MOVES)
