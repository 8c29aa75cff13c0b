"""What each word of a prompt means where it stands: verb or noun, phrase, part of a face."""

from types import MappingProxyType

from bot.domain.reading import compounds, lexicon, speeches, verbs
from bot.domain.reading.language import Language
from bot.domain.reading.lexicon import Senses, Vocabulary, closed, closed_german
from bot.domain.reading.lists import listed
from bot.domain.reading.senses import ACTIONS, MOVES, MOVING, SUBJECTS, Sense
from bot.domain.reading.words import Word

_HEAR = frozenset(("hören", "hört", "hörbar"))
_GAP = 2
_SHORTEST_VERB = 4
_VERB_ENDS = ("t", "en", "end")
_REACH = 3
_FAR = 14
_AIMED = listed("with mit on at in to auf onto into toward towards around near from an in")
"""Behind one of these a face is looked at and does nothing itself."""

_OF_SOMEBODY = frozenset(
    {Sense.DEED, Sense.STATIVE, Sense.SPEECH, Sense.SONG, Sense.MICRO, Sense.CUE}
)
_VOICED = MOVING | {Sense.SPEECH, Sense.SONG}
_CAMERA_WORK = MOVES | {Sense.CAMERA, Sense.FAST_MOVE, Sense.MOVE}
_THINGS = frozenset(
    {Sense.STATIVE, Sense.PLACE, Sense.LANDSCAPE, Sense.PERSON, Sense.ANIMAL, Sense.APPEARANCE}
)
_NOT_OF_FILM = MOVING | {Sense.PLACE, Sense.LANDSCAPE}
_DONE = frozenset({Sense.DEED})
_DOUBTFUL = frozenset({Sense.ANIMAL})
"""A name some verbs share: it bears fruit, he ducks the blow."""

_FILM = frozenset(
    {Sense.CAMERA, Sense.SHOT, Sense.CLOSE, Sense.WIDE, Sense.LOOK, Sense.LIGHT, Sense.SOUND}
    | {Sense.STILL, Sense.SHAKE}
    | MOVES
)

_FILM_WORDS = MappingProxyType(lexicon.ENGLISH.narrowed(_FILM))
"""German prompts borrow these from English."""


def of_words(words: tuple[Word, ...], vocabulary: Vocabulary, language: Language) -> list[Senses]:
    """What each word means where it stands."""
    found: list[Senses] = []
    previous: Word | None = None
    for word in words:
        if previous is not None and previous.sentence != word.sentence:
            previous = None
        senses = vocabulary.senses_of(word.text)
        if language is Language.GERMAN:
            senses = _of_german(word, senses)
        if not senses.isdisjoint(ACTIONS):
            senses = _of_deed(senses, words, found, language)
        elif (
            previous is not None
            and senses.isdisjoint(_THINGS)
            and verbs.is_unlisted(len(found), words, found, language)
        ):
            senses |= _DONE
        found.append(senses)
        previous = word
    _add_phrases(words, vocabulary, found)
    if language is Language.GERMAN:
        _add_separated(words, vocabulary, found)
    else:
        _add_names(words, found)
        _add_chained(words, vocabulary, found)
    compounds.forget(words, found, language)
    speeches.add(words, found)
    _add_faces(words, found, language)
    return found


def _of_german(word: Word, senses: Senses) -> Senses:
    """German film words may be English ones; a sound is a noun: Rauschen, not rauschen."""
    if not senses:
        return _FILM_WORDS.get(word.text) or _of_stem(word)
    if Sense.SOUND in senses and not word.is_capital and word.text not in _HEAR:
        return senses - {Sense.SOUND}
    return senses


def _of_deed(
    senses: Senses, words: tuple[Word, ...], found: list[Senses], language: Language
) -> Senses:
    """What is left of a deed where it is a noun, or where a thing does it: the wind whispers."""
    place = len(found)
    text = words[place].text
    if verbs.is_noun(place, words, found, language):
        left = senses - (MOVING if text not in closed.NOISES else _VOICED)
        return left - {Sense.CUE} if text in closed.NOUNISH and text not in closed.BODY else left
    beside = words[max(0, place - 1) : place + 2 : 2]
    if any(word.text in closed.HUMMING for word in beside) or (
        text in closed.NOISES and _are_things(place, words, found)
    ):
        return senses - {Sense.SPEECH, Sense.SONG}
    return senses


def _are_things(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether things stand before a noise they make, or a limb: valves hiss, her chin snaps."""
    if not place or words[place - 1].clause != words[place].clause:
        return False
    if not found[place - 1].isdisjoint({Sense.FACE, Sense.CUE}):
        return True
    if words[place - 1].text in closed.FORCES or f"{words[place - 1].text}s" in closed.FORCES:
        return True
    return words[place - 1].text.endswith("s") and found[place - 1].isdisjoint(SUBJECTS)


def _of_stem(word: Word) -> Senses:
    """A German verb means what it means without its first half: runterfährt, hochspringen."""
    if word.is_capital or not word.text.endswith(_VERB_ENDS):
        return lexicon.NOTHING
    if not word.text.startswith(closed_german.PREFIXES):
        return lexicon.NOTHING
    for first in closed_german.PREFIXES:
        if word.text.startswith(first) and len(word.text) >= len(first) + _SHORTEST_VERB:
            return MOVING & lexicon.GERMAN.senses_of(word.text.removeprefix(first))
    return lexicon.NOTHING


def _add_phrases(words: tuple[Word, ...], vocabulary: Vocabulary, found: list[Senses]) -> None:
    for place, word in enumerate(words):
        phrases = vocabulary.phrases.get(word.text)
        if phrases is None or place + 1 == len(words):
            continue
        after = words[place + 1].text
        skipped, manner = 0, ""
        if after in closed.MANNERS and place + 2 < len(words):
            skipped, manner = 1, after
            after = words[place + 2].text
        for rest, sense in phrases:
            if (rest[0] == after and _follow(words, place, rest, skipped)) or (
                skipped and rest[0] == manner and _follow(words, place, rest)
            ):
                found[place] |= {sense}
                if sense is Sense.LOOK:
                    _forget_things(range(place, place + len(rest) + 1), found)


def _forget_things(phrase: range, found: list[Senses]) -> None:
    """The field in a depth of field is none, and nothing flares in a lens flare."""
    for place in phrase:
        found[place] -= _NOT_OF_FILM


def _add_faces(words: tuple[Word, ...], found: list[Senses], language: Language) -> None:
    """Whatever a part of the face does is a small motion: brows lift, purses her lips."""
    for place, senses in enumerate(found):
        if Sense.FACE in senses and _is_somebodys(place, words):
            reach = 8 if language is Language.GERMAN else _REACH
            clause = words[place].clause
            if _is_set(place, words):
                found[place] = senses | {Sense.MICRO}
            around = (*range(place - 1, max(-1, place - reach - 1), -1), *_after(place, words))
            if any(
                words[at].clause == clause
                and not found[at].isdisjoint(MOVING | {Sense.CUE})
                and found[at].isdisjoint(_CAMERA_WORK)
                and Sense.FACE not in found[at]
                for at in around
            ):
                found[place] = senses | {Sense.MICRO}


def _is_set(place: int, words: tuple[Word, ...]) -> bool:
    """Whether a part of a face opens a clause and is held so: brows furrowed, lips pursed."""
    opens = place == 0 or words[place - 1].clause != words[place].clause
    after = words[place + 1 : place + 2]
    return (
        opens
        and bool(after)
        and after[0].clause == words[place].clause
        and after[0].text.endswith("ed")
        and after[0].text != "closed"
    )


def _after(place: int, words: tuple[Word, ...]) -> range:
    return range(place + 1, min(len(words), place + _REACH + 1))


def _is_somebodys(place: int, words: tuple[Word, ...]) -> bool:
    """Whether a part of a face can do something here: her eyes; not: with brown eyes."""
    if place == 0 or words[place - 1].clause != words[place].clause:
        return True
    first = place - 1
    if words[first].text not in closed.POSSESSED and first:
        first -= 1
    return words[first].text in closed.POSSESSED and (
        first == 0 or words[first - 1].text not in _AIMED
    )


def _add_names(words: tuple[Word, ...], found: list[Senses]) -> None:
    """A name is a person who does what only somebody does: Maria stands at the sink."""
    for place, word in enumerate(words[:-1]):
        after = words[place + 1]
        if (
            word.is_capital
            and not found[place]
            and after.clause == word.clause
            and verbs.ends_in_s(after.text)
            and not found[place + 1].isdisjoint(_OF_SOMEBODY)
            and Sense.FLOW not in found[place + 1]
            and not word.text.endswith(("s", "ing"))
            and word.text not in lexicon.THINGS
            and (place == 0 or words[place - 1].sentence != word.sentence)
        ):
            found[place] = frozenset({Sense.PERSON})


def _add_chained(words: tuple[Word, ...], vocabulary: Vocabulary, found: list[Senses]) -> None:
    """English verbs that go on with a subject, known or not: she sits, downloads the files."""
    told = chained = -1
    for place, word in enumerate(words):
        if not found[place].isdisjoint(ACTIONS):
            chained = word.clause if told == word.sentence and _begins(place, words) else chained
            told = word.sentence
        elif told == word.sentence and _may_go_on(place, words, found):
            is_after_another = place > 0 and chained == words[place - 1].clause
            if _takes_object(place, words, found) or (
                is_after_another and not vocabulary.senses_of(word.text).isdisjoint(ACTIONS)
            ):
                found[place] |= _DONE
                chained = word.clause


def _may_go_on(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether a word in s opens a clause and is nobody and nothing the coach knows."""
    text = words[place].text
    return (
        verbs.ends_in_s(text)
        and len(text) >= _SHORTEST_VERB
        and (not found[place] or found[place] <= _DOUBTFUL)
        and _begins(place, words)
        and text not in closed.NO_VERBS
        and text not in closed.DETERMINERS
    )


def _takes_object(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether somebody or something follows that this is done to: adds tomatoes, tosses them."""
    if place + 1 == len(words) or words[place + 1].start - words[place].stop != 1:
        return False
    after = words[place + 1].text
    if after in closed.DETERMINERS or after in closed.PREPOSITIONS or after in closed.OWNED:
        return True
    is_behind_comma = words[place - 1].clause != words[place].clause
    is_plain = found[place + 1].isdisjoint(_VOICED) and not after.endswith(("ing", "ed"))
    return is_behind_comma and is_plain and after not in closed.JOINERS | closed.BETWEEN


def _begins(place: int, words: tuple[Word, ...]) -> bool:
    """Whether a word stands first in its clause, or behind its and or then."""
    before = words[place - 1]
    return before.clause != words[place].clause or before.text in closed.JOINERS


def _add_separated(words: tuple[Word, ...], vocabulary: Vocabulary, found: list[Senses]) -> None:
    """German verbs whose second half ends the clause: liest ... die Meldungen vor."""
    for place, word in enumerate(words):
        is_last = place + 1 == len(words) or words[place + 1].clause != word.clause
        if not is_last or word.text not in closed_german.SEPARABLE:
            continue
        for first in range(place - 1, max(-1, place - _FAR), -1):
            if words[first].clause != word.clause:
                break
            for rest, sense in vocabulary.phrases.get(words[first].text, ()):
                if rest == (word.text,):
                    found[first] |= {sense}


def _follow(words: tuple[Word, ...], place: int, rest: tuple[str, ...], skipped: int = 0) -> bool:
    """Whether these words follow, with nothing but a space or a hyphen between them."""
    if place + skipped + len(rest) >= len(words):
        return False
    for at, part in enumerate(rest, place + skipped + 1):
        if words[at].text != part or words[at].start - words[at - 1].stop > _GAP:
            return False
    return True
