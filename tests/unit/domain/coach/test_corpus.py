"""The coach measured with prompts whose findings a person wrote down."""

import sys
from collections import Counter

import pytest

from bot.domain.coach import rules
from bot.domain.coach.findings import Rule, Severity
from bot.domain.reading import words
from bot.domain.reading.words import split
from tests.corpus import prompts
from tests.corpus.prompts import Example

FLOOR = 0.9
EVERYTHING = prompts.everything()


def found(example: Example) -> set[Rule]:
    return {finding.rule for finding in rules.review(example.prompt, example.context)}


def test_precision_and_recall_of_each_rule_are_above_the_floor() -> None:
    hits, alarms, misses = Counter[Rule](), Counter[Rule](), Counter[Rule]()
    for example in EVERYTHING:
        told = found(example)
        hits.update(told & example.expected)
        alarms.update(told - example.expected)
        misses.update(example.expected - told)
    assert weak(hits, alarms, misses) == []


def test_each_rule_tells_what_breaks_it_from_what_only_looks_like_it() -> None:
    hits, alarms, misses = Counter[Rule](), Counter[Rule](), Counter[Rule]()
    for one in prompts.likenesses():
        told = {finding.rule for finding in rules.review(one.prompt, one.context)}
        hits[one.rule] += one.rule in told and one.is_broken
        alarms[one.rule] += one.rule in told and not one.is_broken
        misses[one.rule] += one.rule not in told and one.is_broken
    assert sum((hits + alarms + misses).values()) >= 250
    assert weak(hits, alarms, misses) == []


def weak(hits: Counter[Rule], alarms: Counter[Rule], misses: Counter[Rule]) -> list[Rule]:
    """The rules below the floor; the figures of all that were tried are printed."""
    lines = [f"{'rule':20}{'expected':>9}{'precision':>11}{'recall':>8}"]
    below = []
    for rule in Rule:
        expected = hits[rule] + misses[rule]
        if not expected + alarms[rule]:
            continue
        precision = hits[rule] / max(1, hits[rule] + alarms[rule])
        recall = hits[rule] / max(1, expected)
        lines.append(f"{rule:20}{expected:9}{precision:11.2f}{recall:8.2f}")
        if min(precision, recall) < FLOOR:
            below.append(rule)
    sys.stdout.write("\n".join([*lines, ""]))
    return below


def test_the_corpus_is_large_and_has_every_rule() -> None:
    assert len(EVERYTHING) >= 120
    assert {rule for example in EVERYTHING for rule in example.expected} == set(Rule)
    assert len({example.prompt for example in EVERYTHING}) > 0.9 * len(EVERYTHING)


@pytest.mark.parametrize("name", prompts.BATCHES)
def test_a_better_version_is_stable_and_keeps_the_words_of_the_member(name: str) -> None:
    wrong = [example.prompt for example in prompts.batch(name) if not is_kept(example)]
    assert wrong == []


def is_kept(example: Example) -> bool:
    """Whether the better version is final, breaks no new rule and lost no word unannounced."""
    before = rules.review(example.prompt, example.context)
    better = rules.improve(example.prompt, example.context)
    again = rules.improve(better.prompt, example.context)
    left = {finding.rule for finding in rules.review(better.prompt, example.context)}
    is_cut = Rule.TOO_LONG in better.applied
    # Fills are sentences, not padding: a prompt may still be short, but nothing is missing.
    is_better = left & set(better.applied) <= {Rule.TOO_SHORT} and (
        is_cut or left <= {finding.rule for finding in before}
    )
    if is_cut:
        is_whole = words.count(better.prompt) <= 200
    else:
        named = {
            word.text
            for finding in before
            for word in split(str(finding.facts.get("words", ""))).own
        }
        said = Counter(word.text for word in split(example.prompt).own)
        lost = said - Counter(word.text for word in split(better.prompt).own)
        is_short_enough = len(better.prompt) <= 4_000 or better.prompt == example.prompt
        is_whole = set(lost) <= named and is_short_enough
    return again.prompt == better.prompt and not again.applied and is_better and is_whole


def test_a_good_prompt_is_left_alone() -> None:
    good = [example for example in EVERYTHING if not example.expected and len(example.prompt) > 200]
    assert len(good) >= 20
    for example in good:
        assert rules.improve(example.prompt, example.context).prompt == example.prompt


def test_what_will_fail_comes_first() -> None:
    order = [Severity.WILL_FAIL, Severity.WEAK, Severity.HINT]
    for example in EVERYTHING:
        told = [finding.severity for finding in rules.review(example.prompt, example.context)]
        assert told == sorted(told, key=order.index)
