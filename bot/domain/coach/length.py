"""Rules about how much a prompt says."""

import unicodedata
from collections import Counter
from functools import partial

from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.context import Context
from bot.domain.craft import builder
from bot.domain.craft.builder import FEWEST_WORDS, MOST_WORDS
from bot.domain.craft.parts import Part
from bot.domain.reading import language, words
from bot.domain.reading.reader import Reading, read
from storage.records import Mode

VERY_FEW_WORDS = 25


def empty(reading: Reading, context: Context) -> Finding | None:
    """Nothing is said (guide, line 43): without a picture or a sound there is nothing to show."""
    if reading.count or (context.mode is not Mode.TEXT and not reading.text.strip()):
        return None
    # Emoji are pictures of something: a video comes of them, only nobody knows which.
    has_emoji = any(unicodedata.category(letter) == "So" for letter in reading.text)
    return Finding(rule=Rule.EMPTY, severity=Severity.WEAK if has_emoji else Severity.WILL_FAIL)


def too_short(reading: Reading, context: Context) -> Finding | None:
    """Fewer than 60 words tend toward generic motion (guide, line 34)."""
    if not 0 < reading.count < FEWEST_WORDS or not language.has_countable_words(reading.text):
        return None
    is_fixable = builder.complete(reading, context).added
    return Finding(
        rule=Rule.TOO_SHORT,
        severity=Severity.WEAK if reading.count < VERY_FEW_WORDS else Severity.HINT,
        facts={"words": reading.count, "fewest": FEWEST_WORDS},
        fix=partial(_completed, context=context) if is_fixable else None,
    )


def _completed(prompt: str, context: Context) -> str:
    return builder.complete(read(prompt), context).prompt


def too_long(reading: Reading, context: Context) -> Finding | None:
    """Prompts should stay within 200 words (guide, line 34)."""
    if reading.count <= MOST_WORDS:
        return None
    return Finding(
        rule=Rule.TOO_LONG,
        severity=Severity.WEAK,
        facts={"words": reading.count, "most": MOST_WORDS},
        fix=partial(cut, context=context),
    )


def cut(prompt: str, context: Context) -> str:
    """A prompt cut to length by whole sentences; those that alone have an element go last."""
    sentences = words.sentences(prompt)
    counts = [words.count(sentence) for sentence in sentences]
    elements_of = {sentence: _elements(sentence, context) for sentence in dict.fromkeys(sentences)}
    covered = Counter(part for sentence in sentences for part in elements_of[sentence])
    total = sum(counts)
    kept = dict(enumerate(sentences))
    for is_last_resort in (False, True):
        for at in list(kept)[:0:-1]:
            if total <= MOST_WORDS:
                break
            elements = elements_of[kept[at]]
            if is_last_resort or all(covered[part] > 1 for part in elements):
                covered.subtract(elements)
                total -= counts[at]
                del kept[at]
    if total > MOST_WORDS:
        return builder.sentence(" ".join(prompt.split()[:MOST_WORDS]))
    return " ".join(kept.values())


def _elements(sentence: str, context: Context) -> set[Part]:
    return set(Part) - set(builder.missing(read(sentence), context)) - {Part.LOOK}
