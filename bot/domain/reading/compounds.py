"""Words for people that only name a thing: a police car, a vacuum cleaner, a statue of a king."""

from itertools import pairwise

from bot.domain.reading.language import Language
from bot.domain.reading.lexicon import Senses, closed
from bot.domain.reading.lists import listed
from bot.domain.reading.senses import Sense
from bot.domain.reading.words import Word

_HEADS = listed(
    "car cars van vans bus truck boat boats helmet helmets hat hats cap caps costume costumes "
    "uniform uniforms jacket boots badge statue statues figurine figurines doll dolls puppet "
    "puppets poster posters mural murals sticker stickers toy toys station stations cabin hut "
    "chair chairs hall school siren sirens logo movie game games soundtrack balloon balloons "
    "crab crabs penguin penguins bee bees ant ants cobra cradle crib carriage stroller"
)
"""What somebody's name may stand before and nobody does: vehicles, clothes, likenesses, toys."""

_PARTS = listed(
    "vacuum steam pressure carpet blade table lawn hedge pipe drain rice toaster record action "
    "scale data garden disk tape barcode grass"
)
"""What stands before the name of a machine that sounds like a trade: a rice cooker."""

_MACHINES = listed(
    "cleaner cleaners runner runners cooker cookers mower cutter cutters trimmer reader readers "
    "recorder gnome gnomes player players figure figures model models"
)
_LIKENESSES = listed(
    "statue statues sculpture bust mural murals painting paintings poster posters fresco mosaic "
    "figurine figurines tapestry drawing cutout cardboard decorated adorned painted carved "
    "engraved embroidered"
)
_OF = listed("of with")
_REACH = 4


def forget(words: tuple[Word, ...], found: list[Senses], language: Language) -> None:
    """Take the sense of a person from words that only name a thing."""
    if language is Language.GERMAN:
        return
    for place, word in enumerate(words):
        if Sense.PERSON in found[place] and (
            _names_a_thing(place, words)
            or _is_machine(place, words)
            or _is_likeness(place, words, word)
        ):
            found[place] -= {Sense.PERSON}


def _names_a_thing(place: int, words: tuple[Word, ...]) -> bool:
    """Whether a thing is called after somebody: a cowboy hat; not: the cowboy's hat."""
    word = words[place]
    if word.stop - word.start != len(word.text) or place + 1 == len(words):
        return False
    after = words[place + 1]
    return after.text in _HEADS and after.clause == word.clause


def _is_machine(place: int, words: tuple[Word, ...]) -> bool:
    """Whether a machine does this work: a vacuum cleaner."""
    word = words[place]
    return (
        place > 0
        and word.text in _MACHINES
        and words[place - 1].text in _PARTS
        and word.start - words[place - 1].stop == 1
    )


def _is_likeness(place: int, words: tuple[Word, ...], word: Word) -> bool:
    """Whether somebody is only carved or painted: a statue of a king, decorated with angels."""
    near = [
        other.text
        for other in words[max(0, place - _REACH) : place]
        if other.sentence == word.sentence and other.clause == word.clause
    ]
    return any(
        one in _LIKENESSES and two in _OF and closed.POSSESSIVES.isdisjoint(near)
        for one, two in pairwise(near)
    )
