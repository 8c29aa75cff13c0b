"""Sketches: a prompt while it is built of parts, and the one paragraph it becomes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.craft import builder, phrases
from bot.domain.craft.builder import MOST_CHARACTERS, MOST_WORDS
from bot.domain.craft.parts import Part
from bot.domain.craft.phrases import PART_OF, PHRASES, Purpose
from bot.domain.craft.starts import STARTS, Start
from bot.domain.reading import words

MANY = 3
"""Phrases of one purpose at most, where several can be chosen."""

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A member's own words for what happens, and what was chosen or written for each part."""

    words: str = ""
    parts: Mapping[Part, Texts] = field(default_factory=dict)
    start: Start | None = None
    """The situation that the words are from, as long as nobody changed them."""

    def of(self, part: Part) -> Texts:
        """What stands for a part."""
        return self.parts.get(part, ())

    def own(self, part: Part) -> str:
        """What stands for a part and is not from the library."""
        return next((text for text in self.of(part) if phrases.purpose_of(text) is None), "")

    def chosen(self, purpose: Purpose) -> Texts:
        """The phrases of the library that stand for a purpose."""
        return tuple(
            text for text in self.of(PART_OF[purpose]) if phrases.purpose_of(text) is purpose
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Woven:
    """One paragraph, and the parts that found no room in it."""

    prompt: str
    left_out: tuple[Part, ...] = ()


def choose(sketch: Sketch, purpose: Purpose, chosen: Texts) -> Sketch:
    """The sketch with these phrases for a purpose, and no others of it.

    Small motions of several purposes go together; of everything else there is one at a time.
    """
    part = PART_OF[purpose]
    kept = sketch.of(part) if part is Part.CUES else ()
    kept = tuple(text for text in kept if phrases.purpose_of(text) is not purpose)
    most = MANY if part is Part.CUES else 1
    return _with(sketch, part, (*kept, *chosen[:most]))


def write(sketch: Sketch, part: Part, text: str) -> Sketch:
    """The sketch with a member's own text for a part; small motions of the library stay."""
    if text == sketch.own(part):
        return sketch
    kept = [each for each in sketch.of(part) if phrases.purpose_of(each) is not None]
    if part is not Part.CUES and text:
        kept = []
    return _with(sketch, part, (*kept, *([text] if text else [])))


def tell(sketch: Sketch, told: str) -> Sketch:
    """The sketch with other words for what happens."""
    return sketch if told == sketch.words else replace(sketch, words=told, start=None)


def begin(sketch: Sketch, start: Start) -> Sketch:
    """The sketch of a situation; what happens in a member's own words stays theirs."""
    parts = dict(STARTS[start].parts)
    happens = parts.pop(Part.ACTION, "")
    is_own = bool(sketch.words) and sketch.start is None
    return Sketch(
        words=sketch.words if is_own else happens,
        parts={part: (text,) for part, text in parts.items()},
        start=None if is_own else start,
    )


def weave(sketch: Sketch) -> Woven:
    """One paragraph in the guide's order, of 200 words and 4,000 characters at most.

    No sentence is said twice. Where the room ends, the last parts are left out, never a word of
    what a member says happens.
    """
    # Where the words fill all the room, there is none for a mark behind them.
    happens = builder.sentence(sketch.words)[:MOST_CHARACTERS]
    count, length = words.count(happens), len(happens)
    known = {each.casefold() for each in words.sentences(happens)}
    said: list[str] = []
    left_out: list[Part] = []
    for part, sentence in _sentences(sketch, happens):
        if sentence is happens:
            said.append(happens)
            continue
        if sentence.casefold() in known:
            continue
        more = words.count(sentence)
        if count + more > MOST_WORDS or length + 1 + len(sentence) > MOST_CHARACTERS:
            left_out.append(part)
            continue
        said.append(sentence)
        known |= {sentence.casefold(), *map(str.casefold, words.sentences(sentence))}
        count, length = count + more, length + 1 + len(sentence)
    return Woven(prompt=" ".join(said), left_out=tuple(dict.fromkeys(left_out)))


def take_apart(prompt: str) -> Sketch:
    """The sketch of a prompt: sentences of the library become parts again, the rest are words."""
    found = Sketch()
    rest = []
    for sentence in words.sentences(prompt):
        phrase = _LIBRARY.get(sentence)
        part = None if phrase is None else PART_OF[_purpose(phrase)]
        if phrase is None or part is None or (part is not Part.CUES and found.of(part)):
            rest.append(sentence)
        elif phrase not in found.of(part):
            found = _with(found, part, (*found.of(part), phrase))
    return replace(found, words=" ".join(rest))


def _with(sketch: Sketch, part: Part, texts: Texts) -> Sketch:
    parts = {**sketch.parts, part: texts}
    return replace(sketch, parts={each: parts[each] for each in Part if parts.get(each)})


def _sentences(sketch: Sketch, happens: str) -> Iterator[tuple[Part, str]]:
    for part in Part:
        if part is Part.ACTION and happens:
            yield part, happens
        for text in sketch.of(part):
            if sentence := builder.told(part, text):
                yield part, sentence


def _purpose(phrase: str) -> Purpose:
    purpose = phrases.purpose_of(phrase)
    if purpose is None:
        raise ValueError("not a phrase of the library")
    return purpose


_LIBRARY = {
    builder.told(PART_OF[purpose], phrase): phrase
    for purpose, listed in PHRASES.items()
    for phrase in listed
}
"""The phrases by the sentences they become."""
