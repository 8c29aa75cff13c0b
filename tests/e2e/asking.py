"""What tests of the question before a video share: pictures, presses and what came of them."""

import asyncio
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.media import ffmpeg
from storage.records import Balance
from tests.e2e.conftest import VOICE_S, WORDS, Town
from tests.fakes import samples
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.deapi.record import Seen
from tests.fakes.deapi.uploads import Upload as Posted
from tests.fakes.discord.files import Upload
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message
from tests.fakes.discord.view import View

RED, BLUE = 0, 2
CROPS = ["Left", "Centre", "Right"]
RENDER = "Render · 5 of 100 credits"
OWNER_PROBLEMS = pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (RequestFault.UNAUTHORIZED, "does not accept the key"),
        (RequestFault.SUSPENDED, "account is suspended"),
        (None, "holds too little"),
    ],
)
"""What the service may have against the owner's account, None for money, and what it is called."""


def two_coloured(width: int = 800, height: int = 400) -> Upload:
    """Red on the left, blue on the right."""
    made = Image.new("RGB", (width, height), (220, 0, 0))
    made.paste((0, 0, 220), (width // 2, 0, width, height))
    held = io.BytesIO()
    made.save(held, "PNG")
    return Upload(filename="two colours.png", content=held.getvalue())


def a_voice() -> Upload:
    return Upload(
        filename="voice.ogg",
        content=samples.voice(VOICE_S),
        content_type="audio/ogg",
        duration_s=VOICE_S,
        waveform="AAAA",
    )


def mean(picture: bytes) -> list[float]:
    with Image.open(io.BytesIO(picture)) as opened:
        return [float(value) for value in np.asarray(opened.convert("RGB")).mean(axis=(0, 1))]


def labels(view: View) -> list[str]:
    return [button.label for button in view.buttons]


async def asked(town: Town, picture: Upload, **more: object) -> Message:
    """The question that `/animate` answers with."""
    options = {"prompt": WORDS, "shape": "square", "seconds": 2, "look": True} | more
    return await town.slash("animate", image=picture, **options)


async def press(town: Town, message: Message, label: str) -> Interaction:
    return await town.discord.people.click(town.mira, message, label)


def prices(town: Town) -> list[Seen]:
    return [seen for seen in town.deapi.asked("videos/") if seen.path.endswith("/price")]


def posted(town: Town) -> bytes:
    """The first frame of the one job that the provider was asked for."""
    [post] = [seen for seen in town.deapi.asked("videos/") if not seen.path.endswith("/price")]
    picture = post.fields["first_frame_image"]
    assert isinstance(picture, Posted)
    return picture.content


async def first_frame(clip: bytes, folder: Path) -> bytes:
    (folder / "clip.mp4").write_bytes(clip)
    process = await asyncio.create_subprocess_exec(
        *(str(ffmpeg.locate()), "-v", "error", "-i", str(folder / "clip.mp4"), "-frames:v", "1"),
        *("-f", "image2pipe", "-c:v", "png", "pipe:1"),
        stdout=asyncio.subprocess.PIPE,
    )
    return (await process.communicate())[0]


async def looked(town: Town, prompt: str = WORDS) -> Message:
    """The question of a member who wants to look at their words first."""
    if town.talkie is None:
        await town.start()
    message = await town.slash("video", prompt=prompt, seconds=2, look=True)
    await town.until(message, lambda seen: "Never mind" in labels(seen))
    return message


async def made(town: Town, message: Message) -> str:
    """The words that the video of a question was made of in the end."""
    [label] = [each for each in labels(town.view(message)) if each.startswith("Render")]
    await press(town, message, label)
    await town.until(message, lambda seen: "AI-generated" in seen.text)
    assert await town.balance() == Balance(available=95, held=0)
    assert await town.broken_invariants() == []
    [post] = [each for each in town.deapi.asked("videos/") if not each.path.endswith("/price")]
    return str(post.fields["prompt"])
