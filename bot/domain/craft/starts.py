"""Starting points: whole prompts for common situations, to be changed by a member.

The first six are for the situations the guide works through (lines 45 to 120).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.craft import builder
from bot.domain.craft.parts import Part
from bot.domain.shapes import Shape
from storage.records import Mode


class Start(StrEnum):
    """A situation to start from."""

    ESTABLISHING = "establishing"
    DIALOGUE = "dialogue"
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"
    SPEECH = "speech"
    TALKING_PICTURE = "talking_picture"
    MUSIC_BEAT = "music_beat"
    MUSIC_PICTURE = "music_picture"
    PRODUCT_TURN = "product_turn"
    LANDSCAPE_WAKES = "landscape_wakes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Starting:
    """What a situation needs: the kind of video, its shape, and the parts of its prompt."""

    mode: Mode
    has_picture: bool
    shape: Shape
    parts: Mapping[Part, str]

    @property
    def prompt(self) -> str:
        """The parts as one paragraph."""
        return builder.weave(self.parts)


STARTS: Mapping[Start, Starting] = MappingProxyType(
    {
        Start.ESTABLISHING: Starting(
            mode=Mode.TEXT,
            has_picture=False,
            shape=Shape.CINEMATIC,
            parts={
                Part.SHOT: "A wide shot of a small fishing harbour, seen from the end of the pier",
                Part.PLACE: "Wooden houses stand close together along the water, their windows lit",
                Part.LIGHT: "Deep blue dusk, with warm lamps mirrored in the wet planks",
                Part.ACTION: (
                    "Boats rise and sink on a slow swell, ropes tighten and loosen, and thin fog "
                    "rolls in from the sea and softens the far houses"
                ),
                Part.CAMERA: "The camera glides forward slowly along the pier",
                Part.SOUND: "The audio is water against wood, creaking ropes and a distant bell",
                Part.LOOK: "35mm film with fine grain and muted blues",
            },
        ),
        Start.DIALOGUE: Starting(
            mode=Mode.TEXT,
            has_picture=False,
            shape=Shape.WIDE,
            parts={
                Part.SHOT: "A medium shot over the shoulder of a young woman in a green raincoat",
                Part.PLACE: "She stands at a bus stop with an old man who holds a folded newspaper",
                Part.LIGHT: "Grey morning light, a bright timetable glows beside them",
                Part.ACTION: (
                    'He shakes his head and says, "It was never on time." She laughs, leans on '
                    'the glass and answers, "And you still come early." He shrugs'
                ),
                Part.CUES: (
                    "His eyebrows lift before he speaks, she blinks and hides a smile, and both "
                    "look down the road in the pause"
                ),
                Part.CAMERA: "The camera pushes in very slowly",
                Part.SOUND: "The audio is their two voices, rain on the roof and passing cars",
                Part.LOOK: "Documentary look, honest colours, light grain",
            },
        ),
        Start.PORTRAIT: Starting(
            mode=Mode.IMAGE,
            has_picture=True,
            shape=Shape.TALL,
            parts={
                Part.ACTION: (
                    "The person in the picture breathes in, lifts the chin and turns slowly toward "
                    "the camera, and a loose strand of hair slips forward with the movement"
                ),
                Part.CUES: (
                    "The lips part, a smile begins in the eyes and spreads, natural blinks follow, "
                    "and the gaze rests calmly on the viewer"
                ),
                Part.CAMERA: "The camera stays still at eye level",
                Part.SOUND: "The audio is a quiet room, the rustle of fabric and one soft breath",
                Part.LOOK: "Light and colours stay as in the picture, with fine film grain",
            },
        ),
        Start.LANDSCAPE: Starting(
            mode=Mode.IMAGE,
            has_picture=True,
            shape=Shape.WIDE,
            parts={
                Part.ACTION: (
                    "Everything comes gently to life: wind runs through grass and leaves in slow "
                    "waves from left to right, clouds drift the same way with their shadows below "
                    "them, water begins to shimmer, and a few birds rise and cross the sky"
                ),
                Part.CAMERA: "The camera pushes in slowly toward the horizon",
                Part.SOUND: "The audio is steady wind, leaves and birdsong far away",
                Part.LOOK: "The light of the picture stays; natural colours, fine grain",
            },
        ),
        Start.SPEECH: Starting(
            mode=Mode.AUDIO,
            has_picture=False,
            shape=Shape.WIDE,
            parts={
                Part.SHOT: "A medium close-up at eye level of a friendly person in a blue shirt",
                Part.PLACE: "Behind them a tidy living room with plants falls softly out of focus",
                Part.LIGHT: "Soft window light falls from the left, a warm lamp glows on the right",
                Part.ACTION: "They speak the recorded words to the camera in an unhurried way",
                Part.CUES: (
                    "Eyebrows lift on important words, the head tilts and nods a little, natural "
                    "blinks and closed lips fill the pauses, and the gaze drifts aside for a "
                    "thought and comes back"
                ),
                Part.CAMERA: "The camera stays still",
                Part.SOUND: "The audio is their clear voice in a quiet room",
                Part.LOOK: "35mm film, fine grain, natural colours",
            },
        ),
        Start.TALKING_PICTURE: Starting(
            mode=Mode.AUDIO,
            has_picture=True,
            shape=Shape.TALL,
            parts={
                Part.ACTION: "The person in the picture speaks the recorded words to the viewer",
                Part.CUES: (
                    "The eyes rest warmly on the lens, look slightly aside between sentences and "
                    "return, eyebrows rise on key words, a small smile forms at lighter moments, "
                    "the head nods gently, and an open hand comes into view now and then"
                ),
                Part.CAMERA: "The camera stays still in a medium close-up",
                Part.SOUND: "The audio is a warm, clear voice with a little room tone",
                Part.LOOK: "The light of the picture stays as it is, natural colours",
            },
        ),
        Start.MUSIC_BEAT: Starting(
            mode=Mode.AUDIO,
            has_picture=False,
            shape=Shape.WIDE,
            parts={
                Part.SHOT: "A medium shot of a dancer in a loose white shirt, seen from the front",
                Part.PLACE: "An empty warehouse with tall windows and a smooth concrete floor",
                Part.LIGHT: "A bright spotlight from above, the far walls in darkness",
                Part.ACTION: "The dancer moves to the music, one clear movement for each beat",
                Part.CUES: (
                    "The head nods on the downbeats, shoulders lift on every snare hit, one foot "
                    "taps with the bass drum, and a grin appears when the melody opens"
                ),
                Part.CAMERA: "The camera circles slowly to the right",
                Part.SOUND: "The audio is the music alone, dry and close",
                Part.LOOK: "Grainy 16mm film with deep shadows",
            },
        ),
        Start.MUSIC_PICTURE: Starting(
            mode=Mode.AUDIO,
            has_picture=True,
            shape=Shape.TALL,
            parts={
                Part.ACTION: (
                    "The one in the picture feels the music: the body sways from side to side in "
                    "time, stays loose in the quiet bars and opens up when the chorus begins"
                ),
                Part.CUES: (
                    "The head nods on each beat, the shoulders answer the snare, the fingers snap "
                    "softly, the eyes close for one breath and return to the viewer with a smile"
                ),
                Part.CAMERA: "The camera stays still at eye level",
                Part.SOUND: "The audio is the music alone, close and clear",
                Part.LOOK: "The light of the picture stays as it is, with fine film grain",
            },
        ),
        Start.PRODUCT_TURN: Starting(
            mode=Mode.IMAGE,
            has_picture=True,
            shape=Shape.SQUARE,
            parts={
                Part.ACTION: (
                    "The object in the picture turns slowly and evenly to the right on its place, "
                    "the highlight travels along its edge, and a little dust drifts through the "
                    "air behind it; its form, lettering and colours do not change"
                ),
                Part.CAMERA: "The camera stays still, slightly above the object",
                Part.SOUND: "The audio is a low, quiet hum and one soft click at the end",
                Part.LOOK: "The light of the picture stays; a clean, crisp commercial look",
            },
        ),
        Start.LANDSCAPE_WAKES: Starting(
            mode=Mode.TEXT,
            has_picture=False,
            shape=Shape.WIDE,
            parts={
                Part.SHOT: "A wide shot of a mountain valley at eye level",
                Part.PLACE: "A still lake lies between dark firs, a wooden boat at its shore",
                Part.LIGHT: "The first sunlight touches the peaks, the valley is still blue",
                Part.ACTION: (
                    "The landscape wakes up: the light runs down the slopes, mist lifts from the "
                    "water and drifts to the right, the firs begin to stir in the same breeze, "
                    "and a heron opens its wings and glides low across the lake"
                ),
                Part.CAMERA: "The camera rises very slowly",
                Part.SOUND: "The audio is a light wind, small waves and the first birds",
                Part.LOOK: "35mm film, fine grain, cool colours that turn warm",
            },
        ),
    }
)
"""What members can start from."""


def fitting(mode: Mode, *, has_picture: bool) -> tuple[Start, ...]:
    """The situations for this kind of video."""
    return tuple(
        start
        for start, starting in STARTS.items()
        if starting.mode is mode and starting.has_picture == has_picture
    )
