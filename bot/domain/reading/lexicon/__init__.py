"""The words the coach knows, in English and German, and which of them a prompt is read with."""

from collections.abc import Sequence

from bot.domain.reading.language import (
    SMALL_ENGLISH,
    SMALL_GERMAN,
    Language,
    detect,
    has_foreign_word,
)
from bot.domain.reading.lexicon import (
    closed,
    english,
    english_motion,
    english_phrases,
    frequent,
    german,
    german_motion,
    german_phrases,
)
from bot.domain.reading.lexicon.forms import NOTHING, Senses, Vocabulary, build
from bot.domain.reading.lists import listed

__all__ = ["ENGLISH", "GERMAN", "NOTHING", "THINGS", "Senses", "Vocabulary", "choose"]

ENGLISH = build(
    words=(english.WORDS, english_motion.WORDS),
    verbs={"en": english_motion.VERBS},
    phrases=(english_phrases.PHRASES,),
)
GERMAN = build(
    words=(german.WORDS, german_motion.WORDS),
    verbs={"de": german_motion.VERBS},
    phrases=(german_phrases.PHRASES,),
    starts=german.STARTS,
    ends=german.ENDS,
)
_MIXED = ENGLISH.joined(GERMAN)
_ENGLISH = frequent.ENGLISH | SMALL_ENGLISH
_GERMAN = frequent.GERMAN | SMALL_GERMAN
_ENGLISH_ENDS = ("ing", "ly", "ness", "ful")
_LONG = 6
_SHARE = 3
"""Of few words with a foreign one among them, more than one in so many has to be known."""


def choose(words: Sequence[str], text: str) -> tuple[Language, Vocabulary | None]:
    """The language of a prompt and the vocabulary to read it with, if there is one."""
    language = detect(words, text)
    if language is Language.OTHER:
        return language, None
    if language is Language.MIXED:
        return language, _MIXED
    if language is None:
        english_words = sum(_is_known(word, ENGLISH, _ENGLISH) for word in words)
        german_words = sum(_is_known(word, GERMAN, _GERMAN) for word in words)
        least = len(words) / _SHARE if has_foreign_word(words) else 0
        if max(english_words, german_words) <= least:
            return Language.OTHER, None
        language = Language.GERMAN if german_words > english_words else Language.ENGLISH
    return language, GERMAN if language is Language.GERMAN else ENGLISH


def _is_known(word: str, vocabulary: Vocabulary, words: frozenset[str]) -> bool:
    if vocabulary is ENGLISH and len(word) >= _LONG and word.endswith(_ENGLISH_ENDS):
        return True
    return bool(vocabulary.senses_of(word)) or word in words


THINGS = (
    frequent.ENGLISH
    | SMALL_ENGLISH
    | closed.FORCES
    | listed(
        "traffic lava ivy moss ink honey coffee soup sauce paint metal ice glass sunlight daylight "
        "nature everything nothing someone life silence laughter ocean sky earth god"
    )
)
"""What may begin a sentence without an article and is nobody's name."""

NO_MOVES = listed(
    "is was has frames framed captures captured shows sees looks faces films records reveals "
    "focuses sits watches observes stays remains holds rests ist zeigt sieht blickt filmt steht "
    "bleibt ruht hält"
)
"""What a camera can do without moving."""

NO_SETTINGS = listed(
    """
    rain snow fog mist wind distance background foreground frame picture image photo middle center
    centre front back air motion sequence style end beginning start moment time times way mood pace
    rhythm beat dress suit gown shirt uniform pose row line circle hurry slow soft left right speed
    once first last least other voice tone group pair love stil bild hintergrund vordergrund regen
    schnee nebel takt rhythmus ende anfang bildrand kreis reihe mitte stehen sitzen gehen laufen
    waves wave hand side same turn seconds second minutes hundred fly skateboard bike bicycle
    motorcycle motorbike scooter horse phone guitar piano violin drums drum screen own viewer key
    downbeat downbeats snare bass word words phrase phrases sentence sentences rad fahrrad motorrad
    pferd handy bildschirm gitarre klavier wort worten satz sätzen pausen pause pauses breath idea
    twenties thirties forties fifties sixties seventies eighties teens prime toe toes tiptoes
    topic weather politics it them us me you him story news hunt job
    """
)
"""What may follow 'in the' and is no place."""
