"""Whether a prompt begins with its film look or its sound instead of what is seen."""

from itertools import pairwise

from bot.domain.reading import layout
from bot.domain.reading.lexicon import closed
from bot.domain.reading.lists import listed
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import ACTIONS, Sense

_TWO = 2
_THREE = 3
_LONGEST_NAME = 5
_REACH = 8
_SEEN = (Sense.PERSON, Sense.ANIMAL, Sense.PLACE, Sense.SHOT, Sense.LANDSCAPE, *ACTIONS)
_MANNERS = frozenset(
    {
        ("in", "the", "style", "of"),
        ("in", "style", "of"),
        ("in", "the", "manner", "of"),
        ("inspired", "by"),
        ("style", "of"),
        ("wie", "in", "einem"),
        ("wie", "in", "einer"),
        ("like", "in", "a"),
        ("like", "in", "an"),
        ("as", "in", "a"),
        ("as", "in", "an"),
        ("im", "stil", "von"),
        ("im", "stil", "der"),
        ("im", "stil", "eines"),
    }
)
_STYLES = listed(
    "style styles styled vibe vibes aesthetic aesthetics look looks animation artwork "
    "cinematography footage stil ästhetik optik"
)
"""What the name of a style ends in: film noir style, spaghetti western vibes."""

_WAYS = listed("in im as like à als")
_AUDIBLE = listed(
    "music soundtrack audio sound sounds song melody musik ton melodie tonspur beats jazz techno "
    "orchestra orchestral symphony ballad choir anthem lullaby bassline tune tunes violins synths "
    "lofi lo-fi dubstep synthwave reggae blues folk punk trance ska funk salsa tango "
    "hymn hymns drumming orchester chor geräusche"
)
_AUDIBLE_ENDS = ("musik", "klänge", "melodie", "geräusche", "gesang", "töne")
_TUNES = listed(
    "play plays playing swell swells rise rises fade fades start starts begin begins fill fills "
    "drift drifts spielt spielen erklingt erklingen läuft ertönt ertönen beginnt setzt"
)
_INSTRUMENTS = listed(
    "organ piano guitar guitars violin cello flute harp trumpet saxophone drums accordion banjo "
    "bagpipes orgel klavier gitarre geige flöte harfe trompete akkordeon trommeln saxophon"
)
_PLAYING = listed("play plays playing spielt spielen erklingt ertönt")
_HEARING = frozenset(
    {("we", "hear"), ("you", "hear"), ("one", "hears"), ("man", "hört"), ("wir", "hören")}
    | {("zu", "hören"), ("you", "can"), ("we", "can")}
)
_SOUNDTRACKS = listed("audio soundtrack sound sounds score ton tonspur geräusche")
_BEING = listed("is are has features ist sind hat besteht")
_HEAR = listed("hear hears hört hören")


def style(reading: Reading) -> int:
    """How many words at the beginning are only film look, quality or sound; 0 if few are.

    A film look of several words, or two of them in a row, before anything is seen.
    """
    lead, styled = 0, 0
    if not reading.words:
        return lead
    heard = _told_of_sound(reading)
    looks = reading.at.get(Sense.LOOK, ())
    for chunk in layout.chunks(reading):
        if chunk.stop <= heard or _is_beside_the_scene(chunk, reading):
            styled += 1
        elif not _is_bare_quality(chunk, reading):
            ends = _is_end(lead, reading)
            is_full = (
                sum(place < lead for place in looks) >= _TWO
                and not _is_framed(chunk, reading)
                and not layout.labels(reading)
            )
            is_led = styled >= _TWO or (
                styled and (ends or is_full or _is_manner(range(lead), reading))
            )
            return lead if is_led else 0
        lead = chunk.stop
    return 0


def _is_end(lead: int, reading: Reading) -> bool:
    """Whether a sentence or a colon parts what comes first from what follows."""
    if not lead:
        return False
    last, after = reading.words[lead - 1], reading.words[lead]
    if after.sentence != last.sentence:
        return True
    is_colon = ":" in reading.text[last.stop : after.start]
    return is_colon and not _is_heard(range(lead), reading)


def _told_of_sound(reading: Reading) -> int:
    """How many words the first sentence has if it says what is heard: the audio is wind."""
    words = reading.words
    first = int(words[0].text in closed.DETERMINERS)
    if first + 1 >= len(words) or words[first].text not in _AUDIBLE:
        return 0
    is_named = ":" in reading.text[words[first].stop : words[first + 1].start]
    if not is_named and (
        words[first].text not in _SOUNDTRACKS or words[first + 1].text not in _BEING
    ):
        return 0
    if layout.labels(reading):
        return 0
    return next((at for at, word in enumerate(words) if word.sentence > words[0].sentence), 0)


def is_woven(reading: Reading) -> bool:
    """Whether look or sound comes first in one breath with the scene: soft jazz plays while."""
    if not reading.words:
        return False
    first = next(layout.chunks(reading))
    turn = next((at for at in first[1:] if reading.words[at].text in closed.TURNS), first.stop)
    goes_on = turn < len(reading.words)
    if goes_on and _is_heard(range(first.start, turn), reading):
        return turn < first.stop or reading.words[turn].text in closed.TURNS
    return _opens_with_manner(first, reading) or _opens_with_looks(first, reading)


def _is_beside_the_scene(chunk: range, reading: Reading) -> bool:
    """Whether nothing is seen in a chunk: it is about the look, whose style it is, the sound."""
    if _is_manner(chunk, reading) or _is_heard(chunk, reading) or _is_style(chunk, reading):
        return True
    looks = frozenset(reading.at.get(Sense.LOOK, ()))
    return not looks.isdisjoint(chunk) and frozenset(reading.places(_SEEN)).isdisjoint(chunk)


def _is_framed(chunk: range, reading: Reading) -> bool:
    """Whether a chunk begins with a shot, and the few words on style before it do no harm."""
    shots = (Sense.SHOT, Sense.WIDE, Sense.CLOSE)
    return any(sense in reading.senses[place] for place in chunk[:_THREE] for sense in shots)


def _is_bare_quality(chunk: range, reading: Reading) -> bool:
    """Whether a single word nobody knows stands between looks: symmetrical."""
    return len(chunk) == 1 and not reading.senses[chunk.start]


def _is_style(chunk: range, reading: Reading) -> bool:
    """Whether a chunk is the name of a style, whatever is in it: old pirate movie vibes."""
    names = [reading.words[place].text for place in chunk]
    return (
        1 < len(names) <= _LONGEST_NAME
        and names[-1] in _STYLES
        and closed.DETERMINERS.isdisjoint(names)
    )


def _opens_with_manner(first: range, reading: Reading) -> bool:
    """Whether a style is named and the scene follows at once: im Stil eines Films läuft er."""
    names = [reading.words[place].text for place in first[:_REACH]]
    if names[0] not in _WAYS:
        return False
    at = next((at for at, name in enumerate(names) if name in _STYLES), 0)
    return 0 < at <= _THREE and at + 1 < len(reading.words)


def _opens_with_looks(first: range, reading: Reading) -> bool:
    """Whether three words praise the picture before anything is in it."""
    begin = first.start + (reading.words[first.start].text in closed.DETERMINERS)
    run = 0
    while begin + run < first.stop and Sense.LOOK in reading.senses[begin + run]:
        run += 1
    return run >= _THREE and begin + run < len(reading.words)


def _is_manner(chunk: range, reading: Reading) -> bool:
    """Whether a chunk names whose style it is: in the style of an old studio."""
    begin = tuple(reading.words[place].text for place in chunk[:4])
    return begin in _MANNERS or begin[:3] in _MANNERS or begin[:2] in _MANNERS


def _is_heard(chunk: range, reading: Reading) -> bool:
    """Whether a chunk is about nothing but sound: soft piano music plays, we hear thunder."""
    said = [reading.words[place].text for place in chunk]
    if tuple(said[:2]) in _HEARING and not _HEAR.isdisjoint(said[:3]):
        return True
    deeds = [
        reading.words[place].text
        for place in chunk
        if not reading.senses[place].isdisjoint(_SEEN)
        and Sense.SOUND not in reading.senses[place]
        and reading.words[place].text not in _TUNES
    ]
    return not deeds and (
        any(word in _AUDIBLE or word.endswith(_AUDIBLE_ENDS) for word in said)
        or any(one in _INSTRUMENTS and after in _PLAYING for one, after in pairwise(said))
    )
