"""Pictures of every card, as simcord draws Discord: a simulator's drawing, not Discord's own.

simcord has one look, the dark one; `LIGHT` colours the same page anew.
"""

import asyncio
import io
import math
import shutil
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import discord
import simcord
from discord.ext import commands
from PIL import Image, ImageOps
from playwright.async_api import FloatRect, Page, async_playwright

from bot.domain import shapes
from bot.domain.shapes import Shape, Size
from bot.errors import Code
from bot.services.removal import Removed
from cogs.ui import (
    answers,
    cards,
    deletion,
    guide,
    keyboard,
    likeness,
    listing,
    own_settings,
    server_settings,
    texts,
    workbench,
)
from cogs.ui.frame import Card
from storage.records import JobId, JobState, Mode
from tests.cards import accounts, benches, desks, drafts
from tests.cards.exhibition import a_decision, exhibition
from tests.cards.standings import NOTICES, a_late_one, a_standing, slips_by_name
from tests.fakes.deapi import clips

ASSETS = Path(__file__).parents[2] / "bot" / "assets" / "demo"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LIGHT = """
:root, body, .channel-layout, .preview-stage {
  color-scheme: light;
  --discord-bg: #fbfbfb; --discord-text: #2f3035; --discord-muted: #5c5d67;
  --discord-subtle: #4b4c54; --discord-border: #dfdfe2; --component-surface: #ffffff;
  --component-border: #dfdfe2; --button-alt: #e7e7ea; --code-surface: #f2f2f4;
  --code-border: #dfdfe2; --code-text: #2f3035; --discord-surface: #f2f2f4;
  background: #fbfbfb; color: #2f3035;
}
.component-button, .message-author, .channel-message * { color: inherit; }
.button-style-1, .button-style-3, .button-style-4 { color: #ffffff !important; }
.select-trigger, .select-value { background: #f2f2f4 !important; color: #2f3035 !important; }
.select-chip, .link-button { background: #e7e7ea !important; color: #2f3035 !important; }
.markdown-subtext, .message-time { color: #5c5d67 !important; }
"""
_A_REMOVAL = Removed(
    job=a_standing(JobState.DONE).job,
    video=a_standing(JobState.DONE).video,
    had_inputs=True,
    reply=None,
    delivery=None,
    maker=None,
)
_MESSAGE = ".channel-message"
_READY = "() => window.simcordPreview && window.simcordPreview.ready === true"
_SEEN = (Shape.TALL, Shape.SQUARE)
_WIDE, _TALL = 960, 12_000
"""High enough that no card has to be scrolled to; Chromium draws nothing above 16,384."""
_PATIENCE_MS = 180_000
_AT_ONCE = 18
"""Cards of one page."""
_BOXES = "all => all.map(each => each.getBoundingClientRect().toJSON())"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One picture: a card, and the clip that is sent with it."""

    name: str
    card: Card
    clip: Path | None = None
    picture: bytes | None = None


def chromium() -> str | None:
    """Where this machine has a Chromium; None if it has none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


async def sheets() -> list[Sheet]:
    """Every card, the finished one in each shape."""
    plain = {**_of_jobs(), **accounts.cards_by_name(), **slips_by_name()}
    found = [Sheet(name=name, card=card) for name, card in plain.items()]
    for shape in Shape:
        done = a_standing(JobState.DONE, shape=shape)
        card = cards.finished(done, rows=keyboard.rows(done.job.id))
        found.append(Sheet(name=f"done-{shape}", card=card, clip=await _clip(shape)))
    found += await _desk()
    found += [Sheet(name=name, card=card) for name, card in (await drafts.coaching()).items()]
    for name, shown in exhibition().items():
        found.append(Sheet(name=name, card=shown, clip=await _clip(Shape.WIDE)))
    found.append(Sheet(name="gallery-report-decided", card=a_decision()))
    late = cards.finished(a_late_one(), rows=keyboard.rows(JobId(12)))
    return [*found, Sheet(name="late", card=late, clip=await _clip(Shape.WIDE))]


def _of_jobs() -> dict[str, Card]:
    jobs = [
        a_standing(JobState.QUEUED, 16),
        a_standing(JobState.ACTIVE, 15, mode=Mode.AUDIO, prompt="She sings into the wind."),
        a_standing(JobState.DONE, 14),
        a_standing(JobState.FAILED, 13, reason=Code.ENGINE_FAILED),
    ]
    failed = a_standing(JobState.FAILED, reason=Code.ENGINE_FAILED)
    bare = keyboard.without_video(JobId(12))
    return {
        **{
            name.replace(" ", "-"): cards.under_way(a_standing(JobState.ACTIVE), notice)
            for name, notice in NOTICES.items()
            if name != "waiting"
        },
        "accepted": cards.accepted(a_standing(JobState.QUEUED), NOTICES["waiting"], left=95),
        "failed": cards.failed(failed, rows=bare),
        "cancelled": cards.cancelled(a_standing(JobState.CANCELLED), bare),
        "expired": cards.expired(a_standing(JobState.DONE), bare),
        "offer": cards.offer(a_standing(JobState.ACTIVE)),
        "held-back": cards.held_back(
            a_standing(JobState.DONE), "<@5>", texts.lacks("Attach Files")
        ),
        "linked": cards.linked(
            a_standing(JobState.DONE), "https://talkie.example/v/a", rows=keyboard.rows(JobId(12))
        ),
        "deleted": cards.deleted(JobId(12)),
        "delete-question": deletion.question(a_standing(JobState.DONE).job, 5),
        "delete-answer": deletion.told(_A_REMOVAL, had_page=True, messages=2, left=1),
        "moved": cards.moved(a_standing(JobState.DONE).job.id),
        "jobs": listing.listed(jobs),
    }


async def draw(found: list[Sheet], folder: Path, browser: str) -> dict[str, Path]:
    """A PNG of each sheet in dark and in light, by `look/name`."""
    bot = commands.Bot("!", intents=discord.Intents(guilds=True))
    drawn: dict[str, Path] = {}
    async with AsyncExitStack() as stack:
        env = await stack.enter_async_context(simcord.run(bot))
        guild = env.create_guild()
        viewer = guild.add_member(env.create_user("mira"))
        playwright = await stack.enter_async_context(async_playwright())
        running = await playwright.chromium.launch(executable_path=browser, args=list(ARGUMENTS))
        stack.push_async_callback(running.close)
        context = await running.new_context(
            bypass_csp=True, viewport={"width": _WIDE, "height": _TALL}, reduced_motion="reduce"
        )
        context.set_default_timeout(_PATIENCE_MS)
        page = await context.new_page()
        for begin in range(0, len(found), _AT_ONCE):
            some = found[begin : begin + _AT_ONCE]
            handle = guild.create_text_channel(f"room-{begin}")
            channel = bot.get_channel(handle.id)
            assert isinstance(channel, discord.TextChannel)
            for sheet in some:
                await _send(channel, sheet)
            async with env.preview(handle, viewers=[viewer], layout="channel") as preview:
                await page.goto(preview.url)
                await page.wait_for_function(_READY)
                drawn |= await _shoot(page, some, folder / "dark")
                await page.add_style_tag(content=LIGHT)
                drawn |= await _shoot(page, some, folder / "light")
    return drawn


async def _send(channel: discord.TextChannel, sheet: Sheet) -> None:
    if sheet.picture is not None:
        picture = discord.File(io.BytesIO(sheet.picture), filename="portrait.jpg")
        await channel.send(view=sheet.card, file=picture)
        return
    if sheet.clip is None:
        await channel.send(view=sheet.card)
        return
    file = discord.File(sheet.clip, filename="talkie-12.mp4")
    await channel.send(view=sheet.card, file=file)
    file.close()


async def _shoot(page: Page, some: list[Sheet], folder: Path) -> Mapping[str, Path]:
    """A picture of each message, cut out of one of them all: each that is taken takes its time."""
    folder.mkdir(parents=True, exist_ok=True)
    await page.locator(_MESSAGE).nth(len(some) - 1).wait_for()
    boxes: list[dict[str, float]] = await page.locator(_MESSAGE).evaluate_all(_BOXES)
    assert boxes[0]["top"] >= 0, "more cards than the page can show"
    left, top = (int(min(box[side] for box in boxes)) for side in ("left", "top"))
    right, bottom = (math.ceil(max(box[side] for box in boxes)) for side in ("right", "bottom"))
    seen: FloatRect = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    with Image.open(io.BytesIO(await page.screenshot(animations="disabled", clip=seen))) as whole:
        return {
            f"{folder.name}/{sheet.name}": _cut(whole, box, folder / f"{sheet.name}.png", left, top)
            for box, sheet in zip(boxes, some, strict=True)
        }


def _cut(whole: Image.Image, box: dict[str, float], target: Path, left: int, top: int) -> Path:
    edges = (
        int(box["left"]) - left,
        int(box["top"]) - top,
        math.ceil(box["right"]) - left,
        math.ceil(box["bottom"]) - top,
    )
    whole.crop(edges).save(target, compress_level=1)
    return target


async def _desk() -> list[Sheet]:
    """What members set, keep and ask for; the server's menus have no names here."""
    easel = ASSETS / "portrait.jpg"
    cropped = {shape: await asyncio.to_thread(_cropped, easel, shape) for shape in _SEEN}
    portraits = [
        Sheet(name=f"portrait-{shape}", card=likeness.card(desks.a_sight(shape)), picture=picture)
        for shape, picture in cropped.items()
    ]
    plain = {
        "portrait-remove": likeness.question(desks.a_portrait(), Shape.TALL),
        "portrait-gone": likeness.gone(desks.a_portrait()),
        "settings-me": own_settings.card(desks.own_settings()),
        "settings-me-new": own_settings.card(desks.no_settings()),
        "settings-server": server_settings.card(desks.no_rules()),
        "settings-server-set": server_settings.card(
            replace(desks.some_rules(), channels=frozenset(), roles=frozenset())
        ),
        **_benches(),
        "help": guide.card(desks.a_guide()),
        "help-free": guide.card(desks.a_guide(free=True)),
    }
    return [*portraits, *(Sheet(name=name, card=card) for name, card in plain.items())]


def _benches() -> dict[str, Card]:
    picture = benches.a_bench(mode=Mode.IMAGE)
    return {
        "builder-empty": workbench.card(benches.a_bench()),
        "builder-begun": workbench.card(benches.a_bench(benches.begun())),
        "builder-motions": workbench.card(benches.a_bench(benches.begun()), workbench.Page.MOTION),
        "builder-full": workbench.card(benches.a_bench(benches.full())),
        "builder-picture": workbench.card(picture),
        "builder-stopped": workbench.card(
            benches.a_bench(benches.begun()), note=answers.PRESS_AGAIN
        ),
    }


def _cropped(easel: Path, shape: Shape) -> bytes:
    size = shapes.format_of(shape, Size.STANDARD)
    held = io.BytesIO()
    with Image.open(easel) as opened:
        ImageOps.fit(opened, (size.width, size.kept_height)).save(held, "JPEG")
    return held.getvalue()


async def _clip(shape: Shape) -> Path:
    size = shapes.format_of(shape, Size.STANDARD)
    # One frame: simcord encodes every clip anew, and what is looked at is the first.
    return await clips.make(size.width, size.kept_height, 1)
