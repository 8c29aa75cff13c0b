"""Voice notes and sounds that are sent to Talkie: they mean the same as `Make it talk`."""

import logging

import discord
from discord.ext import commands

from bot.client import TalkieBot
from cogs.ui import attachments, making, reading, replies, slips, speaker
from cogs.ui.letterbox import Letterbox, NoAnswerError

log = logging.getLogger(__name__)

_MOST_REMEMBERED = 4_096


class Notes(commands.Cog):
    """Reads the messages that are meant for Talkie."""

    def __init__(self, bot: TalkieBot) -> None:
        self._bot = bot
        self._heard: dict[int, None] = {}

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer what was sent to Talkie; the rest was said to somebody else."""
        if not reading.is_from_a_person(message):
            return
        try:
            # The sound first: of all that is said in a server, most needs no closer look.
            if attachments.sound(message) is not None:
                if await reading.is_for_talkie(self._bot, message) and self._is_new(message):
                    await self._make_it_talk(message)
            elif reading.is_direct(message) and self._is_new(message):
                await self._direct(message)
        except NoAnswerError as error:
            # Nothing was begun: where Talkie cannot answer, it does not work either.
            log.info("a message could not be answered", extra={"detail": str(error)})

    def _is_new(self, message: discord.Message) -> bool:
        """Whether this is the first that Talkie hears of it: Discord may tell of it twice."""
        if message.id in self._heard:
            return False
        self._heard[message.id] = None
        while len(self._heard) > _MOST_REMEMBERED:
            self._heard.pop(next(iter(self._heard)))
        return True

    async def _make_it_talk(self, message: discord.Message) -> None:
        # Another process may have heard it, too.
        if await self._bot.services.jobs.is_made(message.id):
            return
        desk = Letterbox(self._bot, message)
        try:
            wish = await speaker.wish(self._bot, message, message.author)
            if wish.first_image is not None:
                await making.make_at(desk, wish)
                return
            intake = self._bot.services.intake
            intake.check(wish)
            # Nobody is asked for a picture that would be refused afterwards.
            await self._bot.services.submission.admit(desk.asker, desk.place, wish.mode)
            draft = await intake.keep(wish, desk.asker)
            await desk.show(slips.who_speaks(draft))
        except NoAnswerError:
            raise
        except Exception as error:  # noqa: BLE001 the library would only log it
            refusal = replies.refusal_of(error)
            await desk.show(slips.refused(refusal, replies.way_on(refusal)))

    async def _direct(self, message: discord.Message) -> None:
        if await self._bot.services.directions.are_due(message.author.id):
            await Letterbox(self._bot, message).show(slips.directions())


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(speaker.PortraitButton)
    await bot.add_cog(Notes(bot))
