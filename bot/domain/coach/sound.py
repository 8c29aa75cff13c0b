"""Rules about the sound that drives a video, and how it fits prompt and length."""

from itertools import pairwise

from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.context import Context, SoundKind
from bot.domain.frames import SHORTEST
from bot.domain.reading.lexicon import closed
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import Sense
from storage.records import Mode

NOISY_DB = -20.0
"""Speech whose quiet moments lie less than this below its loud ones has noise in them."""

_HE_OR_SHE = frozenset(("he", "she", "er"))
_ONE = frozenset(("man", "woman", "girl", "boy", "person"))
CUT_S = 0.1
SILENT_S = 0.75
"""Talkie leaves a little room around a sound, and lengths come in steps: less is no mismatch."""


def many_speakers(reading: Reading, context: Context) -> Finding | None:
    """The lips follow one voice; a second one is ignored (guide, lines 98 and 150)."""
    if context.mode is not Mode.AUDIO:
        return None
    heard = context.sound.speakers or 1
    if heard < 2 and not _talk_together(reading) and not _talk_in_turn(reading):
        return None
    return Finding(rule=Rule.MANY_SPEAKERS, severity=Severity.WEAK, facts={"speakers": heard})


def _talk_together(reading: Reading) -> bool:
    """Whether several people speak or sing: in one clause, or as the subject of the next.

    A clause after while or as has a subject of its own.
    """
    voices = [reading.words[place] for place in reading.places((Sense.SPEECH, Sense.SONG))]
    several = [reading.words[place] for place in _several(reading)]
    spoken = {voice.clause for voice in voices}
    turned = {word.clause for word in reading.words if word.text in closed.TURNS}
    led = spoken - turned
    return any(
        one.clause in spoken or not led.isdisjoint((one.clause + 1, one.clause + 2))
        for one in several
    )


def _talk_in_turn(reading: Reading) -> bool:
    """Whether one person speaks and then another: he says hello, and then she replies."""
    speakers = {
        speaker
        for place in reading.at.get(Sense.SPEECH, ())
        if (speaker := _speaker(place, reading)) is not None
    }
    return len(speakers) > 1


def _speaker(place: int, reading: Reading) -> str | None:
    """He or she right before a word for speaking, if it is one of them."""
    for steps in (1, 2):
        text = reading.before(place, steps)
        if text in _HE_OR_SHE:
            return text
    return None


def _several(reading: Reading) -> list[int]:
    """Where more than one person is meant: both of them, a man and a woman."""
    found = list(reading.at.get(Sense.SEVERAL, ()))
    people = reading.at.get(Sense.PERSON, ())
    voices = reading.places((Sense.SPEECH, Sense.SONG))
    for place in people:
        if not voices or place > voices[-1]:
            continue
        before = {reading.before(place, steps) for steps in (1, 2)}
        if reading.words[place].text not in _ONE and not closed.NUMBERS.isdisjoint(before):
            found.append(place)
    for first, second in pairwise(people):
        between = [word.text for word in reading.words[first + 1 : second]]
        if len(between) <= 4 and {"and", "und"} & set(between):
            found.append(first)
    return found


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
