"""Speaking that is told by a noun: gives a sermon, hält eine kurze Rede."""

from bot.domain.reading.lexicon import Senses
from bot.domain.reading.lists import listed
from bot.domain.reading.senses import Sense
from bot.domain.reading.words import Word

_GIVING = listed(
    "give gives giving deliver delivers delivering make makes making offer "
    "offers propose proposes proposing improvise improvises recite recites reciting recount "
    "recounts perform performs performing read reads reading say says saying hält halten gibt "
    "geben spricht trägt liest rezitiert"
)
_SPEECHES = listed(
    "speech speeches sermon lecture talk toast eulogy presentation monologue address announcement "
    "testimony statement briefing interview poem verse vow vows prayer oath homily tirade rant "
    "confession explanation apology compliment verdict rede predigt vortrag ansprache trinkspruch "
    "interview monolog gedicht gebet grabrede vorlesung erklärung urteil"
)
_REACH = 4
_ORDERING = listed("order orders ordering call calls calling ruft rufen bestellt bestellen")
_ANY = listed("a an another some two three ein eine einen zwei drei")


def add(words: tuple[Word, ...], found: list[Senses]) -> None:
    """Say of a verb that somebody speaks where a speech is what is given."""
    for place, word in enumerate(words):
        if word.text in _ORDERING and Sense.SPEECH in found[place]:
            if _is_for_a_thing(place, words, found):
                found[place] = found[place] - {Sense.SPEECH} | {Sense.DEED}
        elif word.text in _GIVING:
            after = words[place + 1 : place + 1 + _REACH]
            if any(other.text in _SPEECHES and other.clause == word.clause for other in after):
                found[place] |= {Sense.SPEECH}


def _is_for_a_thing(place: int, words: tuple[Word, ...], found: list[Senses]) -> bool:
    """Whether a thing is ordered, and nobody told anything: orders a drink, ruft ein Taxi."""
    after = words[place + 1 : place + 1 + _REACH]
    return (
        bool(after)
        and after[0].text in _ANY
        and not any(Sense.PERSON in found[place + 1 + at] for at in range(len(after)))
    )
