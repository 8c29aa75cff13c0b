"""A prompt as the coach understands it: which senses occur where, and what the camera does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.reading import lexicon, sensing, spans
from bot.domain.reading.language import Language
from bot.domain.reading.lexicon import Senses
from bot.domain.reading.lexicon.closed import DETERMINERS
from bot.domain.reading.senses import MOVING, Sense
from bot.domain.reading.words import Word, Words, split

Places = Mapping[Sense, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A prompt read once; `senses` are those of each word, `at` says where each sense is."""

    text: str
    words: tuple[Word, ...]
    senses: tuple[Senses, ...]
    quoted: int
    count: int
    language: Language
    at: Places
    camera: frozenset[int]

    def has(self, *senses: Sense) -> bool:
        """Whether any of the senses occurs."""
        return any(sense in self.at for sense in senses)

    def places(self, senses: Iterable[Sense]) -> list[int]:
        """Where any of the senses occurs, in order and each place once."""
        return sorted({place for sense in senses for place in self.at.get(sense, ())})

    def before(self, place: int, steps: int = 1) -> str:
        """The word so many steps before a place in the same sentence, or nothing."""
        other = place - steps
        if other < 0 or self.words[other].sentence != self.words[place].sentence:
            return ""
        return self.words[other].text

    @property
    def is_understood(self) -> bool:
        """Whether the coach has words for this language."""
        return self.language is not Language.OTHER


def read(text: str) -> Reading:
    """Read a prompt; texts in languages without a vocabulary have no senses."""
    words = split(text)
    language, vocabulary = lexicon.choose([word.text for word in words.own], text)
    if vocabulary is None:
        return _reading(text, words, language, [lexicon.NOTHING] * len(words.own), frozenset())
    found = sensing.of_words(words.own, vocabulary, language)
    camera = spans.of_camera(words.own, found)
    for place in camera:
        if not found[place].isdisjoint(MOVING) and not _is_of_a_thing(place, words.own):
            found[place] -= MOVING
    return _reading(text, words, language, found, camera)


def _is_of_a_thing(place: int, words: tuple[Word, ...]) -> bool:
    """Whether a participle belongs to what is filmed: behind a speeding car."""
    return place > 0 and words[place].text.endswith("ing") and words[place - 1].text in DETERMINERS


def _reading(
    text: str, words: Words, language: Language, found: list[Senses], camera: frozenset[int]
) -> Reading:
    at: dict[Sense, list[int]] = defaultdict(list)
    for place, senses in enumerate(found):
        for sense in senses:
            at[sense].append(place)
    return Reading(
        text=text,
        words=words.own,
        senses=tuple(found),
        quoted=words.quoted,
        count=words.count,
        language=language,
        at={sense: tuple(places) for sense, places in at.items()},
        camera=camera,
    )
