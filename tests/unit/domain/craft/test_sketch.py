from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.craft import builder, sketch
from bot.domain.craft.parts import Part
from bot.domain.craft.phrases import PART_OF, PHRASES, Purpose
from bot.domain.craft.sketch import Sketch
from bot.domain.craft.starts import STARTS, Start
from bot.domain.reading import tense, words
from bot.domain.reading.reader import read

TELLING = st.lists(
    st.sampled_from(
        [
            *("a", "fox", "crosses", "the", "road.", "It", "looks,", "Eine", "Frau", "liest"),
            *("laut.", "“No!”", "he", "says", "…", "ß", "3", "🎬"),
        ]
    ),
    max_size=230,
).map(" ".join)
OWN = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), max_size=300
)


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    made = Sketch(words=draw(TELLING | OWN))
    if draw(st.booleans()):
        made = sketch.begin(made, draw(st.sampled_from(Start)))
    for purpose in draw(st.lists(st.sampled_from(Purpose), unique=True)):
        chosen = draw(st.lists(st.sampled_from(PHRASES[purpose]), max_size=3, unique=True))
        made = sketch.choose(made, purpose, tuple(chosen))
    for part in draw(st.lists(st.sampled_from([Part.PLACE, Part.LIGHT, Part.SOUND]), unique=True)):
        made = sketch.write(made, part, draw(OWN))
    return made


@settings(deadline=None)
@given(sketches())
def test_what_is_woven_is_one_paragraph_with_room_for_it(made: Sketch) -> None:
    woven = sketch.weave(made)
    own = builder.sentence(made.words)[:4_000]
    assert "\n" not in woven.prompt
    assert woven.prompt == woven.prompt.strip()
    assert words.count(woven.prompt) <= max(200, words.count(own))
    assert len(woven.prompt) <= max(4_000, len(own))
    assert own in woven.prompt, "a member's own words stay as they are"


@settings(deadline=None)
@given(sketches())
def test_parts_stand_in_the_order_of_the_guide_and_nothing_is_said_twice(made: Sketch) -> None:
    woven = sketch.weave(replace(made, words="")).prompt
    told = [
        (part, builder.told(part, text))
        for part in Part
        for text in made.of(part)
        if text.strip() and part not in sketch.weave(replace(made, words="")).left_out
    ]
    at = 0
    for _, sentence in dict.fromkeys(told):
        found = woven.find(sentence, at)
        if found < 0:
            assert sentence.casefold() in woven.casefold(), "it was said before"
            continue
        at = found
    library = [sentence for _, sentence in told if sentence in set(map(str, sketch._LIBRARY))]
    for sentence in library:
        assert woven.count(sentence) == 1


@settings(deadline=None)
@given(st.sampled_from(Start), st.data())
def test_the_library_tells_everything_in_the_present(start: Start, data: st.DataObject) -> None:
    made = sketch.begin(Sketch(), start)
    for purpose in Purpose:
        chosen = data.draw(st.lists(st.sampled_from(PHRASES[purpose]), max_size=3, unique=True))
        made = sketch.choose(made, purpose, tuple(chosen))
    past, present, future = tense.told(read(sketch.weave(made).prompt))
    assert present > past + future


@settings(deadline=None)
@given(sketches())
def test_what_was_taken_apart_becomes_the_same_again(made: Sketch) -> None:
    once = sketch.weave(sketch.take_apart(sketch.weave(made).prompt)).prompt
    assert sketch.weave(sketch.take_apart(once)).prompt == once


def test_phrases_of_the_library_are_recognised_in_a_prompt() -> None:
    made = sketch.take_apart(
        "A close-up of the face at eye level. A woman sings. Natural blinks between sentences. "
        "The head nods with every beat. The audio is a clear voice in a quiet room. She bows."
    )
    assert made.words == "A woman sings. She bows."
    assert made.chosen(Purpose.SHOT) == ("a close-up of the face at eye level",)
    assert made.chosen(Purpose.EXPRESSION) == ("natural blinks between sentences",)
    assert made.chosen(Purpose.BEAT) == ("the head nods with every beat",)


def test_one_phrase_of_a_kind_takes_the_place_of_another() -> None:
    first, second = PHRASES[Purpose.LIGHT][:2]
    made = sketch.choose(Sketch(), Purpose.LIGHT, (first,))
    made = sketch.write(made, Part.LIGHT, "light of two suns")
    assert made.of(Part.LIGHT) == ("light of two suns",)
    made = sketch.choose(made, Purpose.LIGHT, (second,))
    assert made.of(Part.LIGHT) == (second,)
    assert sketch.choose(made, Purpose.LIGHT, ()).parts == {}


def test_small_motions_of_all_kinds_go_together() -> None:
    eyes, beat = PHRASES[Purpose.EYE_CONTACT][0], PHRASES[Purpose.BEAT][:3]
    made = sketch.choose(Sketch(words="He sings."), Purpose.EYE_CONTACT, (eyes,))
    made = sketch.choose(made, Purpose.BEAT, beat)
    made = sketch.write(made, Part.CUES, "his scarf flutters")
    assert made.chosen(Purpose.EYE_CONTACT) == (eyes,)
    assert made.chosen(Purpose.BEAT) == beat
    assert made.own(Part.CUES) == "his scarf flutters"
    made = sketch.write(made, Part.CUES, "")
    assert made.own(Part.CUES) == ""
    assert len(made.of(Part.CUES)) == 4


def test_a_situation_brings_its_parts_and_leaves_own_words_alone() -> None:
    made = sketch.begin(Sketch(), Start.ESTABLISHING)
    assert sketch.weave(made).prompt == STARTS[Start.ESTABLISHING].prompt
    other = sketch.begin(made, Start.LANDSCAPE_WAKES)
    assert sketch.weave(other).prompt == STARTS[Start.LANDSCAPE_WAKES].prompt
    mine = sketch.begin(sketch.tell(made, "A whale sings."), Start.LANDSCAPE_WAKES)
    assert mine.words == "A whale sings."
    assert "The landscape wakes up" not in sketch.weave(mine).prompt


def test_what_has_no_room_is_named_and_the_own_words_never_are() -> None:
    long = "A fox runs through the wet grass and looks at the moon. " * 18
    made = sketch.begin(Sketch(words=long.strip()), Start.ESTABLISHING)
    woven = sketch.weave(made)
    assert long.strip() in woven.prompt
    assert woven.left_out == (Part.SHOT, Part.PLACE, Part.LIGHT, Part.CAMERA, Part.SOUND, Part.LOOK)


def test_words_that_fill_all_the_room_get_no_mark() -> None:
    full = "A" * 4_000
    assert sketch.weave(Sketch(words=full)).prompt == full


def test_every_phrase_has_a_part() -> None:
    assert set(PART_OF) == set(Purpose)
