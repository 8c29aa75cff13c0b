"""Prompts from parts: weave what a member chose, fill what is missing and say what was added."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.domain.context import Context
from bot.domain.craft import fills
from bot.domain.craft.fills import Subject
from bot.domain.craft.parts import Part
from bot.domain.reading import elements, words
from bot.domain.reading.language import Language
from bot.domain.reading.reader import Reading, read
from bot.domain.reading.senses import Sense
from storage.records import Mode

FEWEST_WORDS = 60
MOST_WORDS = 200
MOST_CHARACTERS = 4_000
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
            said.append(sentence(_introduced(part, text)))
    return " ".join(said)


def _introduced(part: Part, text: str) -> str:
    """The text of a part so that it is understood by itself."""
    if part is Part.SOUND and not elements.has_sound(read(text)):
        return f"The audio is {text[0].lower()}{text[1:]}"
    return text


def sentence(text: str) -> str:
    """A text that begins like a sentence and ends like one."""
    text = " ".join(text.split()).rstrip(",;:")
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in _ENDS else ".")


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
        Part.PLACE: context.shows_picture or elements.has_place(reading),
        Part.LIGHT: elements.has_light(reading) or (context.shows_picture and not is_short),
        Part.ACTION: elements.has_action(reading),
        Part.CUES: elements.has_cues(reading) or not needs_cues(reading, context),
        Part.CAMERA: elements.has_camera(reading),
        Part.SOUND: elements.has_sound(reading),
        Part.LOOK: reading.has(Sense.LOOK) or not is_short,
    }
    return tuple(part for part, is_there in checks.items() if not is_there)


def needs_cues(reading: Reading, context: Context) -> bool:
    """Whether somebody is seen whose body should move in small ways."""
    return elements.has_person(reading) or elements.face_matters(reading, context)


def add(reading: Reading, context: Context, wanted: Collection[Part]) -> Built:
    """A prompt with sentences for these parts behind it, as far as there is room for them."""
    is_german = reading.language is Language.GERMAN
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
    if context.shows_picture and part in {Part.LIGHT, Part.ACTION}:
        return Subject.PICTURE
    if elements.face_matters(reading, context):
        return Subject.FACE
    if context.mode is Mode.AUDIO and (context.has_picture or elements.has_person(reading)):
        return Subject.FACE
    return Subject.FIGURE if elements.has_person(reading) else Subject.SCENE
