"""How word lists become a vocabulary: the forms of a verb, phrases, beginnings and ends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.domain.reading.senses import Sense

Senses = frozenset[Sense]
Lists = Mapping[Sense, str]
Phrases = tuple[tuple[tuple[str, ...], Sense], ...]

NOTHING: Senses = frozenset()
_VOWELS = "aeiou"
_SHORTEST_STEM = 3
_TAIL = 3
_SHORTEST_NOUN = 4
_LAST_LETTERS = frozenset("sner")
_ENDINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"en": ("s", "es"), "de": ("s", "es", "n", "en", "e", "er")}
)
_HARD = ("t", "d", "ffn", "tm", "chn", "gn")
"""Stems that need an e before the next consonant: öffnet, redet."""

_THINGS = frozenset(
    {Sense.PLACE, Sense.PERSON, Sense.ANIMAL, Sense.LIGHT, Sense.LANDSCAPE, Sense.APPEARANCE}
    | {Sense.FACE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What a language's words mean to the coach.

    `phrases` are found by their first word; `starts` and `ends` are parts of long compounds,
    `heads` and `tails` the letters by which most other words are passed over quickly.
    """

    words: Mapping[str, Senses]
    phrases: Mapping[str, Phrases]
    starts: Mapping[str, Senses] = field(default_factory=dict)
    ends: Mapping[str, Senses] = field(default_factory=dict)
    sizes: tuple[int, ...] = ()
    tails: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()

    def senses_of(self, word: str) -> Senses:
        """What a word in small letters means; its parts decide if the whole is not listed."""
        known = self.words.get(word)
        if known is not None:
            return known
        if word[-_TAIL:] not in self.tails and word[:_TAIL] not in self.heads:
            return self._noun(word)
        for size in self.sizes:
            if size < len(word):
                parts = self.ends.get(word[-size:], NOTHING) | self.starts.get(word[:size], NOTHING)
                if parts:
                    return parts
        return self._noun(word)

    def _noun(self, word: str) -> Senses:
        """What the singular or the nominative of a thing means: kitchens, Jahrmarkts."""
        if word[-1:] not in _LAST_LETTERS:
            return NOTHING
        for ending in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_NOUN:
                senses = _THINGS & self.words.get(word.removesuffix(ending), NOTHING)
                if senses:
                    return senses
        return NOTHING

    def narrowed(self, senses: Senses) -> dict[str, Senses]:
        """The words that have any of these senses, things in all their cases, each with those."""
        forms = {
            word + ending: senses & _THINGS & known
            for word, known in self.words.items()
            if len(word) >= _SHORTEST_NOUN
            for ending in self.endings
            if word + ending not in self.words
        }
        plain = {word: senses & known for word, known in self.words.items()}
        return {word: left for word, left in {**forms, **plain}.items() if left}

    def joined(self, other: "Vocabulary") -> "Vocabulary":
        """Both vocabularies in one; a word has all its senses."""
        words = {
            word: self.words.get(word, NOTHING) | other.words.get(word, NOTHING)
            for word in {*self.words, *other.words}
        }
        phrases = {
            word: self.phrases.get(word, ()) + other.phrases.get(word, ())
            for word in {*self.phrases, *other.phrases}
        }
        return Vocabulary(
            words=words,
            phrases=phrases,
            starts={**self.starts, **other.starts},
            ends={**self.ends, **other.ends},
            sizes=tuple(sorted({*self.sizes, *other.sizes}, reverse=True)),
            tails=self.tails | other.tails,
            heads=self.heads | other.heads,
            endings=tuple(dict.fromkeys((*self.endings, *other.endings))),
        )


def build(
    *,
    words: Sequence[Lists],
    verbs: Mapping[str, Lists],
    phrases: Sequence[Lists],
    starts: Lists | None = None,
    ends: Lists | None = None,
) -> Vocabulary:
    """The vocabulary of word lists; `verbs` are by language, whose forms are made here."""
    plain = _gathered([*words, *phrases])
    persons = [word for word, senses in plain.items() if Sense.PERSON in senses]
    inflected = [
        (form, Sense.PERSON)
        for language in verbs
        for person in persons
        for form in plurals(person, language)
    ]
    for language, lists in verbs.items():
        for sense, listed in lists.items():
            for verb in listed.split():
                inflected += _inflected(verb, sense, language)
    for form, sense in inflected:
        plain[form] = plain.get(form, NOTHING) | {sense}
    first, last = _gathered([starts or {}]), _gathered([ends or {}])
    return Vocabulary(
        words=plain,
        phrases=_phrases([*phrases, *words]),
        starts=first,
        ends=last,
        sizes=tuple(sorted({len(part) for part in (*first, *last)}, reverse=True)),
        tails=frozenset(part[-_TAIL:] for part in last),
        heads=frozenset(part[:_TAIL] for part in first),
        endings=tuple(ending for language in verbs for ending in _ENDINGS[language]),
    )


def _inflected(verb: str, sense: Sense, language: str) -> Iterator[tuple[str, Sense]]:
    if language == "en":
        yield from ((form, sense) for form in english(verb))
        yield from ((form, Sense.ED) for form in regular_past(verb))
    else:
        yield from ((form, sense) for form in german(verb))
        yield from ((form, Sense.PAST) for form in german_past(verb))


def _gathered(many: Sequence[Lists]) -> dict[str, Senses]:
    seen: dict[str, Senses] = {}
    for lists in many:
        for sense, listed in lists.items():
            alone = listed.split(",") if "," in listed else listed.split()
            for word in map(str.strip, alone):
                if not {" ", "-"} & set(word):
                    seen[word] = seen.get(word, NOTHING) | {sense}
    return seen


def _phrases(many: Sequence[Lists]) -> dict[str, Phrases]:
    found: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for lists in many:
        for sense, listed in lists.items():
            for phrase in _several(listed):
                first, *rest = phrase
                if rest:
                    found.setdefault(first, []).append((tuple(rest), sense))
    return {first: tuple(rests) for first, rests in found.items()}


def _several(listed: str) -> Iterator[list[str]]:
    """Phrases between commas; in a list of words, those with a hyphen are phrases."""
    if "," in listed:
        yield from (phrase.split() for phrase in listed.split(","))
    else:
        yield from (word.split("-") for word in listed.split() if "-" in word)


def plurals(noun: str, language: str) -> Iterator[str]:
    """What a noun for a person can end in: dancers, babies, firemen; Pianisten, Lehrerinnen."""
    yield noun + "s"
    if language == "en":
        yield noun + "es"
        if noun.endswith("y"):
            yield noun[:-1] + "ies"
        if noun.endswith("man"):
            yield noun[:-3] + "men"
        if noun.endswith(("f", "fe")):
            yield noun.removesuffix("e")[:-1] + "ves"
        return
    yield noun + "n"
    yield noun + "en"
    if noun.endswith("in"):
        yield noun + "nen"


def english(verb: str) -> Iterator[str]:
    """The present forms of an English verb: walk, walks, walking."""
    yield verb
    consonant_y = verb.endswith("y") and verb[-2] not in _VOWELS
    if consonant_y:
        yield verb[:-1] + "ies"
    elif verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield verb + "es"
    else:
        yield verb + "s"
    if verb.endswith("ie"):
        yield verb[:-2] + "ying"
    elif verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        yield verb[:-1] + "ing"
    else:
        yield verb + "ing"
        if _doubles(verb):
            yield verb + verb[-1] + "ing"


def regular_past(verb: str) -> Iterator[str]:
    """The regular past of an English verb: walked, cried, stopped."""
    if verb.endswith("e"):
        yield verb + "d"
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        yield verb[:-1] + "ied"
    else:
        yield verb + "ed"
        if _doubles(verb):
            yield verb + verb[-1] + "ed"


def _doubles(verb: str) -> bool:
    return (
        len(verb) >= _SHORTEST_STEM
        and verb[-1] not in "aeiouwxyh"
        and verb[-2] in _VOWELS
        and verb[-3] not in _VOWELS
    )


def german_past(verb: str) -> Iterator[str]:
    """The regular past of a German verb: baute, bauten; strong verbs are listed."""
    stem = verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")
    link = "e" if stem.endswith(_HARD) else ""
    yield stem + link + "te"
    yield stem + link + "ten"


def german(verb: str) -> Iterator[str]:
    """The present forms of a German verb, from its infinitive: gehen, geht, gehe, gehend(e)."""
    yield verb
    stem = verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")
    link = "e" if stem.endswith(_HARD) else ""
    yield stem + link + "t"
    yield stem + "e"
    for ending in ("", "e", "er", "en", "es", "em"):
        yield verb + "d" + ending
