"""The senses a word can have for the coach; the lexicon says which words have which."""

from enum import StrEnum


class Sense(StrEnum):
    """What a word or phrase is about."""

    PERSON = "person"
    PRONOUN = "pronoun"
    GROUP = "group"
    SEVERAL = "several"
    ANIMAL = "animal"
    CLOSE = "close"
    WIDE = "wide"
    SHOT = "shot"
    PLACE = "place"
    LANDSCAPE = "landscape"
    LIGHT = "light"
    APPEARANCE = "appearance"
    STATIVE = "stative"
    DEED = "deed"
    FLOW = "flow"
    MICRO = "micro"
    CUE = "cue"
    SPEECH = "speech"
    SONG = "song"
    GAZE = "gaze"
    FACE = "face"
    CAMERA = "camera"
    STILL = "still"
    FAST = "fast"
    FAST_MOVE = "fast_move"
    MOVE = "move"
    MOVE_IN = "move_in"
    MOVE_OUT = "move_out"
    MOVE_PAN = "move_pan"
    MOVE_TILT = "move_tilt"
    MOVE_ORBIT = "move_orbit"
    MOVE_CRANE = "move_crane"
    MOVE_TRACK = "move_track"
    SHAKE = "shake"
    SOUND = "sound"
    LOOK = "look"
    PAST = "past"
    ED = "ed"
    FUTURE = "future"
    CUT = "cut"
    NEGATION = "negation"
    DETERMINER = "determiner"
    LABEL = "label"


ACTIONS = frozenset({Sense.DEED, Sense.FLOW, Sense.MICRO, Sense.SPEECH, Sense.SONG})
"""Everything that moves in front of the camera."""

MOVES = frozenset(
    {
        Sense.MOVE_IN,
        Sense.MOVE_OUT,
        Sense.MOVE_PAN,
        Sense.MOVE_TILT,
        Sense.MOVE_ORBIT,
        Sense.MOVE_CRANE,
        Sense.MOVE_TRACK,
    }
)
"""Directions a camera can take."""

MOVING = frozenset({Sense.DEED, Sense.FLOW})
"""What somebody does, and what things do by themselves."""

SUBJECTS = frozenset({Sense.PERSON, Sense.ANIMAL, Sense.PRONOUN, Sense.GROUP})
"""Who can do something."""
