"""What a server allows is kept, and what it does not allow is refused with the way out."""

import asyncio
from dataclasses import replace

import pytest

from bot.app import App
from bot.domain.request import Wish
from bot.errors import Code, UserError
from bot.services.guilds import Place
from storage.belongings import Gallery, GuildRules
from storage.records import Mode
from tests.fakes.clock import Clock
from tests.integration.services import household
from tests.integration.services.household import JONAS, MIRA

HOME = 77


async def told(talkie: App, place: Place, member: int = MIRA) -> Code | None:
    """The same answer from both doors."""
    codes: list[Code | None] = []
    for door in (
        talkie.services.guilds.admit(place, member),
        talkie.services.submission.admit(member, place, Mode.TEXT),
    ):
        try:
            await door
        except UserError as refusal:
            codes.append(refusal.code)
        else:
            codes.append(None)
    assert codes[0] == codes[1]
    return codes[0]


async def ruled(talkie: App, **rules: object) -> GuildRules:
    return await talkie.services.guilds.change(HOME, lambda was: replace(was, **rules))  # type: ignore[arg-type]  # tests pass plain values


async def test_a_server_that_set_nothing_allows_everything(talkie: App) -> None:
    rules = await talkie.services.guilds.rules(HOME)
    assert rules == GuildRules(guild_id=HOME)
    assert rules.gallery is Gallery.DISCORD
    assert await told(talkie, Place(guild_id=HOME, channel_id=1, via_menu=True)) is None
    assert await told(talkie, Place()) is None


async def test_rules_are_kept_whole(talkie: App) -> None:
    wanted = GuildRules(
        guild_id=HOME,
        channels=frozenset({1, 2}),
        roles=frozenset({3}),
        member_daily=4,
        menus=False,
        gallery=Gallery.PUBLIC,
        gallery_channel=5,
        moderation_channel=6,
        retention_days=30,
        ask_above=0,
    )
    await talkie.services.guilds.change(HOME, lambda _: wanted)
    assert await talkie.services.guilds.rules(HOME) == wanted
    assert await ruled(talkie, channels=frozenset(), gallery=Gallery.OFF) == replace(
        wanted, channels=frozenset(), gallery=Gallery.OFF
    )
    assert (await talkie.services.guilds.rules(HOME)).roles == {3}
    assert await talkie.services.guilds.rules(HOME + 1) == GuildRules(guild_id=HOME + 1)


async def test_two_changes_at_once_are_both_kept(talkie: App) -> None:
    await asyncio.gather(ruled(talkie, menus=False), ruled(talkie, retention_days=7))
    rules = await talkie.services.guilds.rules(HOME)
    assert (rules.menus, rules.retention_days) == (False, 7)


@pytest.mark.parametrize(
    "rules",
    [
        {"member_daily": 0},
        {"retention_days": 0},
        {"ask_above": -1},
        {"member_daily": 10_001},
        {"channels": frozenset(range(26))},
    ],
)
async def test_rules_that_make_no_sense_are_refused(talkie: App, rules: dict[str, object]) -> None:
    with pytest.raises(UserError) as caught:
        await ruled(talkie, **rules)
    assert caught.value.code is Code.RULES_INVALID
    assert await talkie.services.guilds.rules(HOME) == GuildRules(guild_id=HOME)


async def test_channels_roles_and_menus_are_closed_to_those_they_are_closed_to(
    talkie: App,
) -> None:
    await ruled(talkie, channels=frozenset({1, 2}), roles=frozenset({3, 4}), menus=False)
    inside = Place(guild_id=HOME, channel_id=1, role_ids=frozenset({4, 9}))
    thread = replace(inside, channel_id=50, parent_channel_id=2)
    assert await told(talkie, inside) is None
    assert await told(talkie, thread) is None
    assert await told(talkie, replace(inside, channel_id=50)) is Code.CHANNEL_CLOSED
    assert await told(talkie, replace(inside, role_ids=frozenset({9}))) is Code.ROLE_MISSING
    assert await told(talkie, replace(inside, via_menu=True)) is Code.MENUS_OFF
    assert await told(talkie, replace(inside, guild_id=HOME + 1, channel_id=8)) is None


async def test_everybody_has_the_role_of_everybody(talkie: App) -> None:
    await ruled(talkie, roles=frozenset({HOME}))
    assert await told(talkie, Place(guild_id=HOME, channel_id=1)) is None


async def test_a_daily_cap_counts_what_was_made_here_today_even_of_ten_at_once(
    talkie: App, clock: Clock
) -> None:
    clock.advance(86_400 - clock.now_ms() // 1000 % 86_400)
    await ruled(talkie, member_daily=2)
    here = Place(guild_id=HOME, channel_id=1)
    first = await household.asked(talkie, guild=HOME)
    await talkie.services.jobs.cancel(MIRA, first.job)
    results = await asyncio.gather(
        *(household.asked(talkie, guild=HOME) for _ in range(3)), return_exceptions=True
    )
    refusals = [each for each in results if isinstance(each, UserError)]
    assert [refusal.code for refusal in refusals] == [Code.DAILY_CAP]
    assert await told(talkie, here) is Code.DAILY_CAP
    assert await told(talkie, here, JONAS) is None
    assert await told(talkie, replace(here, guild_id=HOME + 1)) is None
    await household.asked(talkie)
    clock.advance(86_400)
    assert await told(talkie, here) is None


async def test_what_costs_nothing_is_never_asked_about(talkie: App) -> None:
    await ruled(talkie, ask_above=0)
    assert not await talkie.services.submission.asks(HOME, 0)
    assert await talkie.services.submission.asks(HOME, 1)
    assert not await talkie.services.submission.asks(None, 10)
    assert await talkie.services.submission.asks(None, 11)
    assert (
        await household.asked(talkie, Wish(mode=Mode.TEXT, prompt="A kite."), guild=HOME)
    ).hold == 0
