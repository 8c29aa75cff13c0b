"""The parts that everything else is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import Watch
from bot.engines.base import Engine
from bot.media import ffmpeg
from bot.services.fetching import Fetcher
from bot.settings import Settings
from storage.database import Store
from storage.files import Files


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is opened first and closed last."""

    settings: Settings
    clock: Watch
    files: Files
    store: Store
    engines: Mapping[str, Engine]
    ffmpeg: ffmpeg.Ffmpeg
    fetcher: Fetcher
