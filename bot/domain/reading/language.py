"""Which language a prompt is in, by its small words; the coach reads English and German."""

from collections.abc import Sequence
from enum import StrEnum

from bot.domain.reading.lists import listed


class Language(StrEnum):
    """A language the coach has words for, a mixture of both, or none of them."""

    ENGLISH = "en"
    GERMAN = "de"
    MIXED = "mixed"
    OTHER = "other"


SMALL_ENGLISH = listed("""
    the a an and of with to is are his her she he it its their they as at on by from into while
    for that this there who which slowly then over through under behind between around across
    toward towards up down out off my your i you we make makes not without some very
    something just like but
    """)
SMALL_GERMAN = listed("""
    der die das den dem des ein eine einen einem einer eines und mit ist sind im auf von vom zu
    zum zur sich er sie ihr ihre ihren ihrem seine seinen seinem aus bei nach vor über unter durch
    während wie auch nicht als dann langsam hinter neben zwischen wird werden für noch mein meine
    ich wir
    """)
_OTHERS = tuple(
    frozenset(words.split())
    for words in (
        "le la les un une des du de et à dans sur avec qui est son sa ses elle il au aux pour par",
        "el la los las un una de del y en con por que se su sus al es mientras para como sobre",
        "il lo la gli le un una uno di del della e con che si su nel nella alla al sono mentre",
        "o a os as um uma de do da dos das e em no na nos nas com que se ao à por seu sua enquanto",
        "de het een en van met op zijn haar naar terwijl die dat voor door bij uit langzaam",
        "en ett och på med är av som den det till hon han mot över sig genom medan i",
        "w z na do i się jest po przez od za nad pod oraz który która kobieta mężczyzna",
        "bir ve bu ile için gibi çok olan içinde üzerinde kadın adam",  # noqa: RUF001 -- Turkish
        "og på med er et som til hun han mot over seg gjennom mens ved",
        "egy az és egyik hogy nő férfi ban ben",
        "v na se je po za s z do od který která žena muž a",
        "ja on se kun hän nainen mies sekä",
        "dan yang di dengan seorang ke dari sebuah wanita pria",
    )
)
_FOREIGN = frozenset("ñãõåøæłąęśżźćńőűğışçìòùêôûîčřěůžțșăđ¿¡")
_BORROWED = 0.3
_AFTER_LATIN = "\u0250"
_THAI = "\u0e00"


def _index() -> dict[str, tuple[int, ...]]:
    """For each small word the numbers of the languages it belongs to."""
    found: dict[str, list[int]] = {}
    for number, words in enumerate((SMALL_ENGLISH, SMALL_GERMAN, *_OTHERS)):
        for word in words:
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


_SMALL_WORDS = _index()


def detect(words: Sequence[str], text: str) -> Language | None:
    """The language of words in small letters; None if no small word tells."""
    if not _is_latin(text):
        return Language.OTHER
    counts = [0] * (len(_OTHERS) + 2)
    for word in words:
        for number in _SMALL_WORDS.get(word, ()):
            counts[number] += 1
    english, german, *others = counts
    foreign = max(others)
    if not text.isascii():
        foreign += sum(not _FOREIGN.isdisjoint(word) for word in words if not word.isascii())
    best = max(english, german)
    if foreign > best and (best or foreign > 1):
        return Language.OTHER
    if foreign >= best:
        return None
    if min(english, german) > _BORROWED * best:
        return Language.MIXED
    return Language.ENGLISH if english > german else Language.GERMAN


def has_foreign_word(words: Sequence[str]) -> bool:
    """Whether a small word of a language without a vocabulary occurs."""
    return any(number > 1 for word in words for number in _SMALL_WORDS.get(word, ()))


def _is_latin(text: str) -> bool:
    """Whether most letters are Latin ones (emoji and digits do not count)."""
    foreign = [letter for letter in text if letter >= _AFTER_LATIN and letter.isalpha()]
    return not foreign or 2 * len(foreign) <= sum(map(str.isalpha, text))


def has_countable_words(text: str) -> bool:
    """Whether words stand between spaces, as they do not in Chinese, Japanese or Thai."""
    unspaced = [
        letter
        for letter in text
        if letter >= _THAI and ("\u0e00" <= letter <= "\u0eff" or letter >= "\u2e80")
    ]
    letters = sum(map(str.isalpha, unspaced))
    return not letters or 3 * letters < sum(map(str.isalpha, text))
