"""Rules about the sound that drives a video, and how it fits prompt and length."""

from itertools import pairwise
from types import MappingProxyType

from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.context import Context, SoundKind
from bot.domain.frames import SHORTEST
from bot.domain.reading.language import Language
from bot.domain.reading.lexicon import closed
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import ACTIONS, Sense
from bot.domain.reading.words import Word
from storage.records import Mode

NOISY_DB = -20.0
"""Speech whose quiet moments lie less than this below its loud ones has noise in them."""

_HE_OR_SHE = frozenset(("he", "she", "er"))
_WHOEVER = _HE_OR_SHE | {"sie"}
_ARTICLES = frozenset(("a", "an", "the", "one", "another", "ein", "eine", "der", "die", "other"))
_OWNED = frozenset(("his", "her", "their", "sein", "seine", "ihr", "ihre"))
_REPLIES = frozenset(("answers", "replies", "responds", "retorts", "antwortet", "erwidert"))
_LISTENING = frozenset(("listens", "waits", "hört", "lauscht", "off"))
_ALONE = frozenset(("only", "nur", "alone", "one", "einer", "eine", "neither"))
_NEAR = 4
_FAR = 8
_SEX = MappingProxyType(
    {
        **dict.fromkeys(("man", "boy", "guy", "gentleman"), "he"),
        **dict.fromkeys(("woman", "girl", "lady"), "she"),
    }
)
_CROWDS = frozenset(("crowd", "choir", "people", "chor", "menge", "leute", "everybody"))
_TO = frozenset(("to", "at", "for", "zu"))
_MUTUAL = frozenset(("each", "one", "einander", "both"))
_TOPIC = frozenset(("about", "über", "von"))
_ONE = frozenset(("man", "woman", "girl", "boy", "person"))
CUT_S = 0.1
SILENT_S = 0.75
"""Talkie leaves a little room around a sound, and lengths come in steps: less is no mismatch."""


def many_speakers(reading: Reading, context: Context) -> Finding | None:
    """The lips follow one voice; a second one is ignored (guide, lines 98 and 150)."""
    if context.mode is not Mode.AUDIO:
        return None
    heard = context.sound.speakers or 1
    several = _talk_together(reading) or _talk_in_turn(reading) or _talk_as_many(reading)
    if heard < 2 and not several:
        return None
    return Finding(rule=Rule.MANY_SPEAKERS, severity=Severity.WEAK, facts={"speakers": heard})


def _talk_together(reading: Reading) -> bool:
    """Whether several people speak or sing: in one clause, or as the subject of the next.

    A clause after while or as has a subject of its own.
    """
    voices = [
        reading.words[place]
        for place in reading.places((Sense.SPEECH, Sense.SONG))
        if not _is_of_one(place, reading)
    ]
    several = [reading.words[place] for place in _several(reading)]
    spoken = {voice.clause for voice in voices}
    turned = {word.clause for word in reading.words if word.text in closed.TURNS}
    led = spoken - turned - {voice.clause for voice in voices if _has_one_subject(voice, reading)}
    return any(
        one.clause in spoken or not led.isdisjoint((one.clause + 1, one.clause + 2))
        for one in several
    )


def _has_one_subject(voice: Word, reading: Reading) -> bool:
    """Whether he or she alone is who speaks in this clause: the couple sit; he tells a story."""
    return any(
        word.clause == voice.clause and word.start < voice.start and word.text in _HE_OR_SHE
        for word in reading.words
    )


def _talk_as_many(reading: Reading) -> bool:
    """Whether a crowd speaks, or the verb is of many: the crowd chants, mother and child talk."""
    return any(_is_of_many(place, reading) for place in reading.places((Sense.SPEECH, Sense.SONG)))


def _is_of_many(place: int, reading: Reading) -> bool:
    word, before = reading.words[place], reading.before(place)
    if not before or before in closed.DETERMINERS or _is_of_one(place, reading):
        return False
    if before in _CROWDS:
        return True
    is_plural = word.text in closed.PLAIN_ING or not word.text.endswith(("s", "ing", "ed"))
    is_named = Sense.PERSON in reading.senses[place - 1]
    pair = {reading.before(place, 2), reading.before(place, 3)}
    return (
        is_plural
        and is_named
        and reading.language is not Language.GERMAN
        and (before.endswith(("s", "men", "children")) or "and" in pair)
    )


def _is_of_one(place: int, reading: Reading) -> bool:
    """Whether it is said that one of them alone speaks: only the older one speaks."""
    before = [reading.before(place, steps) for steps in range(1, _NEAR + 1)]
    clause = reading.words[place].clause
    near = [
        word for steps, word in enumerate(before, 1) if _clause(place - steps, reading) == clause
    ]
    return not _ALONE.isdisjoint(near)


def _clause(place: int, reading: Reading) -> int:
    return reading.words[place].clause if place >= 0 else -1


def _talk_in_turn(reading: Reading) -> bool:
    """Whether one person speaks and then another: he says hello, and then she replies."""
    spoken = [
        (_speaker(place, reading), reading.words[place].text)
        for place in reading.places((Sense.SPEECH, Sense.SONG))
    ]
    speakers = {speaker for speaker, _ in spoken if speaker is not None}
    named = speakers - _HE_OR_SHE
    sexes = {_SEX.get(speaker, speaker) for speaker in speakers} & _HE_OR_SHE
    is_answered = bool(named) and any(
        verb in _REPLIES and speaker in _WHOEVER for speaker, verb in spoken[1:]
    )
    return (
        len(named) > 1
        or len(sexes) > 1
        or is_answered
        or _is_reply_to_another(reading)
        or _is_taken_up(speakers, reading)
    )


def _is_taken_up(speakers: set[str], reading: Reading) -> bool:
    """Whether he or she who speaks is not who is named: a nun asks a boy, he says no."""
    others = {reading.words[at].text for at in reading.at.get(Sense.PERSON, ())} - speakers
    sexes = {_SEX.get(speaker) for speaker in speakers - _HE_OR_SHE}
    return bool(sexes) and any(
        said in _HE_OR_SHE and said not in sexes and said in {_SEX.get(other) for other in others}
        for said in speakers
    )


def _is_reply_to_another(reading: Reading) -> bool:
    """Whether somebody is named before the one who replies: a pilot calls, the tower replies."""
    people = reading.at.get(Sense.PERSON, ())
    for place in reading.at.get(Sense.SPEECH, ()):
        name = _named(place, 1, reading) if reading.words[place].text in _REPLIES else None
        if name is not None and any(
            at < place - 1
            and reading.words[at].text != name
            and reading.words[at + 1].text not in _LISTENING
            for at in people
        ):
            return True
    return False


def _speaker(place: int, reading: Reading) -> str | None:
    """Who speaks right before a word for speaking: he, she, or somebody who is named."""
    for steps in (1, 2):
        text = reading.before(place, steps)
        if text in _HE_OR_SHE or (text == "sie" and reading.words[place].text in _REPLIES):
            return text
    if reading.before(place) in closed.JOINERS:
        return _subject(place, reading)
    return next((name for steps in (1, 2) if (name := _named(place, steps, reading))), None)


def _named(place: int, steps: int, reading: Reading) -> str | None:
    """Who is named so many steps before a verb: the old judge says; not: a speaking clock."""
    at = place - steps
    verb = reading.words[place]
    if _clause(at, reading) != verb.clause or verb.text.endswith(("ing", "nd", "nde")):
        return None
    before = [
        reading.before(at, steps)
        for steps in range(1, _NEAR)
        if _clause(at - steps, reading) == verb.clause
    ]
    is_person = Sense.PERSON in reading.senses[at]
    # A word the coach does not know may be somebody: the witness answers.
    is_named = is_person or (steps == 1 and not reading.senses[at])
    is_owned = is_person and not _OWNED.isdisjoint(before)
    opens = is_person and not before
    is_subject = is_owned or opens or (is_named and not _ARTICLES.isdisjoint(before))
    return reading.words[at].text if is_subject else None


def _subject(place: int, reading: Reading) -> str | None:
    """He or she who did the last thing, if somebody goes on: and he laughs and says no."""
    before = (reading.before(place, steps) for steps in range(2, _FAR))
    return next((text for text in before if text in _HE_OR_SHE), None)


def _is_told_to(place: int, reading: Reading) -> bool:
    """Whether these many only listen: she tells two kids a story."""
    return (
        reading.words[place].text in closed.NUMBERS
        and bool(reading.before(place))
        and Sense.SPEECH in reading.senses[place - 1]
    )


def _several(reading: Reading) -> list[int]:
    """Where more than one person is meant: both of them, a man and a woman."""
    found = [
        place
        for place in reading.at.get(Sense.SEVERAL, ())
        if (reading.before(place) not in _TO and not _is_told_to(place, reading))
        or reading.words[place].text in _MUTUAL
    ]
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
        before = {reading.before(first, steps) for steps in (1, 2)}
        is_other = reading.words[first].text != reading.words[second].text
        is_pair = is_other and len(between) <= _NEAR and not {"and", "und"}.isdisjoint(between)
        is_pair = is_pair and all(
            senses.isdisjoint(ACTIONS) for senses in reading.senses[first + 1 : second]
        )
        if is_pair and _TOPIC.isdisjoint(before):
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
