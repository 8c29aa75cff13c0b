"""What tests of the gallery share: a server with channels for it, and members who press."""

from dataclasses import dataclass, replace

from storage.belongings import Gallery
from tests.e2e.conftest import LONG_S, Town
from tests.e2e.results import answer, finished, press, stranger
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel, Role, User
from tests.fakes.discord.permissions import Permission


@dataclass(slots=True)
class Place:
    """A town with a gallery channel, a moderation channel, a moderator and a stranger."""

    town: Town
    gallery: Channel
    moderation: Channel
    moderator: User
    noa: User

    async def posts(self) -> list[Message]:
        return [each for each in self.town.videos(self.gallery) if not each.is_deleted]


async def opened(
    town: Town, openness: Gallery = Gallery.PUBLIC, *, moderated: bool = True
) -> Place:
    """Start Talkie, and let the server have its gallery."""
    world = town.discord.world
    gallery = world.add_channel(town.guild, "gallery")
    moderation = world.add_channel(town.guild, "moderation")
    noa, moderator = stranger(town), world.add_user("mo")
    town.guild.members[moderator.id] = moderator
    rights = Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES | Permission.MANAGE_MESSAGES
    role = Role(id=99, name="moderators", permissions=rights)
    town.guild.roles[role.id] = role
    town.guild.roles_of[moderator.id] = [role.id]
    talkie = await town.start()
    await talkie.services.guilds.change(
        town.guild.id,
        lambda rules: replace(
            rules,
            gallery=openness,
            gallery_channel=gallery.id,
            moderation_channel=moderation.id if moderated else None,
        ),
    )
    return Place(town, gallery, moderation, moderator, noa)


async def posted(place: Place) -> Message:
    """The one post in the gallery channel, once it is recorded."""
    town = place.town
    post = await town.discord.observer.message(
        place.gallery, lambda view: bool(view.files), timeout_s=LONG_S
    )
    await town.until_row("SELECT 1 FROM share WHERE post_message_id IS NOT NULL")
    return post


async def shared(place: Place) -> tuple[Message, Message]:
    """A video of mira's, and its post."""
    town = place.town
    card = await finished(town)
    await answer(town, await press(town, card, "Share"))
    return card, await posted(place)


async def reported(place: Place, message: Message, user: User, words: str = "") -> Message:
    """Report what a message shows; the answer that only the reporter reads."""
    town = place.town
    pressed = await press(town, message, "Report", user)
    await town.discord.observer.modal(pressed)
    sent = await town.discord.people.submit_modal(
        user, pressed, {"reason": ["hate"], "words": words}
    )
    return await town.discord.observer.reply(sent, LONG_S)
