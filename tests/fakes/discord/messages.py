"""The messages of the stand-in: how they come to be, change and vanish."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tests.fakes.discord import mentions, nesting, payloads
from tests.fakes.discord.clock import Clock, iso
from tests.fakes.discord.drafts import EMPTY, Draft, Flag
from tests.fakes.discord.errors import Json
from tests.fakes.discord.files import Files
from tests.fakes.discord.journal import Journal, Kind
from tests.fakes.discord.mentions import NOBODY, Pings
from tests.fakes.discord.nouns import Channel, User
from tests.fakes.discord.permissions import Permission

DEFAULT, REPLY, COMMAND, CONTEXT_MENU = 0, 19, 20, 23


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message and its history: `drafts` holds every state it had, the last is current."""

    id: int
    channel: Channel
    author: User
    created_ms: int
    kind: int = DEFAULT
    drafts: list[Draft] = field(default_factory=lambda: [EMPTY])
    nonce: str | None = None
    reply_to: "Message | None" = None
    forwarded: "Message | None" = None
    ephemeral_for: User | None = None
    metadata: Json | None = None
    edited_ms: int | None = None
    is_deleted: bool = False
    pings: Pings = NOBODY

    @property
    def draft(self) -> Draft:
        """What the message says now."""
        return self.drafts[-1]

    @property
    def is_loading(self) -> bool:
        """Whether it only says that the app is thinking."""
        return bool(self.draft.flags & Flag.LOADING)

    @property
    def edits(self) -> int:
        """How often it was edited; filling in a deferred answer does not count."""
        return len(self.drafts) - 1


class Messages:
    """All messages by id; `listener` is told of each change that a bot could hear of."""

    def __init__(
        self,
        clock: Clock,
        journal: Journal,
        files: Files,
        listener: Callable[[str, Message], None],
    ) -> None:
        self._clock = clock
        self._journal = journal
        self._files = files
        self._listener = listener
        self._messages: dict[int, Message] = {}

    def find(self, message_id: int) -> Message | None:
        """A message that was not deleted."""
        message = self._messages.get(message_id)
        return None if message is None or message.is_deleted else message

    def in_channel(self, channel: Channel) -> list[Message]:
        """What stands in a channel, ephemeral ones included, oldest first."""
        return [m for m in self._messages.values() if m.channel is channel and not m.is_deleted]

    def add(self, message: Message, draft: Draft) -> Message:
        """A new message with its first state; its files are stored."""
        message.drafts = [self._store(message, draft)]
        message.pings = self._pings(message)
        self._messages[message.id] = message
        self._tell(Kind.CREATED, "MESSAGE_CREATE", message)
        return message

    def edit(self, message: Message, draft: Draft, *, notifies: bool = False) -> Message:
        """The next state; an edit notifies nobody, only a follow-up that fills a loading one."""
        stored = self._store(message, replace(draft, flags=draft.flags & ~Flag.LOADING))
        if message.is_loading:
            message.drafts = [stored]
            message.pings = self._pings(message) if notifies else NOBODY
        else:
            message.drafts.append(stored)
            message.edited_ms = self._clock.now_ms()
        self._tell(Kind.EDITED, "MESSAGE_UPDATE", message)
        return message

    def delete(self, message: Message) -> None:
        """Remove a message; its files are gone with it."""
        message.is_deleted = True
        for draft in message.drafts:
            for attachment in draft.kept:
                attachment.is_gone = True
        self._tell(Kind.DELETED, "MESSAGE_DELETE", message)

    def repeat(self, message: Message) -> None:
        """Tell bots once more of a message they were told of, as Discord may."""
        self._tell(Kind.CREATED, "MESSAGE_CREATE", message)

    def new(self, channel: Channel, author: User, **more: object) -> Message:
        """A message without a body yet, to be given to `add`."""
        message = Message(
            id=self._clock.snowflake(),
            channel=channel,
            author=author,
            created_ms=self._clock.now_ms(),
        )
        return replace(message, **more)  # type: ignore[arg-type]  # fields by name

    def payload(self, message: Message) -> Json:
        """The message object; addresses of files are signed anew each time."""
        draft = message.draft
        found: Json = {
            "id": str(message.id),
            "channel_id": str(message.channel.id),
            "type": message.kind,
            "author": payloads.user(message.author),
            "timestamp": iso(message.created_ms),
            "edited_timestamp": iso(message.edited_ms) if message.edited_ms else None,
            "tts": False,
            "pinned": False,
            "mention_everyone": message.pings.everyone,
            "mention_roles": [str(role) for role in message.pings.roles],
            "mentions": self._mentioned(message),
            **self._body(draft),
        }
        if message.nonce is not None:
            found["nonce"] = message.nonce
        if message.metadata is not None:
            found |= {
                "interaction_metadata": message.metadata,
                "application_id": str(message.author.id),
                "webhook_id": str(message.author.id),
            }
        return found | self._related(message)

    def _related(self, message: Message) -> Json:
        other = message.reply_to or message.forwarded
        if other is None:
            return {}
        reference = {
            "type": 0 if message.reply_to else 1,
            "message_id": str(other.id),
            "channel_id": str(other.channel.id),
        }
        if message.forwarded is not None:
            snapshot = self._body(other.draft) | {
                "type": other.kind,
                "timestamp": iso(other.created_ms),
                "edited_timestamp": None,
                "mentions": [],
                "mention_roles": [],
            }
            return {"message_reference": reference, "message_snapshots": [{"message": snapshot}]}
        shown = None if other.is_deleted else self.payload(replace(other, reply_to=None))
        return {"message_reference": reference, "referenced_message": shown}

    def _body(self, draft: Draft) -> Json:
        return {
            "content": draft.content,
            "embeds": [{"type": "rich", **embed} for embed in draft.embeds],
            "components": self._shown(draft),
            "attachments": [self._files.payload(attachment) for attachment in draft.kept],
            "flags": int(draft.flags),
        }

    def _shown(self, draft: Draft) -> list[Json]:
        found = copy.deepcopy(list(draft.components))
        by_name = {attachment.upload.filename: attachment for attachment in draft.kept}
        for _, component in nesting.walk(found):
            for media in nesting.media_of(component):
                attachment = by_name.get(media["url"].removeprefix("attachment://"))
                if media["url"].startswith("attachment://") and attachment is not None:
                    shown = self._files.payload(attachment)
                    media.clear()
                    media |= {key: shown[key] for key in ("url", "proxy_url", "content_type")
                              if key in shown}  # fmt: skip
                    media |= {"attachment_id": shown["id"], "loading_state": 2}
        return found

    def _mentioned(self, message: Message) -> list[Json]:
        named = mentions.named(message.draft.text) | message.pings.users
        people = {who.id: who for who in message.channel.recipients}
        if message.channel.guild is not None:
            people = message.channel.guild.members
        return [payloads.user(people[who]) for who in sorted(named) if who in people]

    def _store(self, message: Message, draft: Draft) -> Draft:
        new = [self._files.keep(upload, channel_id=message.channel.id) for upload in draft.added]
        return replace(draft, kept=(*draft.kept, *new), added=())

    def _pings(self, message: Message) -> Pings:
        if message.is_loading:
            return NOBODY
        rights = message.channel.permissions_of(message.author)
        return mentions.pings(
            message.draft.text,
            message.draft.allowed_mentions,
            may_ping_everyone=bool(rights & Permission.MENTION_EVERYONE),
            replied_to=_replied_to(message),
        )

    def _tell(self, kind: Kind, event: str, message: Message) -> None:
        self._journal.record(kind, message_id=message.id, channel_id=message.channel.id,
                             text=message.draft.text)  # fmt: skip
        if message.ephemeral_for is None:
            self._listener(event, message)


def _replied_to(message: Message) -> int | None:
    """Whom a reply can ping: not the app, if its message answers an interaction (api#5395)."""
    other = message.reply_to
    return None if other is None or other.metadata is not None else other.author.id
