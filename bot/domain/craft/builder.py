"""Prompts from parts: weave what a member chose, fill what is missing and say what was added."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.domain.context import Context, SoundKind
from bot.domain.craft import fills
from bot.domain.craft.fills import Subject
from bot.domain.craft.parts import Part
from bot.domain.reading import elements, places, words
from bot.domain.reading.language import Language
from bot.domain.reading.lists import listed
from bot.domain.reading.reader import Reading, read
from bot.domain.reading.senses import Sense
from storage.records import Mode

FEWEST_WORDS = 60
MOST_WORDS = 200
MOST_CHARACTERS = 4_000
_ARTICLES = frozenset(listed("a an the some ein eine der die das"))
_HEARING = frozenset(listed("audio sound sounds hear heard hears hören höre hört hörbar ton"))
_WIDE = (Sense.PLACE, Sense.LANDSCAPE, Sense.GROUP)
"""What is shown from afar; a single thing is seen from nearer."""

_SCENE = (*(Sense.GROUP, Sense.ANIMAL, Sense.LANDSCAPE, Sense.PLACE, Sense.DEED, Sense.FLOW),)
_PICTURED = frozenset({Part.LIGHT, Part.ACTION, Part.LOOK})
_NAME_WORDS = 2
"""What has more words and begins with a large letter is a sentence, except in German."""
_ENDS = frozenset(".!?…\"”“»'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A prompt that was completed, and which parts were added to a member's words."""

    prompt: str
    added: tuple[Part, ...] = ()


def weave(parts: Mapping[Part, str], words_of_member: str = "") -> str:
    """One paragraph in the guide's order (lines 28 to 30).

    The member's own words are what happens: they stand behind shot, place and light, together
    with the part for the action. The audio is introduced by name, as the guide does.
    """
    said: list[str] = []
    for part in Part:
        text = parts.get(part, "").strip()
        if part is Part.ACTION and words_of_member.strip():
            said.append(sentence(words_of_member))
        if text:
            said.append(told(part, text))
    return " ".join(said)


def told(part: Part, text: str) -> str:
    """The text of a part as a sentence that is understood by itself."""
    text = text.strip()
    if part is Part.SOUND and text:
        reading = read(text)
        if _is_bare(reading):
            first, space, rest = text.partition(" ")
            # A phone writes the first letter of a field large.
            text = f"{first.lower() if first.lower() in _ARTICLES else first}{space}{rest}"
            return sentence(f"{'Zu hören ist' if _is_german(reading) else 'The audio is'} {text}")
    return sentence(text)


def _is_bare(reading: Reading) -> bool:
    """Whether something is only named, so that nobody could tell that it is heard."""
    said = [word.text for word in reading.words]
    if not _HEARING.isdisjoint(said):
        return False
    if said and said[0] in _ARTICLES:
        return True
    is_told = len(said) > _NAME_WORDS and reading.words[0].is_capital
    return not elements.has_sound(reading) and not (is_told and not _is_german(reading))


def _is_german(reading: Reading) -> bool:
    return reading.language is Language.GERMAN


def sentence(text: str) -> str:
    """A text that begins like a sentence and ends like one."""
    text = " ".join(text.split()).rstrip(",;:")
    if not text:
        return ""
    # A letter that becomes two, as some do, is left as it is.
    first = text[0].upper() if len(text[0].upper()) == 1 else text[0]
    return first + text[1:] + ("" if text[-1] in _ENDS else ".")


def complete(reading: Reading, context: Context) -> Built:
    """A short prompt with its missing parts filled in conservatively; others stay as they are.

    In a language without a vocabulary nothing is added, because nothing is known to be missing.
    """
    return add(reading, context, missing(reading, context))


def missing(reading: Reading, context: Context) -> tuple[Part, ...]:
    """The elements a prompt says nothing about; a picture speaks for shot, place and light.

    In short prompts a film look is missed too, and that the light of a picture stays.
    """
    if not reading.is_understood:
        return ()
    is_short = reading.count < FEWEST_WORDS
    checks = {
        Part.SHOT: context.shows_picture or elements.has_shot(reading),
        Part.PLACE: context.shows_picture or places.is_told(reading),
        Part.LIGHT: elements.has_light(reading) or (context.shows_picture and not is_short),
        Part.ACTION: elements.has_action(reading),
        Part.CUES: _is_alive(reading, context),
        Part.CAMERA: elements.has_camera(reading),
        Part.SOUND: elements.has_sound(reading),
        Part.LOOK: reading.has(Sense.LOOK) or not is_short,
    }
    return tuple(part for part, is_there in checks.items() if not is_there)


def _is_alive(reading: Reading, context: Context) -> bool:
    """Whether somebody's body moves in small ways; a face that is watched needs its own."""
    if elements.face_matters(reading, context):
        return elements.has_micro_motion(reading)
    return elements.has_cues(reading) or not needs_cues(reading, context)


def needs_cues(reading: Reading, context: Context) -> bool:
    """Whether somebody is seen whose body should move in small ways."""
    return (
        elements.has_person(reading)
        or elements.face_matters(reading, context)
        or is_portrait(reading, context)
    )


def add(reading: Reading, context: Context, wanted: Collection[Part]) -> Built:
    """A prompt with sentences for these parts behind it, as far as there is room for them."""
    is_german = _is_german(reading)
    said, added = [sentence(reading.text)], []
    count, length = reading.count, len(said[0])
    for part in Part:
        if part in wanted:
            more = fills.sentence(part, subject_of(reading, context, part), is_german=is_german)
            count += words.count(more)
            length += 1 + len(more)
            if count > MOST_WORDS or length > MOST_CHARACTERS:
                break
            said.append(more)
            added.append(part)
    return Built(prompt=" ".join(said) if added else reading.text, added=tuple(added))


def subject_of(reading: Reading, context: Context, part: Part) -> Subject:
    """What a part has to fit: a face, a figure, a picture or a scene."""
    is_speaking = context.mode is Mode.AUDIO
    if context.shows_picture and part in _PICTURED and not (is_speaking and part is Part.ACTION):
        return Subject.PICTURE
    if elements.face_matters(reading, context) or is_portrait(reading, context):
        return _of_face(reading, context, part)
    if is_speaking and part is not Part.SHOT:
        return _of_sound(reading, context)
    is_near = part is Part.SHOT and not reading.has(*_WIDE)
    return Subject.FIGURE if is_near or elements.has_person(reading) else Subject.SCENE


def _of_face(reading: Reading, context: Context, part: Part) -> Subject:
    """Whether a face speaks or is quiet; an animal has no eyebrows to raise."""
    is_voiced = elements.speaks(reading) or reading.has(Sense.SONG) or context.mode is Mode.AUDIO
    is_animal = reading.has(Sense.ANIMAL) and not elements.has_person(reading)
    if is_animal and part in {Part.ACTION, Part.CUES}:
        return Subject.CREATURE
    return Subject.FACE if is_voiced else Subject.QUIET_FACE


def _of_sound(reading: Reading, context: Context) -> Subject:
    """What follows a sound that is no voice: an animal's mouth, or everything in time."""
    if context.sound.kind is SoundKind.MUSIC:
        return Subject.MUSIC
    return Subject.CREATURE if reading.has(Sense.ANIMAL) else Subject.SCENE


def is_portrait(reading: Reading, context: Context) -> bool:
    """Whether a voice is given and nothing but a person or a manner of speaking is named."""
    if context.mode is not Mode.AUDIO or context.sound.kind is SoundKind.MUSIC:
        return False
    return elements.has_person(reading) or context.has_picture or not reading.has(*_SCENE)
