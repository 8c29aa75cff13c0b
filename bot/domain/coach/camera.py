"""Rules about the camera."""

from types import MappingProxyType

from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.context import Context, SoundKind
from bot.domain.reading import elements, filming
from bot.domain.reading.lexicon import closed
from bot.domain.reading.reader import Reading, read
from bot.domain.reading.senses import Sense
from storage.records import Mode

_MANY = 3

_SLOWER = MappingProxyType(
    {
        **dict.fromkeys(
            [
                "fast",
                "quick",
                "rapid",
                "swift",
                "frantic",
                "jerky",
                "hectic",
                "sudden",
                "whip",
                "wild",
            ],
            "slow",
        ),
        **dict.fromkeys(
            ["crash", "snap", "smash", "swish", "jump", "dizzying", "violent", "abrupt", "furious"],
            "slow",
        ),
        **dict.fromkeys(
            ["frenetic", "speeding", "racing", "rushing", "whipping", "hurtling"], "slow"
        ),
        **dict.fromkeys(
            ["quickly", "rapidly", "swiftly", "frantically", "suddenly", "wildly"], "slowly"
        ),
        **dict.fromkeys(["violently", "abruptly", "furiously", "schnellstens"], "slowly"),
        **dict.fromkeys(
            ["races", "rushes", "whips", "jerks", "swoops", "whirls", "hurtles"], "moves slowly"
        ),
        "spins": "turns slowly",
        "spinning": "turning slowly",
        **dict.fromkeys(["rast", "saust", "jagt", "wirbelt", "reißt"], "bewegt sich langsam"),
        "reißschwenk": "langsamer Schwenk",
        "reißschwenks": "langsame Schwenks",
        "blitzschnell": "langsam",
        "ruckartig": "langsam",
        "plötzlich": "langsam",
    }
)
_GERMAN_STEMS = ("schnell", "rasch", "rasend", "rasant", "hektisch", "wild")
_REACH = 3
_ADVERBS = ("slowly", "langsam")
_GERMAN_SLOW = ("langsam", "Langsam")
_GERMAN_AGAIN = (" langsame ", " langsamer ", " langsamen ")
_MANNERS = frozenset(("fast", "quick", "rapid"))


def camera_fast(reading: Reading, context: Context) -> Finding | None:
    """Fast moves blur a speaking or close face (guide, lines 39 and 148)."""
    if context.sound.kind is SoundKind.MUSIC or not _needs_calm(reading, context):
        return None
    places = filming.fast(reading)
    if not places:
        return None
    is_synced = context.mode is Mode.AUDIO and elements.speaks(reading)
    calm, replaced = _calmed(reading)
    is_fixable = bool(replaced) and not filming.fast(read(calm))
    return Finding(
        rule=Rule.CAMERA_FAST,
        severity=Severity.WILL_FAIL if is_synced else Severity.WEAK,
        facts={"words": ", ".join(replaced)},
        fix=calmed if is_fixable else None,
    )


def _needs_calm(reading: Reading, context: Context) -> bool:
    if elements.speaks(reading):
        return True
    return reading.has(Sense.CLOSE, Sense.FACE) and elements.face_matters(reading, context)


def calmed(prompt: str) -> str:
    """The prompt with a slow camera instead of a fast one; other fast things stay fast."""
    return _calmed(read(prompt))[0]


def _calmed(reading: Reading) -> tuple[str, list[str]]:
    words = reading.words
    near = {place + step for place in filming.fast(reading) for step in range(_REACH)}
    text = reading.text
    replaced: list[str] = []
    for place in sorted(near, reverse=True):
        slower = _slower(words[place].text) if place < len(words) else None
        if slower is not None:
            word = words[place]
            replaced.insert(0, text[word.start : word.stop])
            if _is_said_again(place, near, reading):
                slower = slower.rpartition(" ")[0] or slower
            elif slower == "slow" and _is_adverb(place, reading):
                slower = "slowly"
            begins = place == 0 or words[place - 1].sentence != word.sentence
            slower = slower[0].upper() + slower[1:] if begins and word.is_capital else slower
            rest = text[word.stop :]
            if slower.lower() == "slowly" and rest.startswith("-"):
                rest = f" {rest[1:]}"
            if slower.startswith(_GERMAN_SLOW) and rest.lower().startswith(_GERMAN_AGAIN):
                rest = rest.lstrip().partition(" ")[2]
                slower += " "
            text = text[: word.start] + slower + rest
    return text, replaced


def _is_adverb(place: int, reading: Reading) -> bool:
    """Whether fast says how something is done: it spins really fast, it whip-pans."""
    words = reading.words
    is_last = place + 1 == len(words) or words[place + 1].clause != words[place].clause
    follows = "" if is_last else words[place + 1].text
    if words[place].text in _MANNERS:
        return is_last or follows in closed.PREPOSITIONS
    return follows in {"pans", "tilts", "zooms"} and reading.before(place) in closed.CAMERAS


def _is_said_again(place: int, near: set[int], reading: Reading) -> bool:
    """Whether a later word of the clause becomes slow as well, so that one need not."""
    words = reading.words
    later = (at for at in near if place < at < len(words))
    return any(
        words[at].clause == words[place].clause
        and (_slower(words[at].text) in _ADVERBS or words[at].text in _MANNERS)
        for at in later
    )


def _slower(word: str) -> str | None:
    for stem in _GERMAN_STEMS:
        if word.startswith(stem) and len(word) <= len(stem) + 2:
            return "langsam" + word.removeprefix(stem) if word != "wild" else "slow"
    return _SLOWER.get(word)


def camera_many(reading: Reading, _context: Context) -> Finding | None:
    """One movement in one direction; several at once fight each other (guide, line 51)."""
    moves = filming.moves(reading)
    if len(moves) < 2:
        return None
    return Finding(
        rule=Rule.CAMERA_MANY,
        severity=Severity.WEAK if len(moves) >= _MANY else Severity.HINT,
        facts={"moves": len(moves)},
    )
