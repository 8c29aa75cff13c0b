"""How a prompt is laid out: paragraphs, labelled sections, chunks between commas."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain.reading.language import Language
from bot.domain.reading.lists import listed
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import ACTIONS, SUBJECTS, Sense

_LABEL = re.compile(
    r"(?:^|[\n.;|,!?\])•-])[ \t]{0,8}[*_#\[(>• -]{0,8}"
    r"([^\W\d_]{1,24}(?:[ /&-]{1,3}[^\W\d_]{1,24}){0,2})[*_\])]{0,4}[ ]{0,2}"
    r"(?::|=>?|→|->)[*_]{0,4}(?!//)"
)
_HEADING = re.compile(
    r"(?:^|\n|[\w.;!?][ ](?=\[)|[.;!?|][ ](?=[A-ZÄÖÜ]{3}))[ \t]{0,8}"
    r"(?:#{1,6}[ ]{1,3}(?=[^\n]{1,40}(?:\n|$))|[\[(](?=[^\])\n]{1,40}[\])])|"
    r"[*_>•]{0,3}(?=[^\n–—-]{1,40}[ ][–—-][ ]))"  # noqa: RUF001 -- dashes are typed
    r"([^\W\d_]{1,24}(?:[ /&]{1,3}[^\W\d_]{1,24}){0,2}(?:[ ]\d{1,3})?)[\])*_ ]{0,3}"
    r"(?:[–—-][ ]|(?=\n)|(?<=[\])])[ ]?|$)"  # noqa: RUF001 -- as above
)
"""A heading, a name in brackets, or a name before a dash, at the beginning of a line.

In square brackets or in capitals a name may also stand within one.
"""

_TAG = re.compile(r"(?:^|\s)#[^\W\d]")

_HEADING_MARKS = ("#", "[", "(", " - ", " – ", " — ")  # noqa: RUF001 -- dashes are typed
_LABEL_MARKS = frozenset(":=→>")
_NUMBER = re.compile(r"\d{1,2}[.)][ ]{0,2}$")
_LINE_LABEL = 3
_MARKS = 12
_TWO = 2
_LISTED = 4
_MOST_IN_CHUNK = 4
_SHARE = 0.6
_BARE = 6
_LOOKS = 2
"""So many words for the film look make bare words a list: dog running beach 8k bokeh."""

_PARTING = frozenset(",;.|\n!?:+•·")
_SMALL_WORDS = listed("""
    the a an is are and with of to in on at by as his her its their from into while over through
    der die das ein eine und mit ist sind im auf in an von zu sich er sie den dem einer einem am
    """)


_FILM = frozenset({Sense.SHOT, Sense.CLOSE, Sense.WIDE, Sense.STILL, Sense.LOOK, Sense.SHAKE})
_VERBS = ACTIONS | {Sense.STATIVE, Sense.PAST}


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a section: from `start` to before `stop`, its number and mark included."""

    name: str
    start: int
    stop: int
    number: str = ""


def labels(reading: Reading) -> list[Label]:
    """The names of sections; one alone is ordinary punctuation (Sound: rain)."""
    known = {reading.words[place].start for place in reading.at.get(Sense.LABEL, ())}
    found: list[Label] = []
    in_lines = 0
    has_marks = not _LABEL_MARKS.isdisjoint(reading.text)
    for match in _LABEL.finditer(reading.text) if has_marks else ():
        line = reading.text.rfind("\n", 0, match.start(1)) + 1
        before = reading.text[max(line, match.start(1) - _MARKS) : match.start(1)]
        begins_line = match.start(1) - line < _MARKS and not before.strip(" \t*_#[(>•-.)0123456789")
        last = match.start(1) + max(match[1].rfind(" "), match[1].rfind("/"), -1) + 1
        if match.start(1) in known or last in known:
            found.append(Label(match[1], match.start(1), match.end()))
        elif begins_line and "\n" in reading.text:
            in_lines += 1
            found.append(Label(match[1], match.start(1), match.end()))
    already = {label.start for label in found}
    has_heads = any(mark in reading.text for mark in _HEADING_MARKS)
    for match in _HEADING.finditer(reading.text) if has_heads else ():
        if match.start(1) in known and match.start(1) not in already:
            found.append(Label(match[1], match.start(1), match.end()))
    found.sort(key=lambda label: label.start)
    known_count = len(found) - in_lines
    if known_count < _TWO and in_lines + known_count < _LINE_LABEL:
        return []
    return [_numbered(label, reading.text) for label in found]


def _numbered(label: Label, text: str) -> Label:
    """A label with the number that stands before it at the beginning of its line."""
    line = text.rfind("\n", 0, label.start) + 1
    before = text[line : label.start] if label.start - line < _MARKS else ""
    number = _NUMBER.search(before)
    if number is None:
        return label
    return replace(label, start=line + number.start(), number=number[0])


def paragraphs(text: str) -> list[str]:
    """The lines of a text that say anything."""
    return [line.strip() for line in text.splitlines() if any(map(str.isalnum, line))]


def is_keyword_list(reading: Reading) -> bool:
    """Whether most of a prompt is words between commas, or bare words in a row."""
    if not reading.is_understood or not reading.words:
        return False
    parts = list(chunks(reading))
    listed = [chunk for chunk in parts if _is_keyword(chunk, reading)]
    if any(_has_verb(chunk, reading) for chunk in parts):
        listed = [chunk for chunk in listed if not _is_about_film(chunk, reading)]
    if len(listed) >= _LISTED:
        is_list = sum(map(len, listed)) > _SHARE * len(reading.words)
    else:
        is_list = len(reading.words) >= _BARE and _is_bare(reading)
    is_list = is_list or 2 * len(_TAG.findall(reading.text)) > len(reading.words)
    return is_list and not labels(reading)


def _is_about_film(chunk: range, reading: Reading) -> bool:
    """Medium shot, static, 50mm: after a sentence that is how film people end a prompt."""
    return any(not reading.senses[place].isdisjoint(_FILM) for place in chunk)


def _is_bare(reading: Reading) -> bool:
    """No small words and no verb at all: woman dark hair office cinematic."""
    if any(word.text in _SMALL_WORDS for word in reading.words):
        return False
    everything = range(len(reading.words))
    if len(reading.at.get(Sense.LOOK, ())) >= _LOOKS and not _has_verb(everything, reading):
        return True
    return not _has_verb(everything, reading) and not any(
        word.text.endswith("ing")
        and not reading.senses[place].isdisjoint(ACTIONS)
        and not reading.senses[place - 1].isdisjoint(SUBJECTS)
        for place, word in enumerate(reading.words)
    )


def chunks(reading: Reading) -> Iterator[range]:
    """Ranges of words between commas and other marks."""
    begin = 0
    for place, word in enumerate(reading.words):
        if place and _is_parted(reading.text, reading.words[place - 1].stop, word.start):
            yield range(begin, place)
            begin = place
    yield range(begin, len(reading.words))


def _is_parted(text: str, start: int, stop: int) -> bool:
    if stop - start == 1:
        return text[start] == "\n"
    between = text[start:stop]
    return "\n" in between or (len(between) > 1 and not _PARTING.isdisjoint(between))


def _is_keyword(chunk: range, reading: Reading) -> bool:
    if len(chunk) > _MOST_IN_CHUNK or (_has_verb(chunk, reading) and not _is_name(chunk, reading)):
        return False
    return sum(reading.words[place].text in _SMALL_WORDS for place in chunk) <= 1


def _is_name(chunk: range, reading: Reading) -> bool:
    """Whether what may be a verb is a noun for want of a subject: duel, red leaves."""
    if len(chunk) > _TWO or chunk.start == 0:
        return False
    if len(chunk) < _TWO:
        ends = "s" if reading.language is Language.ENGLISH else "stn"
        return reading.words[chunk.start].text[-1] not in ends
    first = reading.senses[chunk.start]
    return Sense.APPEARANCE in first and first.isdisjoint(SUBJECTS | ACTIONS)


def _has_verb(places: range, reading: Reading) -> bool:
    """Whether a verb in a personal form is among these words (-ing is none)."""
    return any(
        not reading.senses[place].isdisjoint(_VERBS)
        and not reading.words[place].text.endswith(("ing", "nd", "nde", "nder", "nden"))
        for place in places
    )
