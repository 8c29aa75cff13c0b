import pytest

from bot.engines.local import lettering


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A quiet lake 🌊 at dawn", "A quiet lake at dawn"),
        ("猫 sits on 東京tower", "sits on"),
        ("Ночь над городом", "Ночь над городом"),
        ("Αθήνα, café, naïve, Łódź", "Αθήνα, café, naïve, Łódź"),
        ("cafe\u0301", "café"),
        ("مرحبا hello \u200d שלום", "hello"),
        ("1\ufe0f\u20e3 first", "1 first"),
        ("🎉🎉 !!!", ""),
        ("猫", ""),
        ("", ""),
        ("zero\x00width\u200b \ud83c", "zerowidth"),
    ],
)
def test_only_words_the_font_can_draw_are_kept(text: str, kept: str) -> None:
    assert lettering.keep_drawable(text) == kept


def test_no_kept_sign_is_drawn_as_the_missing_box() -> None:
    font = lettering.load_font(32)
    box = bytes(font.getmask("\U0010ffff"))
    everything = " ".join(chr(code) for code in range(0x20, 0x3000) if chr(code).isprintable())
    kept = lettering.keep_drawable(everything)
    assert len(kept) > 1000
    assert all(bytes(font.getmask(sign)) != box for sign in kept if sign != " ")


def test_a_prompt_is_cut_to_its_first_sentence() -> None:
    assert lettering.shorten("A boat drifts by. The camera follows.") == "A boat drifts by"
    assert lettering.shorten("Who is there? Nobody.") == "Who is there?"


def test_a_long_sentence_is_cut_between_words() -> None:
    short = lettering.shorten("word " * 400)
    assert len(short) <= 88
    assert short.endswith("word…")


def test_a_word_without_end_is_cut() -> None:
    assert len(lettering.shorten("x" * 5000)) <= 88


@pytest.mark.parametrize("box", [(700, 260), (390, 470), (100, 60)])
@pytest.mark.parametrize(
    "text", ["Hi", "A lighthouse keeper climbs the spiral stairs at dusk", "x" * 88, "a b " * 22]
)
def test_lines_fit_their_box(text: str, box: tuple[int, int]) -> None:
    set_text = lettering.set_lines(text, box, largest_px=56, most_lines=4)
    font = lettering.load_font(set_text.size_px)
    assert all(font.getlength(line) <= box[0] for line in set_text.lines)
    assert set_text.line_height_px * len(set_text.lines) <= box[1]


def test_lines_are_broken_evenly() -> None:
    text = "Morning light over the quiet hills and a river that turns to gold"
    set_text = lettering.set_lines(text, (700, 260), largest_px=56, most_lines=4)
    font = lettering.load_font(set_text.size_px)
    lengths = [font.getlength(line) for line in set_text.lines]
    assert " ".join(set_text.lines) == text
    assert min(lengths) > 0.6 * max(lengths)
