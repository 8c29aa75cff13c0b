"""Phrases that can be woven into a prompt, by what they are for."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.domain.craft.parts import Part


class Purpose(StrEnum):
    """What a phrase does for a video."""

    LIP_SYNC = "lip_sync"
    EXPRESSION = "expression"
    EYE_CONTACT = "eye_contact"
    BEAT = "beat"
    REACTION = "reaction"
    CAMERA = "camera"
    LIGHT = "light"
    LOOK = "look"


PART_OF: Mapping[Purpose, Part] = MappingProxyType(
    {
        Purpose.LIP_SYNC: Part.CUES,
        Purpose.EXPRESSION: Part.CUES,
        Purpose.EYE_CONTACT: Part.CUES,
        Purpose.BEAT: Part.CUES,
        Purpose.REACTION: Part.CUES,
        Purpose.CAMERA: Part.CAMERA,
        Purpose.LIGHT: Part.LIGHT,
        Purpose.LOOK: Part.LOOK,
    }
)
"""Where in the paragraph a phrase belongs."""

PHRASES: Mapping[Purpose, tuple[str, ...]] = MappingProxyType(
    {
        Purpose.LIP_SYNC: (
            "the mouth shapes every sound clearly and in time",
            "the lips close softly at the end of each sentence",
            "unhurried, everyday speech without big gestures",
            "the jaw moves loosely, the mouth never opens too wide",
            "a short breath through parted lips before each new thought",
            "the lips press together on every m, b and p",
            "the corners of the mouth stay relaxed while speaking",
            "quiet consonants, the mouth barely opens",
            "the mouth rounds on long vowels and narrows again",
            "the lips rest, lightly closed, whenever the voice pauses",
            "the tongue touches the teeth now and then as the words pass",
            "the chin drops a little further on stressed words",
            "singing with an open, easy mouth that holds the long notes",
            "a whisper: small lip movements, the face close and calm",
        ),
        Purpose.EXPRESSION: (
            "the eyebrows lift a little on important words",
            "a smile begins in the eyes before it reaches the mouth",
            "natural blinks between sentences",
            "the head nods almost unnoticeably in agreement",
            "the brow furrows for a moment and smooths again",
            "one corner of the mouth curls up",
            "the nostrils widen with a deep breath",
            "the head tilts slightly, as if weighing a thought",
            "the cheeks lift and small lines form beside the eyes",
            "the lips tighten briefly before going on",
            "a swallow, then the face softens",
            "the eyes widen a little in surprise",
            "the shoulders sink with a quiet breath out",
            "a laugh that is held back and shows only around the eyes",
        ),
        Purpose.EYE_CONTACT: (
            "the eyes rest warmly on the viewer",
            "the gaze drifts aside for a thought and comes back",
            "steady eye contact with the lens, blinking now and then",
            "a glance down between two sentences, then up again",
            "the eyes meet the viewer only at the last word",
            "a quick look over the shoulder, then back to the camera",
            "the eyes follow something just beside the camera",
            "the gaze lowers shyly and returns with a smile",
            "looking past the camera, as if to a person beside it",
            "the eyes narrow kindly while listening",
            "the eyes close for one breath and open again",
            "a slow look up from the hands into the lens",
            "the gaze wanders across the room before it settles on the viewer",
        ),
        Purpose.BEAT: (
            "the head nods with every beat",
            "the shoulders lift on each snare hit",
            "one foot taps with the bass drum",
            "the whole body sways with the rhythm",
            "the fingers drum the rhythm on the table",
            "the hips swing from side to side in time",
            "a step forward at the start of every bar",
            "the hands clap on two and four",
            "the hair swings when the beat drops",
            "the lights pulse softly with the bass",
            "the strings tremble under every plucked note",
            "the bow changes direction with each phrase of the melody",
            "the sticks land on the skin with each stroke that is heard",
            "a turn of the whole body when the chorus begins",
        ),
        Purpose.REACTION: (
            "flinches at a loud bang",
            "the head turns quickly toward a sudden sound",
            "the eyes widen when the thunder rolls",
            "freezes for a moment and listens",
            "the ears prick up at a distant call",
            "looks up as the first raindrops are heard",
            "smiles when the music begins",
            "the shoulders jump at the slam of a door",
            "leans closer to hear a whisper",
            "covers the ears as the siren passes",
            "breathes out when silence returns",
            "the glass on the table shivers with every deep rumble",
            "birds scatter at the crack of a branch",
            "laughs softly at a voice from the next room",
        ),
        Purpose.CAMERA: (
            "the camera stays still at eye level",
            "the camera pushes in very slowly",
            "the camera pulls back slowly and shows the whole place",
            "the camera drifts gently to the left",
            "the camera follows at walking pace",
            "the camera circles slowly to the right",
            "the camera rises slowly above the scene",
            "the camera looks up from close to the ground and does not move",
            "a hand-held camera that breathes a little but stays in place",
            "the camera glides forward through the middle of the scene",
            "the camera tilts up slowly from the ground to the sky",
            "the camera pans slowly from left to right",
            "the camera rests while the focus moves from the front to the back",
            "the camera tracks alongside at the same speed",
        ),
        Purpose.LIGHT: (
            "soft window light falls from the left",
            "low golden evening sun from behind",
            "cool blue light just before sunrise",
            "an overcast sky, even light without hard shadows",
            "a single warm lamp in a dark room",
            "candlelight that flickers on the face",
            "neon signs colour the wet street in pink and blue",
            "sunlight through leaves, moving spots on the ground",
            "a bright spotlight from above, the rest in darkness",
            "moonlight with long, soft shadows",
            "clean, even studio light on a plain background",
            "light through dusty air, its beams clearly seen",
            "the glow of a screen from below",
            "a thin line of light along the hair and shoulders",
        ),
        Purpose.LOOK: (
            "35mm film, fine grain, natural colours",
            "grainy 16mm film with faded colours",
            "shallow depth of field, the background melts away",
            "black and white with deep shadows",
            "wide anamorphic picture with long, soft flares",
            "documentary look, honest colours, light grain",
            "warm colours like an old holiday film",
            "cool, muted colours with low contrast",
            "clean commercial look, crisp and bright",
            "soft pastel colours, gentle contrast",
            "high contrast, rich blacks, a single strong colour",
            "hand-drawn animation with visible brush strokes",
            "stop-motion look with small, uneven movements",
            "Kodak Vision3 500T film, warm lamps against blue night",
        ),
    }
)


def matching(purpose: Purpose, typed: str) -> tuple[str, ...]:
    """The phrases for a purpose that hold all typed words, those that begin with them first."""
    wanted = typed.lower().split()
    found = [
        phrase for phrase in PHRASES[purpose] if all(word in phrase.lower() for word in wanted)
    ]
    return tuple(sorted(found, key=lambda phrase: not phrase.lower().startswith(typed.lower())))
