"""Conservative sentences for parts that a member left out, in English and German.

They invent nothing: no person, no object, no place, and no motion that was not there.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.domain.craft.parts import Part


class Subject(StrEnum):
    """What a video is mainly about, as far as it changes what is filled in."""

    FACE = "face"
    FIGURE = "figure"
    SCENE = "scene"
    PICTURE = "picture"


_ENGLISH: Mapping[Part, Mapping[Subject, str]] = {
    Part.SHOT: {
        Subject.FACE: "The framing is a medium close-up at eye level.",
        Subject.FIGURE: "The framing is a medium shot at eye level.",
        Subject.SCENE: "The framing is a wide shot at eye level.",
    },
    Part.PLACE: {
        Subject.SCENE: "The surroundings are simple and softly out of focus.",
    },
    Part.LIGHT: {
        Subject.SCENE: "The light is soft and natural, with gentle shadows on one side.",
        Subject.PICTURE: "The light and the colours of the picture stay as they are.",
    },
    Part.ACTION: {
        Subject.SCENE: (
            "Small natural movements run through everything, as if a light breeze passes by."
        ),
        Subject.PICTURE: (
            "The scene comes gently to life: loose details stir as if a light breeze passes by, "
            "and whoever is in view breathes and moves naturally."
        ),
    },
    Part.CUES: {
        Subject.FACE: (
            "Small head nods and slight eyebrow raises come with important words, natural blinks "
            "and softly closed lips with the pauses, and the shoulders lift with each breath."
        ),
        Subject.FIGURE: (
            "The body moves naturally: the shoulders lift with each breath, the head turns a "
            "little and the hands stay relaxed."
        ),
    },
    Part.CAMERA: {
        Subject.FACE: "The camera stays still.",
        Subject.FIGURE: "The camera pushes in very slowly and steadily.",
        Subject.SCENE: "The camera pushes in very slowly and steadily.",
    },
    Part.SOUND: {
        Subject.FACE: "The audio is a clear voice with quiet room tone.",
        Subject.SCENE: "The audio is the quiet, natural sound of the scene.",
    },
    Part.LOOK: {
        Subject.SCENE: ("Natural colours, fine 35mm film grain, a shallow depth of field."),
    },
}

_GERMAN: Mapping[Part, Mapping[Subject, str]] = {
    Part.SHOT: {
        Subject.FACE: "Der Bildausschnitt ist eine Nahaufnahme auf Augenhöhe.",
        Subject.FIGURE: "Der Bildausschnitt ist eine Halbtotale auf Augenhöhe.",
        Subject.SCENE: "Der Bildausschnitt ist eine Totale auf Augenhöhe.",
    },
    Part.PLACE: {
        Subject.SCENE: "Die Umgebung ist schlicht und im Hintergrund weich und unscharf.",
    },
    Part.LIGHT: {
        Subject.SCENE: "Weiches, natürliches Licht von einer Seite liegt auf allem.",
        Subject.PICTURE: "Das Licht und die Farben des Bildes bleiben, wie sie sind.",
    },
    Part.ACTION: {
        Subject.SCENE: (
            "Alles bewegt sich ein wenig und ganz natürlich, als ginge ein leichter Wind hindurch."
        ),
        Subject.PICTURE: (
            "Die Szene erwacht sanft zum Leben: Lose Dinge bewegen sich wie in einem leichten "
            "Wind, und wer zu sehen ist, atmet und bewegt sich natürlich."
        ),
    },
    Part.CUES: {
        Subject.FACE: (
            "Bei wichtigen Worten nickt der Kopf leicht und die Augenbrauen heben sich, in den "
            "Pausen schließen sich die Lippen sanft, die Augen blinzeln natürlich, und die "
            "Schultern heben sich mit jedem Atemzug."
        ),
        Subject.FIGURE: (
            "Der Körper bewegt sich natürlich: Die Schultern heben sich mit jedem Atemzug, der "
            "Kopf dreht sich ein wenig, und die Hände bleiben locker."
        ),
    },
    Part.CAMERA: {
        Subject.FACE: "Die Kamera bleibt ruhig stehen.",
        Subject.FIGURE: "Die Kamera fährt sehr langsam und gleichmäßig heran.",
        Subject.SCENE: "Die Kamera fährt sehr langsam und gleichmäßig heran.",
    },
    Part.SOUND: {
        Subject.FACE: "Zu hören ist eine klare Stimme in einem leisen Raum.",
        Subject.SCENE: "Zu hören sind leise, natürliche Geräusche der Szene.",
    },
    Part.LOOK: {
        Subject.SCENE: ("Natürliche Farben, feines Filmkorn und eine geringe Schärfentiefe."),
    },
}

_FALLBACK: Mapping[Subject, tuple[Subject, ...]] = MappingProxyType(
    {
        Subject.FACE: (Subject.FACE, Subject.FIGURE, Subject.SCENE),
        Subject.FIGURE: (Subject.FIGURE, Subject.SCENE),
        Subject.SCENE: (Subject.SCENE, Subject.FIGURE),
        Subject.PICTURE: (Subject.PICTURE, Subject.SCENE, Subject.FIGURE),
    }
)


def sentence(part: Part, subject: Subject, *, is_german: bool) -> str:
    """What is said about a part nobody mentioned."""
    choices = (_GERMAN if is_german else _ENGLISH)[part]
    return next(choices[kind] for kind in _FALLBACK[subject] if kind in choices)
