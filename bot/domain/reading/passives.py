"""What is done to a thing, told by the passive: a pizza is sliced, der Teig wird geknetet."""

from bot.domain.reading.language import Language
from bot.domain.reading.lexicon import closed_german
from bot.domain.reading.lists import listed
from bot.domain.reading.reader import Reading

_IS = listed("is are gets get getting being")
_GOING_ON = listed("being getting gets get")
_WILL_BE = listed("wird werden")
_FAR = 14
_SHORTEST = 5
_IRREGULAR = listed(
    "cut torn blown thrown driven drawn shaken swept spun dug beaten bent thrown eaten drunk hit "
    "ground swung flung split spread slit fed led taken given brought ridden flown rung chosen "
    "sung written woven hewn mown sawn shorn sewn kicked cast burst put read told sent poured"
)
"""Participles without ed."""

_STATES = listed(
    "abandoned aged angled arranged armed attached balanced bearded blurred bored bound broken "
    "based built buried cast carved cluttered closed clad coated coloured colored composed "
    "connected constructed covered crowded crooked cracked curled decked decorated dedicated "
    "deserted designed detailed dilapidated displayed dotted draped dressed embedded "
    "embroidered enclosed engraved equipped excited exhausted faded filled fixed flanked flooded "
    "focused folded framed frightened frosted furnished gathered hidden hollowed illuminated "
    "inspired interested isolated joined laden layered lined lit littered located locked made "
    "marked mounted named nestled overgrown packed painted parked patterned perched piled pitched "
    "placed planted polished positioned printed ragged relaxed rusted scarred scared scattered "
    "seated set shaded shaped shut situated soaked speckled spread stacked stained stocked striped "
    "strewn studded styled supposed surprised surrounded suspended tanned tattered textured tied "
    "tilted tinted tired topped trimmed tucked twisted unmade used wet woven worn worried wounded "
    "wrapped wrinkled written sung rooted centered centred captured depicted rendered shown seen "
    "featured portrayed called crossed drawn adorned cast engraved"
)
"""Participles of how a thing is, and where; nothing happens to it but where it is being done."""

_GERMAN_STATES = listed(
    "beleuchtet erhellt erleuchtet umgeben bedeckt eingerahmt umrahmt gerahmt angestrahlt "
    "beschienen überzogen gesäumt geschmückt verdeckt genannt gezeigt dargestellt gesehen"
)


def is_told(reading: Reading) -> bool:
    """Whether something is done to somebody or something."""
    is_done = _is_german if reading.language is Language.GERMAN else _is_english
    return any(is_done(place, reading) for place in range(1, len(reading.words)))


def _is_english(place: int, reading: Reading) -> bool:
    """Whether a participle stands behind is or being: is slowly cut, are being unloaded."""
    text = reading.words[place].text
    if not (text.endswith("ed") or text in _IRREGULAR):
        return False
    helper = reading.before(place)
    if helper.endswith("ly") or helper == "now":
        helper = reading.before(place, 2)
    return helper in _GOING_ON or (
        helper in _IS and text not in _STATES and len(text) >= _SHORTEST - 2
    )


def _is_german(place: int, reading: Reading) -> bool:
    """Whether a clause ends with a participle that belongs to wird: wird kräftig geknetet."""
    words = reading.words
    word = words[place]
    if word.is_capital or word.text in _GERMAN_STATES or not word.text.endswith(("t", "en")):
        return False
    is_last = place + 1 == len(words) or words[place + 1].clause != word.clause
    if not is_last or len(word.text) < _SHORTEST or not _is_participle(word.text):
        return False
    return any(
        words[at].text in _WILL_BE and words[at].clause == word.clause
        for at in range(place - 1, max(-1, place - _FAR), -1)
    )


def _is_participle(text: str) -> bool:
    """Whether a German word has the form of one: geknetet, abgerissen, verladen, lackiert."""
    if text.startswith(("ge", "be", "ver", "zer", "ent", "er")) or text.endswith("iert"):
        return True
    return text.startswith(closed_german.PREFIXES) and "ge" in text[2:-2]
