"""Finished videos of a server, and what a test asks of its gallery."""

from dataclasses import replace

from bot.app import App
from bot.domain.request import Wish
from bot.domain.shapes import Shape
from bot.services.gallery import Here
from storage.belongings import Gallery
from storage.records import JobId, Mode
from tests.integration.services import household
from tests.integration.services.household import MIRA

SERVER, OTHER = 77, 78
HERE = Here(guild_id=SERVER, guild_name="Kite Club")
PROMPT = "A red kite over a field."


async def open_gallery(
    talkie: App, openness: Gallery = Gallery.PUBLIC, guild: int = SERVER
) -> None:
    await talkie.services.guilds.change(
        guild, lambda rules: replace(rules, gallery=openness, gallery_channel=500)
    )


async def a_video(
    talkie: App,
    prompt: str = PROMPT,
    member: int = MIRA,
    *,
    guild: int | None = SERVER,
    shape: Shape = Shape.WIDE,
    adult: bool = False,
) -> JobId:
    wish = Wish(mode=Mode.TEXT, prompt=prompt, shape=shape)
    ticket = await household.asked(talkie, wish, member, guild=guild, adult=adult)
    await household.done(talkie, ticket.job)
    return ticket.job


async def a_share(
    talkie: App,
    prompt: str = PROMPT,
    member: int = MIRA,
    *,
    guild: int = SERVER,
    shape: Shape = Shape.WIDE,
    adult: bool = False,
) -> JobId:
    job = await a_video(talkie, prompt, member, guild=guild, shape=shape, adult=adult)
    await talkie.services.gallery.share(member, job, replace(HERE, guild_id=guild))
    return job
