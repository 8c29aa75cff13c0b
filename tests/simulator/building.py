"""The drives of the builder: from the help, from a command, and its phrases while one types."""

from bot.domain.craft.phrases import PHRASES, Purpose
from bot.domain.craft.starts import STARTS, Start
from cogs.ui import workbench_texts as texts
from tests.simulator.drives import FACE, NOTE, WIDE, WORDS
from tests.simulator.sight import fields, text
from tests.simulator.stage import Stage
from tests.simulator.surfaces import Table

DRIVES = Table()
LIGHT = PHRASES[Purpose.LIGHT][4]
LOOK = PHRASES[Purpose.LOOK][3]


@DRIVES.uses(
    "/help",
    "guide.BuildButton",
    *(f"workbench.{each}Menu" for each in ("Situation", "Part")),
    *(f"workbench.{each}Button" for each in ("Page", "Write", "Whole", "Make")),
    "form WriteForm",
    "form WholeForm",
)
async def a_prompt_that_is_built(stage: Stage) -> None:
    mira = stage.mira
    card = await stage.press(mira, await mira.slash(stage.channel, "help"), "v1:build")
    assert texts.EMPTY in text(card)
    await stage.choose(mira, card, "v1:begin:", Start.LANDSCAPE_WAKES)
    assert "heron" in text(card)
    await stage.choose(mira, card, "v1:part:light:", LIGHT)
    assert "single warm lamp" in text(card)
    await stage.press(mira, card, "v1:bench:motion:")
    await stage.press(mira, card, "v1:bench:scene:")
    form = await stage.press(mira, card, "v1:write:scene:")
    written = dict.fromkeys(fields(form), "") | {"words": WORDS, "sound": "a ticking clock"}
    await mira.submit_modal(form, written)
    assert "ticking clock" in text(card)
    form = await stage.press(mira, card, "v1:whole:scene:")
    assert list(fields(form)) == ["words"]
    await mira.submit_modal(form, {"words": WORDS})
    assert "ticking clock" not in text(card)
    await stage.press(mira, card, "v1:make:")
    assert WORDS in text(await stage.finished(card))


@DRIVES.uses("/help", "guide.SituationMenu", "form ExampleForm")
async def a_situation_of_the_help_that_is_used(stage: Stage) -> None:
    start = Start.LANDSCAPE_WAKES
    card = await stage.mira.slash(stage.channel, "help")
    form = await stage.choose(stage.mira, card, "v1:situation", start)
    sent = {"prompt": STARTS[start].prompt, "shape": ["wide"], "seconds": ["2"]}
    assert set(fields(form)) == set(sent)
    await stage.finished(await stage.mira.submit_modal(form, sent))


@DRIVES.uses(*(f"/{name}?add" for name in ("video", "animate", "talk")))
async def phrases_that_are_put_behind_the_words(stage: Stage) -> None:
    files: dict[str, dict[str, tuple[str, bytes]]] = {
        "video": {},
        "animate": {"image": WIDE},
        "talk": {"audio": NOTE, "portrait": FACE},
    }
    for name, given in files.items():
        found = await stage.mira.autocomplete(stage.channel, name, "add", "black white deep")
        assert [each["value"] for each in found] == [LOOK]
        asked = await stage.mira.slash(stage.channel, name, prompt=WORDS, add=LOOK, **given)
        made = await stage.finished(asked)
        assert "Black and white with deep shadows." in text(made)
