"""What tests of notes share: voice notes sent to Talkie, and what it answers."""

from tests.e2e.conftest import Town
from tests.fakes.discord.files import Upload
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel
from tests.fakes.discord.view import View


def shows_video(view: View) -> bool:
    return bool(view.files)


async def send(town: Town, voice: Upload, *more: Upload) -> Message:
    """A voice note of mira's to Talkie, or a sound with other files beside it."""
    files = (voice, *more)
    return await town.discord.people.send_dm(town.mira, attachments=files, is_voice=not more)


async def answer_to(town: Town, note: Message) -> Message:
    """The first reply of Talkie to a message."""
    await town.discord.observer.wait_for(lambda: answers(town, note))
    return answers(town, note)[0]


def answers(town: Town, note: Message) -> list[Message]:
    return [
        message
        for message in town.discord.observer.messages(note.channel)
        if message.author is town.discord.world.bot and message.reply_to is note
    ]


async def video_in(town: Town, channel: Channel) -> Message:
    return await town.discord.observer.message(channel, shows_video)


async def ordinary_card(town: Town) -> Message:
    """A message that Talkie posted by itself: the ending of a job whose token died."""
    assert town.talkie is not None
    town.deapi.behaviour.looks_until_done = None
    await town.slash("video", prompt="A red bicycle leans against a wall.", seconds=2)
    await town.started(1)
    await town.forget_tokens()
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    town.deapi.behaviour.looks_until_done = 1
    return await video_in(town, town.channel)


async def hear_a_last_word(town: Town) -> None:
    """Have Talkie answer a direct message, and with it everything that was sent before."""
    last = town.discord.world.add_user("last")
    town.guild.members[last.id] = last
    await answer_to(town, await town.discord.people.send_dm(last, "hello?"))
