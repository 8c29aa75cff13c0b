"""What is asked of the model when a member sends few words, or a file without a word."""

from bot.domain.context import Context
from bot.domain.craft import builder
from bot.domain.craft.builder import Built
from bot.domain.craft.parts import Part
from bot.domain.reading.language import Language
from bot.domain.reading.reader import read
from bot.domain.reading.senses import Sense
from bot.domain.shapes import Shape
from storage.records import Mode

FEW_WORDS = 6
"""So few leave nearly everything to chance: they are completed unasked."""

NAME_WORDS = 3
"""So few only name somebody, or a manner; more may be a scene that is told."""

_SCENE = (
    Sense.PERSON,
    Sense.GROUP,
    Sense.ANIMAL,
    Sense.LANDSCAPE,
    Sense.PLACE,
    Sense.DEED,
    Sense.FLOW,
)
_SPEAKING = {
    Part.CUES: (
        "Lips in time with every sound, the eyes rest on the viewer, drift aside for a "
        "moment of thought and come back; eyebrows lift on important words, the head nods and "
        "tilts slightly, natural blinks and softly closed lips fill the pauses, and the shoulders "
        "lift with each breath"
    ),
    Part.CAMERA: "The camera holds a static medium close-up at eye level",
    Part.SOUND: "The audio is a clear, natural voice with quiet room tone",
}
_VOICES = frozenset({Part.PLACE, Part.ACTION, Part.CUES})
"""What makes words about a manner a portrait."""
_VOICE = {
    Part.PLACE: "A person sits in a softly lit room whose background is out of focus",
    Part.LIGHT: "Soft window light falls from one side",
    Part.ACTION: "The person speaks the recorded words to the camera, clearly and naturally",
    **_SPEAKING,
    Part.LOOK: "Natural colours, fine film grain",
}
_VOICE_OF_PICTURE = {
    Part.ACTION: "The one in the picture speaks the recorded words to the camera",
    **_SPEAKING,
    Part.LOOK: "The light and the colours of the picture stay as they are",
}
_KEPT = "The light and the colours of the picture stay as they are"
_ALIVE = "whoever is in view breathes, blinks and moves naturally, and nothing leaves its place"
_PICTURES = {
    Shape.WIDE: {
        Part.ACTION: (
            "The scene in the picture comes gently to life: a light breeze passes from left to "
            f"right, loose details stir one after the other, {_ALIVE}"
        ),
        Part.CAMERA: "The camera pushes in slowly and steadily toward the middle",
    },
    Shape.TALL: {
        Part.ACTION: (
            "The one in the picture comes gently to life: a slow breath, a small turn of the "
            "head, a natural blink and the beginning of a smile, while hair and fabric stir in a "
            f"light breeze; {_ALIVE}"
        ),
        Part.CAMERA: "The camera stays still at eye level",
    },
    Shape.SQUARE: {
        Part.ACTION: (
            "What the picture shows stays in the middle and comes gently to life: light travels "
            "slowly along its edges, the air around it moves a little, its form does not change, "
            f"{_ALIVE}"
        ),
        Part.CAMERA: "The camera stays still",
    },
    Shape.CINEMATIC: {
        Part.ACTION: (
            "The wide scene in the picture comes gently to life: clouds, water and leaves drift "
            f"in one direction, far details shimmer, {_ALIVE}"
        ),
        Part.CAMERA: "The camera glides sideways very slowly",
    },
}
_PICTURE_SOUND = "The audio is the soft, natural sound of the place"


def of_sound(*, has_picture: bool) -> str:
    """A portrait that speaks: small motions, eye contact, a still medium close-up, the sound."""
    return builder.weave(_VOICE_OF_PICTURE if has_picture else _VOICE)


def of_picture(shape: Shape) -> str:
    """Gentle motion that fits the shape of a picture."""
    return builder.weave({**_PICTURES[shape], Part.SOUND: _PICTURE_SOUND, Part.LOOK: _KEPT})


def of_few(words: str, context: Context) -> Built:
    """A few words completed; whoever writes more said what they want.

    Few words with a sound say how the voice performs, as long as they name nobody and nothing;
    the others are left to the coach.
    """
    reading = read(words)
    if reading.count > FEW_WORDS:
        return Built(prompt=words)
    if context.mode is not Mode.AUDIO:
        return builder.complete(reading, context)
    is_english = reading.language is Language.ENGLISH
    if reading.count <= NAME_WORDS and (reading.has(*_SCENE) or not is_english):
        return builder.complete(reading, context)
    if not is_english or not reading.count or reading.has(*_SCENE):
        return Built(prompt=words)
    absent = builder.missing(reading, context)
    speaks = _VOICE_OF_PICTURE if context.has_picture else _VOICE
    parts = {part: text for part, text in speaks.items() if part in absent or part in _VOICES}
    return Built(prompt=builder.weave(parts, words), added=tuple(parts))


def for_mode(mode: Mode, *, has_picture: bool, shape: Shape = Shape.WIDE) -> str | None:
    """The prompt for an input without words; None if nothing is given that could be shown."""
    if mode is Mode.AUDIO:
        return of_sound(has_picture=has_picture)
    return of_picture(shape) if has_picture else None


EVERY = frozenset(
    {of_sound(has_picture=True), of_sound(has_picture=False)} | {of_picture(each) for each in Shape}
)
"""All prompts that are Talkie's own."""
