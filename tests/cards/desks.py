"""Portraits, settings and guides, as cards and forms show them; the hostile ones are hostile."""

from dataclasses import replace

from bot.domain.shapes import Shape
from cogs.ui.guide import Guide
from cogs.ui.likeness import Sight
from cogs.ui.own_settings import Own
from storage.belongings import Choices, Gallery, GuildRules, Portrait, PortraitId
from storage.records import Mode, PersonId

HOSTILE_NAME = "**@everyone** <@123> `x` ||y|| #"


def a_portrait(number: int = 1, name: str = "Captain", *, is_default: bool = True) -> Portrait:
    """A square portrait."""
    return Portrait(
        id=PortraitId(number),
        person_id=PersonId(2),
        name=name,
        file=f"{number}.jpg",
        width=768,
        height=768,
        anchor="centre",
        is_default=is_default,
        created_at=1,
    )


def many(name: str = "Captain") -> list[Portrait]:
    """As many portraits as a member can keep."""
    names = [name, *(f"{name[:28]} {number}" for number in range(2, 11))]
    return [
        a_portrait(10**15 - 1 - number, each, is_default=number == 0)
        for number, each in enumerate(names)
    ]


def a_sight(shape: Shape = Shape.TALL, *, name: str = "Captain") -> Sight:
    """The first of many portraits."""
    own = many(name)
    return Sight(portrait=own[0], shape=shape, picture=b"", own=own)


def own_settings(name: str = "Captain") -> Own:
    """A member who chose something of everything."""
    return Own(choices=Choices(shape="tall", dm_when_done=True), portraits=many(name))


def no_settings() -> Own:
    """A member who chose nothing."""
    return Own(choices=Choices(), portraits=())


def some_rules(guild_id: int = 1) -> GuildRules:
    """A server with every rule set, and as many openings as there can be."""
    return GuildRules(
        guild_id=guild_id,
        channels=frozenset(range(10**18, 10**18 + 25)),
        roles=frozenset(range(10**18, 10**18 + 25)),
        member_daily=10_000,
        menus=False,
        gallery=Gallery.PUBLIC,
        gallery_channel=10**18,
        moderation_channel=10**18 + 1,
        retention_days=1,
        ask_above=10_000,
    )


def no_rules() -> GuildRules:
    """A server that set nothing."""
    return GuildRules(guild_id=1)


def a_guide(*, free: bool = False) -> Guide:
    """The help of a member who has some credits."""
    guide = Guide(free=free, available=60, prices={Mode.TEXT: 5, Mode.IMAGE: 5, Mode.AUDIO: 7})
    return replace(guide, prices={}) if free else guide
