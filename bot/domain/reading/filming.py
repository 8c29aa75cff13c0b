"""What a prompt says about the camera: its moves, whether it rests, whether it is fast."""

from types import MappingProxyType

from bot.domain.reading import lexicon
from bot.domain.reading.language import Language
from bot.domain.reading.lexicon import closed
from bot.domain.reading.lists import listed
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import MOVES, MOVING, Sense

_NEAR = 3
_OWN = listed("""
    zoom zooms zooming dolly dollies dollying pan pans panning tracking trucking orbit orbiting
    crane craning boom arc whip swish crash pushing pulling slow slider steadicam tilting tilt jib
    pullback camera lateral parallax rack focus kamerafahrt kranfahrt schwenk schwenks
    kameraschwenk kameraschwenks
    kamera zoomt heranzoomen herauszoomen reißschwenk reißschwenks kreisfahrt heranfahrt
    rückwärtsfahrt parallelfahrt seitenfahrt verfolgungsfahrt langsame sanfte ruhige schnelle
    truck trucks rotate rotates rotating swivel swivels
    kamerabewegung schneller quick rapid gentle fast smooth steady push pull fahrt umkreist snap
    """)
"""Words of the camera's own: they need no camera beside them, only no other subject."""

_SHARED = listed(
    "pull push tilt pan boom swing whip arc crane crash snap truck trucks rotate rotates rotating "
    "swivel swivels"
)
"""Those of them that things do as well."""

_THINGS = frozenset({"dolly", "pan", "crane", "boom"})
_COURSES = listed("in on shot zoom left right to from up move movement along forwards")
_STILL_ALONE = listed("static tripod stationary statisch statische statischen stativ")
_VAGUE = frozenset({Sense.MOVE_IN, Sense.MOVE_PAN})
"""Words like zoom or schwenkt, whose direction the next word may change: zoom out."""

_TURNED = MappingProxyType(
    {
        **dict.fromkeys(("dives", "plunges", "swoops", "descends", "ascends"), Sense.MOVE_CRANE),
        **dict.fromkeys(("spins", "whirls", "twirls", "rotates", "revolves"), Sense.MOVE_ORBIT),
        **dict.fromkeys(("diving", "plunging", "swooping", "descending"), Sense.MOVE_CRANE),
        **dict.fromkeys(("spinning", "whirling", "rotating"), Sense.MOVE_ORBIT),
        **dict.fromkeys(("jerks", "jerking"), Sense.MOVE_TRACK),
    }
)
"""Which way a camera goes by a word that is a move only where the camera is meant."""

_FAR = 30
_SHOTS = frozenset({Sense.SHOT, Sense.CLOSE, Sense.WIDE})
_SUBJECTS = frozenset({Sense.PERSON, Sense.ANIMAL, Sense.PRONOUN})


def moves(reading: Reading) -> dict[Sense, int]:
    """The directions the camera takes, each with the place where it is said first."""
    filmed = _filmed_sentences(reading)
    found: dict[Sense, int] = {}
    for sense in MOVES:
        for place in reading.at.get(sense, ()):
            if _is_camera(place, reading, filmed) and not is_negated(place, reading):
                found[sense] = place
                break
    for place in reading.camera:
        turned = _TURNED.get(reading.words[place].text)
        if turned is not None and turned not in found and not is_negated(place, reading):
            found[turned] = place
    clear = {place for sense, place in found.items() if sense not in _VAGUE}
    return {
        sense: place for sense, place in found.items() if sense not in _VAGUE or place not in clear
    }


def has_move(reading: Reading) -> bool:
    """Whether the camera moves in any way."""
    if moves(reading):
        return True
    if reading.has(Sense.SHAKE):
        return True
    if any(
        word.text in closed.CAMERAS and reading.before(place) in closed.GOING
        for place, word in enumerate(reading.words)
    ):
        return True
    filmed = _filmed_sentences(reading)
    if any(reading.words[place].text in closed.FILMING for place in reading.camera):
        return True
    if any(_is_told_before(place, reading) for place in reading.camera):
        return True
    return any(
        _is_camera(place, reading, filmed) for place in reading.at.get(Sense.MOVE, ())
    ) or any(_is_moving_subject(place, reading) for place in reading.at.get(Sense.CAMERA, ()))


def _is_told_before(place: int, reading: Reading) -> bool:
    """Whether a camera's move opens the sentence: gliding upward, the camera shows a city."""
    words = reading.words
    if words[place].text not in closed.CAMERAS or place == 0:
        return False
    first = place - 1 if reading.before(place) in closed.DETERMINERS else place
    if first == 0 or words[first - 1].clause == words[first].clause:
        return False
    begin = first
    while begin and words[begin - 1].sentence == words[place].sentence:
        begin -= 1
    stem = words[begin].text.removesuffix("ing")
    return stem != words[begin].text and not closed.FILMED.isdisjoint((stem, f"{stem}e"))


def is_still(reading: Reading) -> bool:
    """Whether the camera is said to rest."""
    for place in reading.at.get(Sense.STILL, ()):
        word = reading.words[place]
        if word.text in _STILL_ALONE or word.text in closed.CAMERAS or place in reading.camera:
            return True
        if _is_before_camera(place, reading) or _is_of_shot(place, reading):
            return True
        if word.text in {"no", "does", "keine", "ohne", "locked", "fixed"} and _has_no_subject(
            place, reading
        ):
            return True
    return any(_rests(place, reading) for place in reading.at.get(Sense.CAMERA, ()))


def _rests(place: int, reading: Reading) -> bool:
    """Whether a camera is somewhere, or is said not to do something: it sits at stage level."""
    words = reading.words
    if place not in reading.camera or words[place].text not in closed.CAMERAS:
        return False
    return any(
        words[at].clause == words[place].clause
        and (words[at].text in closed.RESTING or Sense.NEGATION in reading.senses[at])
        for at in range(place + 1, min(len(words), place + _NEAR + 1))
    )


def fast(reading: Reading) -> list[int]:
    """Where the camera is said to be fast."""
    filmed = _filmed_sentences(reading)
    moving = {
        place
        for place in reading.places((*MOVES, Sense.MOVE, Sense.CAMERA))
        if _is_camera(place, reading, filmed)
    }
    found = [
        place
        for place in reading.at.get(Sense.FAST_MOVE, ())
        if _is_camera(place, reading, filmed) and not is_negated(place, reading)
    ]
    found += [
        place
        for place in reading.camera
        if reading.words[place].text in closed.RACING
        and reading.before(place) in closed.FILMING
        and place not in found
    ]
    already = frozenset(found)
    for place in reading.at.get(Sense.FAST, ()):
        if place not in already and _is_about(place, moving, reading):
            found.append(place)
    return sorted(found)


def _is_about(place: int, moving: set[int], reading: Reading) -> bool:
    """Whether a fast word belongs to the camera: fast pan, zooms in quickly; not: a fast car."""
    word = reading.words[place]
    near = [at for at in range(place - _NEAR, place + _NEAR + 1) if at in moving]
    near = [at for at in near if reading.words[at].sentence == word.sentence]
    if place not in reading.camera and _is_of_another(place, reading):
        near = [at for at in near if reading.words[at].clause == word.clause]
    if not near and place not in reading.camera:
        return False
    # "Her" stands before what is hers, but also before "quickly".
    is_adverb = word.text.endswith("ly")
    is_attribute = reading.before(place) in closed.DETERMINERS and not (
        is_adverb or place + 1 in moving
    )
    follows = any(0 <= at - place <= 2 for at in near)
    return (follows or not is_attribute) and not is_negated(place, reading)


def _is_of_another(place: int, reading: Reading) -> bool:
    """Whether somebody or something else does this so fast: typing rapidly, the camera rests."""
    clause = reading.words[place].clause
    return not _has_no_subject(place, reading) or any(
        reading.words[at].clause == clause and not reading.senses[at].isdisjoint(MOVING)
        for at in range(max(0, place - _NEAR), place)
    )


def is_negated(place: int, reading: Reading) -> bool:
    """Whether one of the three words before says no."""
    sentence = reading.words[place].sentence
    return any(
        Sense.NEGATION in reading.senses[at] and reading.words[at].sentence == sentence
        for at in range(max(0, place - _NEAR), place + 1)
    )


def _filmed_sentences(reading: Reading) -> frozenset[int]:
    """The sentences in which the camera is what acts."""
    return frozenset(reading.words[place].sentence for place in reading.camera)


def _is_camera(place: int, reading: Reading, filmed: frozenset[int]) -> bool:
    if place in reading.camera:
        return True
    word = reading.words[place]
    if word.sentence in filmed and _is_before_camera(place, reading):
        return True
    if word.text in _THINGS and _is_thing(place, reading):
        return False
    return word.text in _OWN and _has_no_subject(place, reading) and not _goes_on(place, reading)


def _is_thing(place: int, reading: Reading) -> bool:
    """Whether a dolly or a pan is one that carries or fries something."""
    if reading.before(place) not in closed.DETERMINERS:
        return False
    words = reading.words
    is_last = place + 1 == len(words) or words[place + 1].clause != words[place].clause
    if is_last:
        return reading.before(place, 2) in closed.PREPOSITIONS
    return words[place + 1].text not in closed.WAYS | _COURSES


def _goes_on(place: int, reading: Reading) -> bool:
    """Whether a thing goes on with what it does: the waves break and pull back."""
    if reading.words[place].text not in _SHARED or reading.before(place) not in closed.JOINERS:
        return False
    sentence = reading.words[place].sentence
    return any(
        reading.words[at].sentence == sentence and not reading.words[at].text.endswith("ing")
        for at in reading.places(MOVING)
        if at < place
    )


def _has_no_subject(place: int, reading: Reading) -> bool:
    """Whether nobody stands before a place in its clause who could be the one that moves."""
    clause = reading.words[place].clause
    return not any(
        reading.words[at].clause == clause and not reading.senses[at].isdisjoint(_SUBJECTS)
        for at in range(max(0, place - _FAR), place)
    )


def _is_before_camera(place: int, reading: Reading) -> bool:
    """Whether a camera follows within three words: a static, low camera; not: still, into it."""
    for at in range(place + 1, min(len(reading.words), place + _NEAR + 1)):
        if Sense.CAMERA in reading.senses[at]:
            return True
        if reading.words[at].text in closed.TOWARD:
            return False
    return False


def _is_of_shot(place: int, reading: Reading) -> bool:
    """Whether a shot follows in the same breath: a still medium close-up."""
    after = reading.senses[place + 1 : place + _NEAR]
    return any(not senses.isdisjoint(_SHOTS) for senses in after)


def _is_moving_subject(place: int, reading: Reading) -> bool:
    """Whether a verb the coach does not know follows the camera: the camera hugs the wall."""
    words = reading.words
    if place not in reading.camera or words[place].text not in closed.CAMERAS:
        return False
    after = place + 1
    while after < len(words) and (words[after].text.endswith("ly") or words[after].text == "is"):
        after += 1
    if after >= len(words) or words[after].clause != words[place].clause:
        return False
    verb = words[after].text
    stem = verb.removesuffix("ing")
    if verb in closed.UNSTEADY or (
        stem != verb and not closed.FILMED.isdisjoint((stem, f"{stem}e"))
    ):
        return True
    ending = "t" if reading.language is Language.GERMAN else "s"
    return verb.endswith(ending) and verb not in lexicon.NO_MOVES
