"""Texts that were made to trouble a reader: long, strange, or both."""

import pytest

from bot.domain.coach import rules
from bot.domain.coach.findings import Rule, Severity
from bot.domain.context import Context
from bot.domain.reading.language import Language
from bot.domain.reading.reader import read
from bot.domain.shapes import Shape
from storage.records import Mode

LONG = 10_000
PIECES = [
    *("a", " ", ".", "…", ",", ":", '"', "“", "„", "'", "(", "[*_", "-", "\n", "\t", "a:", "a: "),
    *("a.", "Camera: ", "and ", "und ", "camera ", "the camera ", "the camera pans ", "pan "),
    *("zoom in and ", "die Kamera ", "liest vor ", "she ", "she nods ", "her eyes ", "will "),
    *("talks fast ", "fast ", "a, b, ", "in the ", "no ", "was ", "wird ", "en ", "two men talk "),
    *("\u202e", "\u200f", "\x00", "\x1b[31m", "é", "e\u0301", "ß", "İ", "🔥", "👩\u200d🚀", "漢"),
    *("\n# a", "\n[a]", "\n(a", "a - ", "\na - ", "→ ", "a = ", "and rain ", "that runs ", "A\n"),
    *("ع", "ก", "1.", "1 ", "#", "close-", "-up ", "He runs. ", "a man and a woman "),
]


@pytest.mark.parametrize("piece", PIECES)
def test_ten_thousand_characters_are_judged_to_the_end(piece: str) -> None:
    """A pattern that goes back over its text again and again would not come to it."""
    context = Context(mode=Mode.AUDIO, frames=121, shape=Shape.TALL)
    text = (piece * LONG)[:LONG]
    better = rules.improve(text, context)
    assert rules.improve(better.prompt, context).prompt == better.prompt


def test_thousands_of_lines_are_improved_to_the_end() -> None:
    text = "\n".join(f"w{line}" for line in range(4_000))
    assert rules.improve(text, Context()).prompt.startswith("W0. W1. W2.")


@pytest.mark.parametrize(
    ("prompt", "language"),
    [
        ("the cat sits on a mat", Language.ENGLISH),
        ("cat astronaut", Language.ENGLISH),
        ("thunderstorm", Language.ENGLISH),
        ("zoom in", Language.ENGLISH),
        ("empty street, no people", Language.ENGLISH),
        ("Regen", Language.GERMAN),
        ("Ein Hund in Berlin", Language.GERMAN),
        ("A girl in headphones dances in her room, in her socks.", Language.ENGLISH),
        ("gatto in giardino", Language.OTHER),
        ("die Katze sitzt auf der Matte", Language.GERMAN),
        ("Sonnenuntergang", Language.GERMAN),
        ("Eine Frau speaks to the camera und lacht", Language.MIXED),
        ("le chat dort sur la table", Language.OTHER),
        ("el gato duerme en la mesa", Language.OTHER),
        ("de kat slaapt op het tapijt en een hond kijkt", Language.OTHER),
        ("кот спит на столе", Language.OTHER),
        ("القط ينام على الطاولة", Language.OTHER),
        ("猫が寝ている", Language.OTHER),
        ("qwrtz plmnb", Language.OTHER),
        ("", Language.OTHER),
    ],
)
def test_a_language_is_told_by_its_small_words(prompt: str, language: Language) -> None:
    assert read(prompt).language is language


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\u200b\u200b", "🔥🔥", "...", "?!", "\x00"])
def test_what_has_no_words_is_empty(text: str) -> None:
    told = rules.review(text, Context())
    assert [finding.rule for finding in told] == [Rule.EMPTY]
    assert rules.improve(text, Context()).prompt == text


def test_emoji_alone_are_weak_and_nothing_at_all_will_fail() -> None:
    assert [found.severity for found in rules.review("🐱🎸", Context())] == [Severity.WEAK]
    assert [found.severity for found in rules.review("?!", Context())] == [Severity.WILL_FAIL]


@pytest.mark.parametrize("text", ['"Hello there, friends!"', "„Hallo, ihr Lieben!“", "“Hi”"])
@pytest.mark.parametrize("mode", list(Mode))
def test_a_prompt_of_nothing_but_speech_is_judged(mode: Mode, text: str) -> None:
    context = Context(mode=mode, frames=121)
    assert Rule.EMPTY not in {finding.rule for finding in rules.review(text, context)}
    assert text in rules.improve(text, context).prompt


@pytest.mark.parametrize("mode", [Mode.IMAGE, Mode.AUDIO])
def test_a_file_needs_no_words(mode: Mode) -> None:
    assert rules.review("  ", Context(mode=mode)) == ()


def test_in_other_languages_only_the_form_is_judged() -> None:
    prompt = "Une femme parle vite à la caméra dans un bureau, la caméra tourne très vite. " * 6
    told = rules.review(prompt, Context(frames=121, shape=Shape.SQUARE))
    assert told == ()
