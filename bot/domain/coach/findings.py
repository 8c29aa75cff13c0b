"""What the coach answers: rules, severities, findings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Fix = Callable[[str], str]
"""A prompt becomes a better one; a prompt that is already better stays as it is."""


class Severity(StrEnum):
    """How much a finding matters."""

    HINT = "hint"
    WEAK = "weak"
    WILL_FAIL = "will_fail"


class Rule(StrEnum):
    """Stable names of everything the coach can say about a prompt."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    PARAGRAPHS = "paragraphs"
    LABELS = "labels"
    KEYWORDS = "keywords"
    TENSE = "tense"
    LEAD = "lead"
    NO_ACTION = "no_action"
    NO_SHOT = "no_shot"
    NO_PLACE = "no_place"
    NO_LIGHT = "no_light"
    NO_CUES = "no_cues"
    NO_CAMERA = "no_camera"
    NO_SOUND = "no_sound"
    MANNEQUIN = "mannequin"
    REDESCRIBES = "redescribes"
    WHO_NOT_HOW = "who_not_how"
    CAMERA_FAST = "camera_fast"
    CAMERA_MANY = "camera_many"
    MANY_SPEAKERS = "many_speakers"
    TOO_MUCH = "too_much"
    DRIFT = "drift"
    HEAD_IN_SQUARE = "head_in_square"
    LANDSCAPE_IN_TALL = "landscape_in_tall"
    FRAMES_OFF = "frames_off"
    SOUND_CLIPPED = "sound_clipped"
    SOUND_NOISY = "sound_noisy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing the coach noticed; `facts` fill its sentence.

    A fix may drop no words but those in the fact `words`; cutting to length is the exception.
    """

    rule: Rule
    severity: Severity
    facts: Mapping[str, float | str] = field(default_factory=dict)
    fix: Fix | None = None
