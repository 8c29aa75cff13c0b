"""The parts of a prompt, in the order in which the guide weaves them into one paragraph."""

from enum import StrEnum


class Part(StrEnum):
    """An element of a prompt (guide, line 30); the order here is the order of the paragraph."""

    SHOT = "shot"
    PLACE = "place"
    LIGHT = "light"
    ACTION = "action"
    CUES = "cues"
    CAMERA = "camera"
    SOUND = "sound"
    LOOK = "look"
