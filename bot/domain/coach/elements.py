"""Rules about the elements that every prompt should cover (guide, line 30)."""

from functools import partial

from bot.domain.coach.findings import Finding, Fix, Rule, Severity
from bot.domain.context import Context
from bot.domain.craft import builder
from bot.domain.craft.parts import Part
from bot.domain.reading import elements, filming, places
from bot.domain.reading.reader import Reading, read
from bot.domain.reading.senses import Sense
from storage.records import Mode


def filling(reading: Reading, context: Context, part: Part) -> Fix | None:
    """The fix that adds a part, if there is still room for it."""
    if not builder.add(reading, context, (part,)).added:
        return None
    return partial(_filled, context=context, part=part)


def _filled(prompt: str, context: Context, part: Part) -> str:
    return builder.add(read(prompt), context, (part,)).prompt


def _lacks(reading: Reading, context: Context, part: Part, rule: Rule) -> Finding:
    return Finding(rule=rule, severity=Severity.HINT, fix=filling(reading, context, part))


def no_action(reading: Reading, context: Context) -> Finding | None:
    """Silence in the prompt means stillness in the video (guide, lines 30 and 38)."""
    if elements.has_action(reading) or is_stiff(reading, context):
        return None
    if context.shows_picture and (context.mode is not Mode.IMAGE or elements.moves_at_all(reading)):
        return None
    if context.shows_picture and elements.names_something(reading):
        return None
    if Sense.MOVE_TRACK in filming.moves(reading) and elements.has_person(reading):
        return None
    return Finding(
        rule=Rule.NO_ACTION,
        severity=Severity.WEAK,
        fix=filling(reading, context, Part.ACTION),
    )


def no_cues(reading: Reading, context: Context) -> Finding | None:
    """People are told by physical cues: hands, posture, small motions (guide, line 30)."""
    if elements.has_cues(reading) or not elements.has_person(reading):
        return None
    if reading.has(Sense.WIDE) or is_stiff(reading, context) or context.shows_picture:
        return None
    return _lacks(reading, context, Part.CUES, Rule.NO_CUES)


def mannequin(reading: Reading, context: Context) -> Finding | None:
    """A face freezes unless its small motions are described (guide, lines 38 and 144)."""
    if not is_stiff(reading, context):
        return None
    return Finding(
        rule=Rule.MANNEQUIN,
        severity=Severity.WEAK,
        fix=filling(reading, context, Part.CUES),
    )


def is_stiff(reading: Reading, context: Context) -> bool:
    """Whether a face will be watched that is not told to move."""
    return elements.face_matters(reading, context) and not elements.has_micro_motion(reading)


def no_shot(reading: Reading, context: Context) -> Finding | None:
    """The shot type and the position of the camera are named (guide, line 30)."""
    if context.shows_picture or elements.has_shot(reading):
        return None
    return _lacks(reading, context, Part.SHOT, Rule.NO_SHOT)


def no_place(reading: Reading, context: Context) -> Finding | None:
    """The scene is described (guide, lines 28 and 30)."""
    if context.shows_picture or places.is_told(reading):
        return None
    return _lacks(reading, context, Part.PLACE, Rule.NO_PLACE)


def no_light(reading: Reading, context: Context) -> Finding | None:
    """The light is described (guide, lines 28 and 30)."""
    if context.shows_picture or elements.has_light(reading):
        return None
    return _lacks(reading, context, Part.LIGHT, Rule.NO_LIGHT)


def no_camera(reading: Reading, context: Context) -> Finding | None:
    """It is said how the camera moves or that it rests (guide, line 30)."""
    if elements.has_camera(reading):
        return None
    return _lacks(reading, context, Part.CAMERA, Rule.NO_CAMERA)


def no_sound(reading: Reading, context: Context) -> Finding | None:
    """Every prompt describes what is heard (guide, line 30)."""
    if elements.has_sound(reading):
        return None
    return _lacks(reading, context, Part.SOUND, Rule.NO_SOUND)
