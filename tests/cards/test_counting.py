"""One of a thing is never said to be many: "1 credit", however the sentence comes about."""

import re

import pytest

from bot.errors import Code
from bot.services.foretelling import Foretold
from cogs.ui import answers, coaching, counting, refusals, statements, texts, workbench_texts

NOUNS = "channel character credit day line message move portrait role second video vote word"
MANY_OF_ONE = re.compile(rf"\b1 (?:\w+ )?(?:{'|'.join(NOUNS.split())})s\b")
ONE = Foretold(credits=1, available=1, is_most=False)
UNKNOWN = Foretold(credits=None, available=1, is_most=False)
TEMPLATES: dict[str, str] = {
    **{str(code): said for code, said in refusals.REFUSALS.items()},
    **{str(rule): said for rule, said in coaching.ADVICE.items()},
}


@pytest.mark.parametrize("which", list(TEMPLATES))
def test_a_sentence_that_tells_of_one_thing_has_it_in_the_singular(which: str) -> None:
    template = TEMPLATES[which]
    facts = dict.fromkeys(re.findall(r"{(\w+)", template), 1)
    assert not MANY_OF_ONE.search(counting.fill(template, facts))


@pytest.mark.parametrize(
    "said",
    [
        answers.price(ONE),
        answers.price(UNKNOWN),
        statements.granted(1),
        texts.cost(1, 1),
        texts.place(1),
        texts.render(1, 1),
        workbench_texts.counted(1),
        workbench_texts.price(UNKNOWN),
    ],
)
def test_one_credit_is_one_credit(said: str) -> None:
    assert "1" in said
    assert not MANY_OF_ONE.search(said)


def test_a_number_without_a_noun_is_shown_as_it_is() -> None:
    shown = counting.fill("{a} {b} {c:second} {d:second}", {"a": 7, "b": 2.5, "c": 2.0, "d": 1.0})
    assert shown == "7 2.5 2 seconds 1 second"


@pytest.mark.parametrize(("charge", "said"), [(0, "nothing."), (1, "1 credit."), (5, "5 credits.")])
def test_what_throwing_away_costs_is_said_in_words(charge: int, said: str) -> None:
    told = refusals.sentence(Code.JOB_STARTED, {"job": 7, "charge": charge})
    assert told.endswith(f"that costs {said}")
