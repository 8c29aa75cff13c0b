"""Prices are told before anything is held, as far as they are known."""

import pytest

from bot.app import App
from bot.domain.request import Source, Wish
from bot.domain.shapes import Shape
from bot.engines.base import Engine
from bot.engines.deapi import DeapiEngine
from bot.services.credits import Allowance
from bot.services.foretelling import Foretelling, Foretold
from storage import quotes
from storage.belongings import KnownPrice
from storage.records import Mode
from tests.integration.services.household import MIRA

ALLOWANCE = Allowance(welcome=60, daily=20, credit_micro=10_000)
PICTURE = Source(url="https://cdn.discordapp.com/a.png", name="a.png", declared_bytes=1)


class Teller:
    """Reads what is foretold of an engine's videos."""

    def __init__(self, talkie: App, engine: Engine) -> None:
        self._store = talkie.parts.store
        self._foretelling = Foretelling(talkie.parts.clock, engine, ALLOWANCE)

    async def of(self, discord_id: int, wish: Wish) -> Foretold:
        return await self._store.read(self._foretelling.told(discord_id, wish))


@pytest.fixture
def foretelling(talkie: App, deapi: DeapiEngine) -> Teller:
    return Teller(talkie, deapi)


async def know(talkie: App, mode: Mode, size: tuple[int, int], frames: int, micro: int) -> None:
    parts = talkie.parts
    price = KnownPrice(
        engine="deapi",
        model="a-model",
        mode=mode,
        width=size[0],
        height=size[1],
        frames=frames,
        price_micro=micro,
        read_at=parts.clock.now_ms(),
    )
    await parts.store.write(quotes.keep(price))


async def test_an_unknown_price_is_not_guessed(foretelling: Teller) -> None:
    told = await foretelling.of(MIRA, Wish(mode=Mode.TEXT, prompt="A lake."))
    assert told == Foretold(credits=None, available=80, is_most=False)


async def test_a_known_price_stands_for_its_length_and_for_shorter_ones(
    talkie: App, foretelling: Teller
) -> None:
    await know(talkie, Mode.TEXT, (896, 512), 121, 47_000)
    for seconds in (5, 3):
        told = await foretelling.of(MIRA, Wish(mode=Mode.TEXT, prompt="A lake.", seconds=seconds))
        assert told == Foretold(credits=5, available=80, is_most=False)
    longer = await foretelling.of(MIRA, Wish(mode=Mode.TEXT, prompt="A lake.", seconds=9))
    assert longer.credits is None


async def test_while_the_shape_is_open_the_dearest_is_told(
    talkie: App, foretelling: Teller
) -> None:
    wish = Wish(mode=Mode.IMAGE, prompt="It moves.", first_image=PICTURE)
    sizes = {(896, 512): 41_000, (512, 896): 41_000, (768, 768): 62_000, (960, 512): 43_000}
    for size, micro in sizes.items():
        assert (await foretelling.of(MIRA, wish)).credits is None
        await know(talkie, Mode.IMAGE, size, 121, micro)
    assert await foretelling.of(MIRA, wish) == Foretold(credits=7, available=80, is_most=True)


async def test_a_sound_may_last_as_long_as_a_video_can(talkie: App, foretelling: Teller) -> None:
    wish = Wish(mode=Mode.AUDIO, sound=PICTURE, shape=Shape.TALL)
    await know(talkie, Mode.AUDIO, (512, 896), 121, 47_000)
    assert (await foretelling.of(MIRA, wish)).credits is None
    await know(talkie, Mode.AUDIO, (512, 896), 241, 55_300)
    assert await foretelling.of(MIRA, wish) == Foretold(credits=6, available=80, is_most=True)


async def test_what_the_local_engine_makes_is_free(talkie: App) -> None:
    local = Teller(talkie, talkie.parts.engines["local"])
    told = await local.of(MIRA, Wish(mode=Mode.TEXT, prompt="A lake."))
    assert told.credits == 0


async def test_a_member_who_only_chose_settings_still_has_their_welcome(
    talkie: App, foretelling: Teller
) -> None:
    await talkie.services.preferences.change(MIRA, lambda choices: choices)
    told = await foretelling.of(MIRA, Wish(mode=Mode.TEXT, prompt="A lake."))
    assert told.available == 80
