"""Phrases that can be woven into a prompt, by what they are for."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.domain.craft.parts import Part


class Purpose(StrEnum):
    """What a phrase does for a video."""

    SHOT = "shot"
    LIP_SYNC = "lip_sync"
    EXPRESSION = "expression"
    EYE_CONTACT = "eye_contact"
    BEAT = "beat"
    REACTION = "reaction"
    CAMERA = "camera"
    LIGHT = "light"
    SOUND = "sound"
    LOOK = "look"


PART_OF: Mapping[Purpose, Part] = MappingProxyType(
    {
        Purpose.SHOT: Part.SHOT,
        Purpose.LIP_SYNC: Part.CUES,
        Purpose.EXPRESSION: Part.CUES,
        Purpose.EYE_CONTACT: Part.CUES,
        Purpose.BEAT: Part.CUES,
        Purpose.REACTION: Part.CUES,
        Purpose.CAMERA: Part.CAMERA,
        Purpose.LIGHT: Part.LIGHT,
        Purpose.SOUND: Part.SOUND,
        Purpose.LOOK: Part.LOOK,
    }
)
"""Where in the paragraph a phrase belongs."""

PHRASES: Mapping[Purpose, tuple[str, ...]] = MappingProxyType(
    {
        Purpose.SHOT: (
            "a close-up of the face at eye level",
            "a medium close-up, head and shoulders, at eye level",
            "a medium shot from the waist up",
            "a full shot, the whole figure from head to toe",
            "a wide shot that shows the whole place",
            "a very wide shot from far away, small figures in a large scene",
            "an extreme close-up of a single detail",
            "a low angle, looking up from close to the ground",
            "a high angle, looking down from a balcony",
            "a bird's-eye view straight from above",
            "a medium shot over somebody's shoulder",
            "a side view in profile, at shoulder height",
            "a medium shot through a window from outside",
            "a close-up of two hands at work",
        ),
        Purpose.LIP_SYNC: (
            "the mouth shapes every sound clearly and in time",
            "the lips close softly at the end of each sentence",
            "unhurried, everyday speech with natural blinks",
            "the jaw moves loosely, the mouth never opens too wide",
            "a short breath through parted lips before each new thought",
            "the lips press together on every m, b and p",
            "the corners of the mouth stay relaxed, small smiles in the pauses",
            "quiet consonants, the mouth barely opens",
            "the mouth rounds on long vowels and narrows again",
            "the lips rest, lightly closed, whenever the voice pauses",
            "the tongue touches the teeth now and then as the words pass",
            "the chin drops a little further on stressed words",
            "an easy, open mouth that holds each long note, with natural blinks",
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
            "a nod and a turn of the whole body when the chorus begins",
        ),
        Purpose.REACTION: (
            "a sharp flinch at a loud bang",
            "the head turns quickly toward a sudden sound",
            "the eyes widen when the thunder rolls",
            "the whole body stops for a moment to listen",
            "the ears prick up at a distant call",
            "the face turns up as the first raindrops are heard",
            "a smile appears when the music begins",
            "the shoulders jump at the slam of a door",
            "the head leans closer to hear a whisper",
            "both hands cover the ears as the siren passes",
            "a long breath out when silence returns",
            "the glass on the table shivers with every deep rumble",
            "birds scatter at the crack of a branch",
            "a soft laugh at a voice from the next room",
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
        Purpose.SOUND: (
            "a clear voice in a quiet room",
            "a warm voice close to the microphone, no echo",
            "a voice in a large hall with a long echo",
            "the steady rain on a roof and distant thunder",
            "the wind in the leaves and birdsong far away",
            "the waves on the shore and a few gulls",
            "the murmur of a café, cups and soft footsteps",
            "the city traffic behind a closed window",
            "the crackle of a small fire",
            "the low hum of machines and a slow beep",
            "a few footsteps on gravel and the rustle of clothes",
            "a single piano in the next room",
            "a deep drum with a steady, slow beat",
            "the quiet, natural sound of the place",
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


def purpose_of(phrase: str) -> Purpose | None:
    """What a phrase of the library is for; None if it is none of them."""
    return _PURPOSES.get(phrase)


_PURPOSES = {phrase: purpose for purpose, listed in PHRASES.items() for phrase in listed}
