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
    QUIET_FACE = "quiet_face"
    CREATURE = "creature"
    MUSIC = "music"
    FIGURE = "figure"
    SCENE = "scene"
    PICTURE = "picture"


_ENGLISH: Mapping[Part, Mapping[Subject, str]] = {
    Part.SHOT: {
        Subject.FACE: "The framing is a medium close-up at eye level.",
        Subject.QUIET_FACE: "The framing is a medium close-up at eye level.",
        Subject.FIGURE: "The framing is a medium shot at eye level.",
        Subject.SCENE: "The framing is a wide shot at eye level.",
    },
    Part.PLACE: {
        Subject.SCENE: "The surroundings are simple and fit the scene.",
    },
    Part.LIGHT: {
        Subject.SCENE: "The light is soft and natural and falls evenly over the scene.",
        Subject.PICTURE: "The light and the colours of the picture stay as they are.",
    },
    Part.ACTION: {
        Subject.SCENE: "Small, natural movements run through the whole scene.",
        Subject.FACE: "The lips follow every sound of the recording.",
        Subject.CREATURE: "The mouth follows every sound of the recording.",
        Subject.MUSIC: "Everything moves in time with the music.",
        Subject.PICTURE: (
            "The scene comes gently to life: loose details stir, and whoever is in view breathes "
            "and moves naturally."
        ),
    },
    Part.CUES: {
        Subject.FACE: (
            "Small head nods and slight eyebrow raises come with important words, natural blinks "
            "and softly closed lips with the pauses, and the shoulders lift with each breath."
        ),
        Subject.CREATURE: (
            "The head nods and tilts a little, the eyes blink naturally, and the chest lifts with "
            "each breath."
        ),
        Subject.QUIET_FACE: (
            "The eyes blink naturally, the eyebrows lift and settle, the head tilts a little, the "
            "lips part softly and close, and the shoulders lift with each breath."
        ),
        Subject.FIGURE: (
            "Whoever is in view moves naturally: shoulders lift with each breath, heads turn a "
            "little with what happens, and the whole body follows each movement."
        ),
    },
    Part.CAMERA: {
        Subject.FACE: "The camera stays still.",
        Subject.QUIET_FACE: "The camera stays still.",
        Subject.FIGURE: "The camera pushes in very slowly and steadily.",
        Subject.SCENE: "The camera pushes in very slowly and steadily.",
    },
    Part.SOUND: {
        Subject.FACE: "The audio is clear and near, with the sound of the place softly behind it.",
        Subject.SCENE: "The audio is the natural sound of the scene.",
        Subject.MUSIC: "The audio is the music of the recording.",
    },
    Part.LOOK: {
        Subject.SCENE: "Natural colours, fine 35mm film grain, a shallow depth of field.",
        Subject.PICTURE: (
            "Fine 35mm film grain, and everything that does not move keeps its form."
        ),
    },
}

_GERMAN: Mapping[Part, Mapping[Subject, str]] = {
    Part.SHOT: {
        Subject.FACE: "Der Bildausschnitt ist eine Nahaufnahme auf Augenhöhe.",
        Subject.QUIET_FACE: "Der Bildausschnitt ist eine Nahaufnahme auf Augenhöhe.",
        Subject.FIGURE: "Der Bildausschnitt ist eine Halbtotale auf Augenhöhe.",
        Subject.SCENE: "Der Bildausschnitt ist eine Totale auf Augenhöhe.",
    },
    Part.PLACE: {
        Subject.SCENE: "Die Umgebung ist schlicht und passt zur Szene.",
    },
    Part.LIGHT: {
        Subject.SCENE: "Weiches, natürliches Licht liegt ruhig und gleichmäßig über der Szene.",
        Subject.PICTURE: "Das Licht und die Farben des Bildes bleiben, wie sie sind.",
    },
    Part.ACTION: {
        Subject.SCENE: "Die ganze Szene bewegt sich ein wenig und ganz natürlich.",
        Subject.FACE: "Die Lippen folgen jedem Laut der Aufnahme.",
        Subject.CREATURE: "Das Maul folgt jedem Laut der Aufnahme.",
        Subject.MUSIC: "Alles bewegt sich im Takt der Musik.",
        Subject.PICTURE: (
            "Die Szene erwacht sanft zum Leben: Lose Dinge bewegen sich ein wenig, und wer zu "
            "sehen ist, atmet und bewegt sich natürlich."
        ),
    },
    Part.CUES: {
        Subject.FACE: (
            "Bei wichtigen Worten nickt der Kopf leicht und die Augenbrauen heben sich, in den "
            "Pausen schließen sich die Lippen sanft, die Augen blinzeln natürlich, und die "
            "Schultern heben sich mit jedem Atemzug."
        ),
        Subject.CREATURE: (
            "Der Kopf nickt und neigt sich ein wenig, die Augen blinzeln natürlich, und die Brust "
            "hebt sich mit jedem Atemzug."
        ),
        Subject.QUIET_FACE: (
            "Die Augen blinzeln natürlich, die Augenbrauen heben und senken sich leicht, der Kopf "
            "neigt sich ein wenig, die Lippen öffnen sich sanft und schließen sich wieder, und "
            "die Schultern heben sich mit jedem Atemzug."
        ),
        Subject.FIGURE: (
            "Wer zu sehen ist, bewegt sich natürlich: Die Schultern heben sich mit jedem Atemzug, "
            "der Kopf folgt dem Geschehen, und der ganze Körper geht mit jeder Bewegung mit."
        ),
    },
    Part.CAMERA: {
        Subject.FACE: "Die Kamera bleibt ruhig stehen.",
        Subject.QUIET_FACE: "Die Kamera bleibt ruhig stehen.",
        Subject.FIGURE: "Die Kamera fährt sehr langsam und gleichmäßig heran.",
        Subject.SCENE: "Die Kamera fährt sehr langsam und gleichmäßig heran.",
    },
    Part.SOUND: {
        Subject.FACE: "Der Ton ist klar und nah, dahinter liegen leise die Geräusche des Ortes.",
        Subject.SCENE: "Zu hören sind die natürlichen Geräusche der Szene.",
        Subject.MUSIC: "Zu hören ist die Musik der Aufnahme.",
    },
    Part.LOOK: {
        Subject.SCENE: "Natürliche Farben, feines Filmkorn und eine geringe Schärfentiefe.",
        Subject.PICTURE: ("Feines Filmkorn, und alles, was sich nicht bewegt, behält seine Form."),
    },
}

_FALLBACK: Mapping[Subject, tuple[Subject, ...]] = MappingProxyType(
    {
        Subject.FACE: (Subject.FACE, Subject.FIGURE, Subject.SCENE),
        Subject.QUIET_FACE: (Subject.QUIET_FACE, Subject.SCENE),
        Subject.FIGURE: (Subject.FIGURE, Subject.SCENE),
        Subject.CREATURE: (Subject.CREATURE, Subject.SCENE),
        Subject.MUSIC: (Subject.MUSIC, Subject.FIGURE, Subject.SCENE),
        Subject.SCENE: (Subject.SCENE, Subject.FIGURE),
        Subject.PICTURE: (Subject.PICTURE, Subject.SCENE, Subject.FIGURE),
    }
)


def sentence(part: Part, subject: Subject, *, is_german: bool) -> str:
    """What is said about a part nobody mentioned."""
    choices = (_GERMAN if is_german else _ENGLISH)[part]
    return next(choices[kind] for kind in _FALLBACK[subject] if kind in choices)
