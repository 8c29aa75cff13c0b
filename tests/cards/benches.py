"""Prompts that are being built, as the builder's card shows them."""

from dataclasses import replace

from bot.domain.coach import rules
from bot.domain.craft import sketch as sketches
from bot.domain.craft.parts import Part
from bot.domain.craft.phrases import PHRASES, Purpose
from bot.domain.craft.sketch import Sketch
from bot.domain.craft.starts import Start
from bot.domain.request import Source, Wish
from bot.services import composing
from bot.services.composing import Composition
from bot.services.foretelling import Foretold
from storage.records import Mode

PICTURE = Source(url="https://cdn.example/a.png", name="a.png", declared_bytes=1)


def a_bench(sketch: Sketch | None = None, *, mode: Mode = Mode.TEXT) -> Composition:
    """What a member has built so far; with a picture where the mode needs one."""
    sketch = sketch or Sketch()
    wish = Wish(mode=mode, first_image=None if mode is Mode.TEXT else PICTURE)
    woven = sketches.weave(sketch)
    found = rules.review(woven.prompt, composing.context_of(wish)) if woven.prompt else ()
    return Composition(
        draft=9**15,
        wish=wish,
        sketch=sketch,
        woven=woven,
        finding=next(iter(found), None),
        foretold=Foretold(credits=5, available=95, is_most=False),
    )


def begun() -> Sketch:
    """A member's own words with a light and small motions."""
    sketch = Sketch(words="An old sailor reads a letter at the kitchen table and begins to smile")
    light = PHRASES[Purpose.LIGHT][4]
    sketch = sketches.choose(sketch, Purpose.LIGHT, (light,))
    return sketches.choose(sketch, Purpose.EXPRESSION, PHRASES[Purpose.EXPRESSION][1:3])


def full() -> Sketch:
    """A situation with another film look."""
    sketch = sketches.begin(Sketch(), Start.LANDSCAPE_WAKES)
    return sketches.choose(sketch, Purpose.LOOK, PHRASES[Purpose.LOOK][:1])


def hostile(words: str) -> Sketch:
    """Everything that a member can write, as long as it can be."""
    parts = dict.fromkeys(Part, (words[:300],))
    return replace(Sketch(words=words), parts=parts)
