import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import prompt
from bot.errors import Code, UserError
from storage.records import Mode

NAMES = {42: "Ada", 7: "general"}


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("<@42> waves at <@!42>", "Ada waves at Ada"),
        ("see <#7>, <@&99>", "see general, someone"),
        ("so happy <:party_blob:123456> <a:dance:9>", "so happy party blob dance"),
        (
            "**bold** *soft* __under__ _it_ ~~gone~~ ||secret|| `code`",
            "bold soft under it gone secret code",
        ),
        ("```python\na red bus\n```", "a red bus"),
        ("# Title\n> a quote\n- one\n2. two", "Title a quote one two"),
        ("[a lighthouse](https://example.org/a?b=c) at dusk", "a lighthouse at dusk"),
        ("look https://example.org/x_y_z <https://example.org> here", "look here"),
        ("at <t:1618953630:R> use </video:55>", "at use video"),
        ("hey @everyone and @here", "hey everyone and here"),
        (r"five \*stars\*", "five *stars*"),
        (r"see https\://evil.example/x and \<@42>", "see and someone"),
        ("snake_case stays 2*3*4", "snake_case stays 2*3*4"),
        ("a\u202eb\u200bc\x00d", "a b c d"),
        ("  many\n\n lines\t", "many lines"),
        ("Grüße aus Köln 🎬", "Grüße aus Köln 🎬"),
    ],
)
def test_a_message_becomes_plain_words(message: str, words: str) -> None:
    assert prompt.from_message(message, NAMES) == words


@given(st.text(max_size=2_000))
def test_what_comes_out_is_one_clean_paragraph(message: str) -> None:
    words = prompt.from_message(message, NAMES)
    assert words == " ".join(words.split())
    assert prompt.tidy(words) == words


@pytest.mark.parametrize(
    "piece", ["[", "[a](", "<@", "**", "_a", "http://", "```", "\\", "> ", "<:a", "]("]
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    words = prompt.from_message(piece * (20_000 // len(piece)), {})
    assert prompt.tidy(words) == words


@pytest.mark.parametrize("text", ["", "   ", "!!! ???", "\u200b", "🎬"])
def test_a_prompt_must_say_something(text: str) -> None:
    with pytest.raises(UserError) as refused:
        prompt.checked(text)
    assert refused.value.code is Code.PROMPT_EMPTY


def test_a_typed_prompt_becomes_plain_words_too() -> None:
    assert prompt.checked("**A** <:cat:1> by <@42>") == "A cat by someone"
    with pytest.raises(UserError):
        prompt.checked("https://example.org/only/a/link")


def test_a_prompt_of_five_thousand_characters_is_refused_with_its_length() -> None:
    with pytest.raises(UserError) as refused:
        prompt.checked("ab " * 1_666 + "ab")
    assert refused.value.code is Code.PROMPT_TOO_LONG
    assert refused.value.facts == {"length": 5_000, "limit": 4_000}


def test_a_prompt_of_four_thousand_characters_passes() -> None:
    assert len(prompt.checked("a" * 4_000)) == 4_000


def test_pictures_and_voices_need_no_words() -> None:
    for mode, has_picture in ((Mode.IMAGE, True), (Mode.AUDIO, True), (Mode.AUDIO, False)):
        words = prompt.default_for(mode, has_picture=has_picture)
        assert 45 <= len(words.split()) <= 200
        assert prompt.checked(words) == words
    with pytest.raises(UserError):
        prompt.default_for(Mode.TEXT, has_picture=False)
