"""What members ask for: words mostly, now and then a picture or a sound."""

import random

from tests.fakes.discord.files import Upload
from tests.fakes.discord.invoking import Value
from tests.fakes.samples import picture, sound
from tests.torture.town import Town

PICTURE = Upload(filename="portrait.png", content=picture(640, 640))


class Workload:
    """Sends commands, each with a prompt of its own."""

    def __init__(self, town: Town, draw: random.Random) -> None:
        self._town = town
        self._draw = draw
        self._sound = Upload(filename="speech.mp3", content=sound(2.0))

    async def send(self, count: int) -> None:
        """So many commands of members, all at once."""
        for _ in range(count):
            await self._ask()

    async def _ask(self) -> None:
        town, number = self._town, len(self._town.commands) + 1
        prompt = f"Scene {number}: gulls drift over a harbour wall."
        member = self._draw.choice(town.members)
        name, values, files = self._command(prompt)
        town.commands[prompt] = await town.discord.people.slash(
            member, town.channel, name, values, files
        )

    def _command(self, prompt: str) -> tuple[str, dict[str, Value], dict[str, Upload]]:
        chance = self._draw.random()
        if chance < 0.04:
            return "talk", {"prompt": prompt}, {"audio": self._sound, "portrait": PICTURE}
        if chance < 0.08:
            return "animate", {"prompt": prompt, "seconds": 2.0}, {"image": PICTURE}
        return "video", {"prompt": prompt, "seconds": 2.0}, {}
