"""What judging a prompt costs, beside splitting the same text, and on hostile texts.

Rounds are interleaved and figures are medians. The goal is for the time on the clock of one
review of 200 words; the floor is `str.split` of the same text, counted as often.
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from bot.domain.coach import rules
from bot.domain.context import Context
from bot.domain.shapes import Shape
from storage.records import Mode
from tests.corpus import prompts

ROUNDS = 41
GOAL_MS = 2.0
WORDS = 200
HOSTILE = {
    "letters": "a" * 10_000,
    "marks": ".,;:!?" * 1_666,
    "quotes": '"' * 10_000,
    "labels": "a: " * 3_333,
    "camera": "camera " * 1_428,
    "brackets": "([*_#" * 2_000,
}


def main() -> int:
    """Print the table; 1 if the goal is missed."""
    context = Context(mode=Mode.TEXT, shape=Shape.WIDE, frames=121)
    texts = {f"{WORDS} words, {name}": long_prompt(name) for name in ("English", "German")}
    say(f"medians of {ROUNDS} interleaved rounds")
    say(f"{'':24}{'review ms':>10}{'split us':>10}{'x split':>9}{'improve ms':>12}")
    missed = 0
    for name, text in texts.items():
        review, split, improve = measured(
            partial(rules.review, text, context),
            text.split,
            partial(rules.improve, text, context),
        )
        missed += review > GOAL_MS / 1000
        say(
            f"{name:24}{review * 1e3:10.2f}{split * 1e6:10.1f}{review / split:9.0f}"
            f"{improve * 1e3:12.2f}"
        )
    for name, text in HOSTILE.items():
        (review,) = measured(partial(rules.review, text, context), rounds=5)
        say(f"{'10,000 of ' + name:24}{review * 1e3:10.2f}")
    say(f"goal: {GOAL_MS} ms for {WORDS} words")
    return int(missed > 0)


def long_prompt(language: str) -> str:
    """Good prompts of one language in a row, cut to the number of words."""
    of_german = [example.prompt for example in prompts.everything() if " und " in example.prompt]
    of_english = [example.prompt for example in prompts.everything() if " the " in example.prompt]
    chosen = of_german if language == "German" else of_english
    longest = sorted(chosen, key=len, reverse=True)[2:8]
    return " ".join(" ".join(longest).split()[:WORDS])


def measured(*ways: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median of each way in seconds; the ways take turns."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds):
        for way, times in zip(ways, taken, strict=True):
            began = time.perf_counter()
            way()
            times.append(time.perf_counter() - began)
    return [statistics.median(times) for times in taken]


def say(line: str) -> None:
    """One line of the table."""
    print(line)  # noqa: T201 -- a table


if __name__ == "__main__":
    sys.exit(main())
