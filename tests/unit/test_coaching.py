import re

import pytest

from bot.domain.coach import rules
from bot.domain.coach.findings import Rule
from bot.domain.craft.parts import Part
from cogs.ui import coaching
from tests.corpus import prompts


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_has_a_sentence_that_reads_well(rule: Rule) -> None:
    sentence = coaching.ADVICE[rule]
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "  " not in sentence
    assert len(sentence) <= 200
    plain = re.sub(r"\{\w+\}", "", sentence.lower())
    assert not re.search(r"\b(prompt|token|frame|clip|model|micro|parameter)s?\b", plain)


def test_every_finding_has_the_facts_its_sentence_needs() -> None:
    told = set()
    for example in prompts.everything():
        for finding in rules.review(example.prompt, example.context):
            sentence = coaching.advice(finding)
            assert "{" not in sentence
            told.add(finding.rule)
    assert told == set(Rule)


def test_what_was_added_is_said_in_one_sentence() -> None:
    assert coaching.added(()) == ""
    assert coaching.added((Part.LIGHT,)) == "Talkie added: the light."
    assert coaching.added((Part.LIGHT, Part.CAMERA, Part.SOUND)) == (
        "Talkie added: the light, the camera and the sound."
    )
    assert set(coaching.PARTS) == set(Part)
