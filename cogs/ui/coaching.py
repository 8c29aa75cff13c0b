"""The sentence for each thing the coach can notice: what happens, why, and what helps."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.domain.coach.findings import Finding, Rule
from bot.domain.craft.parts import Part
from cogs.ui import counting, folding

_LONGEST = 300

ADVICE: Mapping[Rule, str] = MappingProxyType(
    {
        Rule.EMPTY: "There are no words yet, so there is nothing to show. Say what happens.",
        Rule.TOO_SHORT: (
            "With {words:word} much is left to chance; from about {fewest:word} the video "
            "follows you."
        ),
        Rule.TOO_LONG: ("With {words:word} some will be ignored; up to {most:word} are followed."),
        Rule.PARAGRAPHS: "One flowing paragraph is understood better than {paragraphs:line}.",
        Rule.LABELS: (
            "Headings like “{words}” are read as part of the scene; plain sentences work better."
        ),
        Rule.KEYWORDS: (
            "This is a list of words; a sentence says who does what, and is followed more closely."
        ),
        Rule.TENSE: (
            "This is told in the {tense}; a video shows what happens now: “she turns”, not "
            "“she turned”."
        ),
        Rule.LEAD: (
            "The first words count most, and here they are about style or sound. Begin with what "
            "is seen."
        ),
        Rule.NO_ACTION: (
            "Nothing happens yet, so the video may stay almost still. Say what moves."
        ),
        Rule.NO_SHOT: "Say how near we are: a close-up, a wide shot, at eye level.",
        Rule.NO_PLACE: "Say where this is, or the place will be made up.",
        Rule.NO_LIGHT: "Say what the light is like: evening sun, a lamp, a grey morning.",
        Rule.NO_CUES: (
            "Small gestures bring a person to life: what hands, shoulders or head are doing."
        ),
        Rule.NO_CAMERA: "Say how the camera moves, or that it stays still.",
        Rule.NO_SOUND: "Say what is heard: a voice, rain, a quiet room.",
        Rule.MANNEQUIN: (
            "A face stays stiff unless small motions are named: blinks, a nod, lifting eyebrows."
        ),
        Rule.REDESCRIBES: (
            "The picture already shows how everything looks. Say what moves and how."
        ),
        Rule.WHO_NOT_HOW: (
            "The picture already shows who it is. Say how they speak: eyes, brows, hands, pauses."
        ),
        Rule.CAMERA_FAST: (
            "A fast camera blurs the face, and then the lips cannot be read. A still or slow one "
            "works."
        ),
        Rule.CAMERA_MANY: (
            "The camera has {moves:different move}; one slow move in one direction looks best."
        ),
        Rule.MANY_SPEAKERS: (
            "Lips can follow only one voice of a sound. Let one person speak in each video."
        ),
        Rule.TOO_MUCH: (
            "This is a lot for {seconds:second}; some of it will be rushed or left out. Choose "
            "the best moment, or make the video longer."
        ),
        Rule.DRIFT: (
            "In {seconds:second} without a sound of yours, faces and things may slowly change. "
            "A shorter video stays steadier."
        ),
        Rule.HEAD_IN_SQUARE: (
            "A speaking person leaves much of a square empty; 16:9 or 9:16 fits better."
        ),
        Rule.LANDSCAPE_IN_TALL: (
            "An upright video cuts off the sides of a landscape; 16:9 shows all of it."
        ),
        Rule.FRAMES_OFF: (
            "The sound lasts {sound} s and the video {clip} s, so one of them ends too early."
        ),
        Rule.SOUND_CLIPPED: (
            "The recording is too loud in places and crackles, so the lips may miss a sound. "
            "Record it a little more quietly."
        ),
        Rule.SOUND_NOISY: (
            "There is a lot of noise behind the voice, so the lips may miss a sound. Record it "
            "closer, in a quieter room."
        ),
    }
)

PARTS: Mapping[Part, str] = MappingProxyType(
    {
        Part.SHOT: "how near the camera is",
        Part.PLACE: "the place",
        Part.LIGHT: "the light",
        Part.ACTION: "gentle motion",
        Part.CUES: "small gestures",
        Part.CAMERA: "the camera",
        Part.SOUND: "the sound",
        Part.LOOK: "the film look",
    }
)


def advice(finding: Finding) -> str:
    """The sentence for a finding, filled with its facts."""
    return counting.fill(ADVICE[finding.rule], finding.facts)


def line(finding: Finding) -> str:
    """The sentence for a finding in one line, its facts from a member's words made harmless."""
    return folding.fold(advice(finding), _LONGEST)


def tip(finding: Finding) -> str:
    """The sentence for a finding as a hint for the next time."""
    return f"Tip: {line(finding)}"


def added(parts: Sequence[Part]) -> str:
    """What was added to a member's words, or nothing."""
    if not parts:
        return ""
    return f"Talkie added: {named(parts)}."


def named(parts: Sequence[Part]) -> str:
    """Parts in a list, as a sentence has it."""
    *most, last = [PARTS[part] for part in parts]
    return f"{', '.join(most)} and {last}" if most else last
