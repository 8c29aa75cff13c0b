"""Rules about the sound that drives a video, and how it fits prompt and length."""

from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.context import Context, SoundKind
from bot.domain.frames import SHORTEST
from bot.domain.reading.reader import Reading
from storage.records import Mode

NOISY_DB = -20.0
"""Speech whose quiet moments lie less than this below its loud ones has noise in them."""

CUT_S = 0.1
SILENT_S = 0.75
"""Talkie leaves a little room around a sound, and lengths come in steps: less is no mismatch."""


def frames_off(_reading: Reading, context: Context) -> Finding | None:
    """Clip and sound last equally long, or one of them is cut or silent (guide, lines 132, 140)."""
    sound_s, clip_s = context.sound.seconds, context.seconds
    if context.mode is not Mode.AUDIO or sound_s is None or clip_s is None:
        return None
    is_cut = sound_s > clip_s + CUT_S
    is_silent = clip_s > sound_s + SILENT_S and context.frames != SHORTEST
    if not is_cut and not is_silent:
        return None
    return Finding(
        rule=Rule.FRAMES_OFF,
        severity=Severity.WEAK if is_cut else Severity.HINT,
        facts={"sound": round(sound_s, 1), "clip": round(clip_s, 1)},
    )


def sound_clipped(_reading: Reading, context: Context) -> Finding | None:
    """Lips are best in time with a clean sound, and clipping is not (guide, lines 97 and 108)."""
    if context.mode is not Mode.AUDIO or not context.sound.clipped:
        return None
    return Finding(rule=Rule.SOUND_CLIPPED, severity=Severity.WEAK)


def sound_noisy(_reading: Reading, context: Context) -> Finding | None:
    """There should be little noise behind a voice (guide, lines 97 and 108)."""
    floor_db = context.sound.noise_floor_db
    if context.mode is not Mode.AUDIO or floor_db is None or floor_db < NOISY_DB:
        return None
    if context.sound.kind is SoundKind.MUSIC:
        return None
    return Finding(
        rule=Rule.SOUND_NOISY, severity=Severity.WEAK, facts={"floor_db": round(floor_db)}
    )
