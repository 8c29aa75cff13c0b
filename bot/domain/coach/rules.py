"""All rules in the order in which their findings are told and their fixes applied."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.coach import camera, elements, form, length, motion, shape, sound, speakers
from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.context import Context
from bot.domain.craft import builder
from bot.domain.craft.parts import Part
from bot.domain.reading.reader import Reading, read

Check = Callable[[Reading, Context], Finding | None]

ON_INPUTS: tuple[Check, ...] = (
    speakers.many_speakers,
    sound.frames_off,
    sound.sound_clipped,
    sound.sound_noisy,
    motion.drift,
)
"""What can be said without a single word of a prompt."""

ON_WORDS: tuple[Check, ...] = (
    form.labels,
    form.paragraphs,
    form.keywords,
    form.told_in_present,
    form.lead,
    length.too_long,
)
"""What is about the form of a prompt."""

ON_MEANING: tuple[Check, ...] = (
    camera.camera_fast,
    camera.camera_many,
    motion.too_much,
    motion.redescribes,
    motion.who_not_how,
    elements.mannequin,
    elements.no_action,
    shape.head_in_square,
    shape.landscape_in_tall,
    elements.no_cues,
    elements.no_shot,
    elements.no_place,
    elements.no_light,
    elements.no_camera,
    elements.no_sound,
)
"""What needs a language the coach understands."""

_WEIGHT = {Severity.WILL_FAIL: 0, Severity.WEAK: 1, Severity.HINT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Improved:
    """A prompt with every fix applied, the rules whose fixes changed it, and the parts added."""

    prompt: str
    applied: tuple[Rule, ...] = ()
    added: tuple[Part, ...] = ()


def review(prompt: str, context: Context) -> tuple[Finding, ...]:
    """What the coach finds in a prompt, the worst first."""
    found = _found(read(prompt), context)
    return tuple(sorted(found, key=lambda finding: _WEIGHT[finding.severity]))


def _found(reading: Reading, context: Context) -> list[Finding]:
    checks = list(ON_INPUTS)
    empty = length.empty(reading, context)
    if empty is None and reading.count:
        checks = [*ON_WORDS, *checks]
        if reading.is_understood:
            checks += ON_MEANING
        checks.append(length.too_short)
    found = [check(reading, context) for check in checks]
    return [finding for finding in (empty, *found) if finding is not None]


def improve(prompt: str, context: Context) -> Improved:
    """The prompt with all ready fixes, one after the other until none is left.

    What is already improved stays as it is. No word of the member is lost but those a finding
    names, and what is cut from a prompt that is too long.
    """
    original = read(prompt)
    before = builder.missing(original, context)
    noticed = {finding.rule for finding in _found(original, context)}
    applied: list[Rule] = []
    while True:
        reading = read(prompt)
        # What is added to mixed words may tip them into one language, and the rest is lost on it.
        is_same = reading.language is original.language
        fixable = [
            finding
            for finding in _found(reading, context)
            if finding.fix is not None
            and finding.rule not in applied
            and (is_same or finding.rule in noticed)
        ]
        if not fixable:
            after = builder.missing(read(prompt), context)
            added = tuple(part for part in before if part not in after)
            return Improved(prompt=prompt, applied=tuple(applied), added=added)
        first = fixable[0]
        assert first.fix is not None
        better = first.fix(prompt)
        applied.append(first.rule)
        prompt = better
