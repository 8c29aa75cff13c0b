"""Whether a word that may be a verb is one where it stands, and whether an unknown one is."""

from bot.domain.reading.language import Language
from bot.domain.reading.lexicon import Senses, closed, closed_german
from bot.domain.reading.senses import ACTIONS, SUBJECTS, Sense
from bot.domain.reading.words import Word

_SHORTEST = 4
_TWO = 2
_WITH = frozenset(("with", "in"))
_FAR = 40
_SHORTEST_SUBCLAUSE = 2
_LONGEST_NAME = 5
"""How many words a thing has with its article: a very old steam engine."""

_MANY_ENDS = ("en", "ern", "eln")
_GERMAN_ENDS = ("t", *_MANY_ENDS)
_WHO = frozenset(("that", "who", "which"))
_NATURAL = frozenset({Sense.PLACE, Sense.LANDSCAPE, Sense.LIGHT})
_FIRM = frozenset(("a", "an", "one", "each", "every"))
"""Behind one of these a noun is singular, so what ends in s behind it is a verb."""


def is_noun(place: int, words: tuple[Word, ...], found: list[Senses], language: Language) -> bool:
    """Whether a word that may be a verb is none here: the walk, soft light, das Lachen."""
    word, previous = words[place], _before(place, words)
    if language is Language.GERMAN:
        return word.is_capital and previous is not None
    if word.text in closed.NO_VERBS or _is_compound(place, words) or _is_counted(place, words):
        return True
    if ends_in_s(word.text) and _goes(place, words, closed.PARTICLES):
        return previous is not None and previous.text in closed.DETERMINERS - _WHO
    if previous is None or (word.text.endswith("ing") and word.text not in closed.PLAIN_ING):
        return word.text in closed.NOUNISH or _is_abstract(place, words)
    if previous.text in closed.DETERMINERS:
        return not (previous.text == "that" and ends_in_s(word.text))
    return word.text in closed.NOUNISH and not _has_subject(place, words, found)


def _is_counted(place: int, words: tuple[Word, ...]) -> bool:
    """Whether many things end in this s, and no verb does: three guards, with painted plates."""
    if not ends_in_s(words[place].text) or place < _TWO:
        return False
    first, before = words[place - 2], words[place - 1]
    if not first.clause == before.clause == words[place].clause:
        return False
    return before.text in closed.NUMBERS or (
        before.text.endswith("ed") and first.text in closed.PREPOSITIONS
    )


def _is_compound(place: int, words: tuple[Word, ...]) -> bool:
    """Whether a participle only names what a thing is for: a swimming pool, running shoes."""
    return words[place].text.endswith("ing") and _goes(place, words, closed.USED_FOR)


def is_unlisted(
    place: int, words: tuple[Word, ...], found: list[Senses], language: Language
) -> bool:
    """Whether an unknown word stands where a verb does: the girl slowly unpacks, er fegt."""
    text = words[place].text
    if len(text) < _SHORTEST or text[-1] not in "gstn" or text in closed.NO_VERBS:
        return False
    if language is Language.GERMAN:
        return _is_german_verb(place, words, found)
    if text.endswith("ing"):
        return len(text) > _SHORTEST + 1 and not _is_abstract(place, words)
    return ends_in_s(text) and _is_behind_subject(place, words, found)


def _is_behind_subject(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether somebody or something stands before a word in s: the girl slowly unpacks."""
    before = place - 1
    if words[before].text in _WHO or _goes_on(place, words, closed.OWNED):
        return True
    if _is_first(place, words) and _goes_on(place, words, closed.ONWARD):
        return True
    if words[before].text.endswith("ly") and before:
        before -= 1
    if found[before].isdisjoint(SUBJECTS):
        return _is_third_person(place, words, found)
    is_many = ends_in_s(words[before].text) and Sense.PRONOUN not in found[before]
    return words[before].text not in closed.POSSESSIVES and not is_many


def ends_in_s(text: str) -> bool:
    """Whether a word ends like the third person of a verb: runs; not: bus, dress."""
    return text.endswith("s") and not text.endswith(("ss", "us", "is"))


def _is_abstract(place: int, words: tuple[Word, ...]) -> bool:
    """Whether something is only felt or thought of: the feeling of losing someone."""
    before = words[max(0, place - 2) : place]
    return len(before) == 2 and before[1].text == "of" and before[0].text in closed.ABSTRACT


def _before(place: int, words: tuple[Word, ...]) -> Word | None:
    """The word before a place, if it is in the same sentence."""
    if not place or words[place - 1].sentence != words[place].sentence:
        return None
    return words[place - 1]


def _has_subject(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether the word before makes this one a verb: she waves, kids play, let it, and turns."""
    word, previous, senses = words[place], words[place - 1], found[place - 1]
    if previous.text in closed.HELPERS or previous.text in closed.SPEAKERS:
        return True
    if previous.text in closed.JOINERS:
        return _is_told(place, words, found)
    is_pair = any(before.text in closed.JOINERS for before in words[max(0, place - 4) : place - 1])
    is_many = previous.text.endswith("s") or Sense.GROUP in senses or is_pair
    if Sense.SEVERAL in senses:
        return True
    if not senses.isdisjoint(SUBJECTS):
        return word.text.endswith("s") or is_many
    if _is_behind_description(place, words, found):
        return True
    return previous.clause == word.clause and _is_thing_doing(place, words, found)


def _is_behind_description(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether it is said of somebody with something what they do: a man with gloves works in."""
    if not ends_in_s(words[place].text) or not _goes_on(place, words, closed.AFTER_VERBS):
        return False
    return any(
        words[at].text in _WITH
        and words[at].clause == words[place].clause
        and not found[at - 1].isdisjoint(SUBJECTS)
        for at in range(max(1, place - _LONGEST_NAME), place - 1)
    )


def _is_thing_doing(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether the thing before does this: wind ripples through the reeds, as bells swing."""
    word, previous, senses = words[place], words[place - 1], found[place - 1]
    is_many = ends_in_s(previous.text) or Sense.GROUP in senses
    is_single = ends_in_s(word.text)
    if previous.text in closed.FORCES or not senses.isdisjoint(_NATURAL):
        ways = (
            closed.AFTER_VERBS
            if previous.text in closed.FORCES or (place > 1 and words[place - 2].text in _FIRM)
            else closed.WAYS
        )
        goes_on = _goes_on(place, words, ways)
        return is_single is not is_many and (goes_on or (is_many and _begins_clause(place, words)))
    if not is_single:
        return is_many and _begins_clause(place, words)
    return _is_third_person(place, words, found)


def _is_told(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether something is done before in the sentence, so that and goes on with it."""
    for before in range(place - 1, max(-1, place - _FAR), -1):
        if words[before].sentence != words[place].sentence:
            return False
        if not found[before].isdisjoint(ACTIONS):
            return True
    return words[0].sentence == words[place].sentence and words[0].text in closed.JOINERS


def _begins_clause(place: int, words: tuple[Word, ...]) -> bool:
    """Whether many things open the clause, and this is what they do: as bells swing."""
    first = place - 1
    while first and words[first - 1].clause == words[place].clause:
        first -= 1
    before = [word.text for word in words[first:place]]
    is_short = len(before) <= _LONGEST_NAME and closed.PREPOSITIONS.isdisjoint(before)
    return is_short and (_ends(place, words) or _goes_on(place, words, closed.AFTER_VERBS))


def _is_third_person(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether a word in s is what a thing does: a candle gutters, the lake swallows the truck."""
    first = _article(place, words)
    if first is None or words[place].is_capital:
        return False
    is_looks = Sense.APPEARANCE in found[place - 1] and first == place - 2
    if is_looks and words[first].text != "a":
        return False
    if words[first].text in _FIRM:
        return _ends(place, words) or _goes_on(place, words, closed.AFTER_VERBS)
    if words[first - 1].text in closed.TURNS and first and _ends(place, words):
        return True
    return _goes_on(place, words, closed.WAYS | closed.DETERMINERS)


def _article(place: int, words: tuple[Word, ...]) -> int | None:
    """Where the name of a thing begins that ends before a place: a very old steam engine."""
    for first in range(place - 1, max(-1, place - _LONGEST_NAME - 1), -1):
        text = words[first].text
        is_behind = text in closed.PREPOSITIONS or text in closed.BETWEEN
        if is_behind or words[first].clause != words[place].clause:
            return None
        if text in closed.DETERMINERS or text in _FIRM:
            is_named = first and words[first - 1].text in closed.NAMERS
            return None if is_named or first == place - 1 else first
    return None


def _is_first(place: int, words: tuple[Word, ...]) -> bool:
    """Whether only a bare name stands before a word: steam train thunders past."""
    before = words[max(0, place - 4) : place]
    is_start = place <= 3 or before[0].sentence != words[place].sentence
    said = {word.text for word in before if word.clause == words[place].clause}
    return is_start and bool(said) and said.isdisjoint(closed.PREPOSITIONS | closed.JOINERS)


def _ends(place: int, words: tuple[Word, ...]) -> bool:
    """Whether a clause ends with this word."""
    return place + 1 == len(words) or words[place + 1].clause != words[place].clause


def _goes(place: int, words: tuple[Word, ...], after: frozenset[str]) -> bool:
    """Whether one of these words comes next in the clause."""
    is_last = place + 1 == len(words) or words[place + 1].clause != words[place].clause
    return not is_last and words[place + 1].text in after


def _goes_on(place: int, words: tuple[Word, ...], after: frozenset[str]) -> bool:
    """Whether one of these words, or how it is done, comes next in the clause."""
    if place + 1 == len(words) or words[place + 1].clause != words[place].clause:
        return False
    text = words[place + 1].text
    return text in after or text.endswith("ly")


def _ends_subclause(place: int, words: tuple[Word, ...]) -> bool:
    """Whether a German clause ends here with its verb: während Rauch aus dem Dach quillt."""
    if not _ends(place, words):
        return False
    first = place
    while first and place - first < _FAR and words[first - 1].clause == words[place].clause:
        first -= 1
    return place - first >= _SHORTEST_SUBCLAUSE and words[first].text in closed_german.SUBORDINATORS


def _is_german_verb(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    word, previous = words[place], words[place - 1]
    text = word.text
    if not text.endswith(_GERMAN_ENDS) or word.is_capital or text.startswith("ge"):
        return False
    if not found[place - 1].isdisjoint(SUBJECTS) and previous.text not in closed.POSSESSIVES:
        return True
    if text in closed_german.NO_VERBS:
        return False
    return _ends_subclause(place, words) or _is_second(place, words)


def _ends_in_manner(place: int, words: tuple[Word, ...]) -> bool:
    """Whether it is said behind a word how it does it: Glas zersplittert klirrend."""
    after = words[place + 1 : place + 2]
    return bool(after) and after[0].text.endswith("end") and not after[0].is_capital


def _goes_on_somehow(place: int, words: tuple[Word, ...]) -> bool:
    """Whether an adverb follows that says how: tuckert gemächlich."""
    after = words[place + 1 : place + 2]
    return bool(after) and (
        after[0].text in closed_german.HOW
        or (after[0].text.endswith(("lich", "sam", "los", "ig")) and not after[0].is_capital)
    )


def _is_personal(text: str) -> bool:
    """Whether a German word in t is hardly a participle or a quality: wabert; not: verziert."""
    return text.endswith("t") and not (
        text.startswith(closed_german.INSEPARABLE) or text.endswith(closed_german.QUALITIES)
    )


def _is_second(place: int, words: tuple[Word, ...]) -> bool:
    """Whether a German verb stands behind its subject and goes on: Rauch quillt aus dem Dach."""
    word, previous = words[place], words[place - 1]
    text = word.text
    if not (previous.is_capital or previous.clause < word.clause):
        return False
    begins = previous.clause != word.clause or previous.text in closed.JOINERS
    if begins and text.endswith("t"):
        return _goes_on(place, words, closed_german.OBJECTS | closed.DETERMINERS)
    first = place - 1
    while first and words[first - 1].clause == word.clause and place - first < _LONGEST_NAME:
        first -= 1
    opening = words[first]
    is_manner = _ends_in_manner(place, words)
    is_bare = opening is previous and _is_personal(text)
    if is_bare and _ends(place, words):
        return True
    starts = opening.text in closed_german.NOMINATIVES or (
        opening is previous and (text.endswith(_MANY_ENDS) or is_manner or is_bare)
    )
    if starts and is_manner:
        return True
    if starts and text.endswith("t") and place + 1 < len(words) and words[place + 1].is_capital:
        return words[place + 1].clause == word.clause
    return starts and (
        _goes_on(place, words, closed_german.AFTER_VERBS) or _goes_on_somehow(place, words)
    )
