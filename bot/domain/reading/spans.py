"""Where in a prompt the camera is what acts, and not somebody in front of it."""

from bot.domain.reading.lexicon import Senses, closed
from bot.domain.reading.senses import MOVES, SUBJECTS, Sense
from bot.domain.reading.words import Word

_REACH = 3
_FAR = 5
_FILMED = MOVES | {Sense.SHOT, Sense.CLOSE, Sense.WIDE}
_DISTANCES = frozenset({"wide", "close", "tight", "nah", "weit"})
_RELATIVES = frozenset({"who", "which", "where", "whose", "wo"})
_FLYING = frozenset({"drone", "drohne"})
"""What only films where no other camera does."""

_NAMES = frozenset({"shot", "drone", "drohne"})


def of_camera(words: tuple[Word, ...], found: list[Senses]) -> frozenset[int]:
    """Positions where the camera is what acts: from the word itself to the next subject."""
    spans: set[int] = set()
    filming = False
    is_filmed = any(word.text in closed.FILM_CAMERAS for word in words)
    for place, word in enumerate(words):
        fresh = place == 0 or words[place - 1].clause != word.clause
        if place and words[place - 1].sentence != word.sentence:
            filming = False
        if filming and (
            word.text in _RELATIVES
            or _is_of_a_thing(place, words)
            or (fresh and _is_new_subject(place, words, found))
        ):
            filming = False
        is_first = place == 0 or words[place - 1].sentence != word.sentence
        filming = filming or (is_first and _is_told(place, words, found))
        if word.text in closed.CAMERAS and Sense.CAMERA in found[place]:
            is_flown = is_filmed and word.text in _FLYING
            filming = filming or (not is_flown and _acts(place, words, found))
        elif word.text in closed.FILMING and _is_followed_by_move(place, words):
            filming = True
        if filming:
            spans.add(place)
    return frozenset(spans)


def _is_told(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether a sentence that begins here is told to the camera."""
    if words[place].text in closed.CAMERA_WORDS:
        return _is_shot(place, words, found)
    return words[place].text in closed.OPENERS and _is_direction(place, words, found)


def _is_direction(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether the camera is told where to start: start with a slow zoom, open wide."""
    near = range(place + 1, min(len(words), place + 1 + _FAR))
    return any(
        not found[at].isdisjoint(_FILMED) or words[at].text in _DISTANCES
        for at in near
        if words[at].clause == words[place].clause
    )


def _is_shot(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether a sentence begins with what the camera does: slow pan across the hall."""
    near = range(place, min(len(words), place + _REACH))
    return any(not found[at].isdisjoint(MOVES) for at in near)


def _is_of_a_thing(place: int, words: tuple[Word, ...]) -> bool:
    """Whether that says more of what is filmed: past a globe that spins; not: a camera that."""
    return (
        words[place].text == "that"
        and place > 1
        and words[place - 1].text not in closed.CAMERAS
        and words[place - 2].text in closed.DETERMINERS
    )


def _is_new_subject(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    if words[place].text in closed.JOINERS and place + 1 < len(words):
        place += 1
    word = words[place].text
    is_thing = words[place].is_capital and not found[place] and place > 0
    return (
        is_thing
        or word in closed.TURNS
        or word in closed.DETERMINERS
        or word in closed.FORCES
        or not found[place].isdisjoint(SUBJECTS)
    )


def _is_followed_by_move(place: int, words: tuple[Word, ...]) -> bool:
    """Whether we are the camera, or our view is: we glide over the roofs; not: we see a dog."""
    first = place - 1 if place and words[place - 1].text in closed.DETERMINERS else place
    if first and words[first - 1].text in closed.PREPOSITIONS | closed.TOWARD:
        return False  # Whoever is in view moves, and not the view.
    rest = words[place + 1 : place + _REACH]
    verb = next((word.text for word in rest if not word.text.endswith("ly")), "")
    if words[place].text == "pov" and verb.endswith("ing"):
        return True
    if words[place].text in closed.WE:
        return verb in closed.FILMED
    stem = verb.removesuffix("ing")
    return not closed.FILMED.isdisjoint((verb, verb.removesuffix("s"), stem, f"{stem}e"))


def _acts(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether a camera at this place does something, rather than being looked at or named."""
    clause = words[place].clause
    after = words[place + 1].text if place + 1 < len(words) else ""
    if words[place].text in _NAMES and after in closed.NAMERS:
        return False
    if place and words[place - 1].text in closed.PROPS:
        return False
    first = place
    while first and words[first - 1].clause == clause and place - first < 6:
        first -= 1
    before = range(first, place)
    return not any(
        words[at].text in closed.TOWARD or not found[at].isdisjoint(SUBJECTS) for at in before
    )
