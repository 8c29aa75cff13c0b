"""Turns what a bot sent into the next state of a message, by Discord's rules."""

from dataclasses import dataclass
from enum import IntFlag

from tests.fakes.discord import components, mentions, nesting
from tests.fakes.discord.bodies import Body
from tests.fakes.discord.errors import Json, bad_form, check_count, check_length, refuse
from tests.fakes.discord.files import Attachment, Upload

MOST_FILES = 10


class Flag(IntFlag):
    """Discord's message flags."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    VOICE = 1 << 13
    SNAPSHOT = 1 << 14
    V2 = 1 << 15


NO_FLAG = Flag(0)
_SETTABLE = Flag.SUPPRESS_EMBEDS | Flag.SUPPRESS_NOTIFICATIONS | Flag.V2


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole message body: what stays (`kept`), what is new (`added`), and the rest."""

    content: str = ""
    embeds: tuple[Json, ...] = ()
    components: tuple[Json, ...] = ()
    kept: tuple[Attachment, ...] = ()
    added: tuple[Upload, ...] = ()
    flags: Flag = NO_FLAG
    allowed_mentions: Json | None = None

    @property
    def text(self) -> str:
        """Content and the texts of the components, one a line."""
        shown = [
            part["content"] for _, part in nesting.walk(list(self.components)) if _is_text(part)
        ]
        return "\n".join([*([self.content] if self.content else []), *shown])


EMPTY = Draft()


def compose(body: Body, before: Draft, *, size_limit_bytes: int) -> Draft:
    """The message after this request; raises ApiError 50035, 50006, 30015 or 40005 (413)."""
    fields = body.fields
    flags = _flags(fields, before)
    kept, added = _attachments(body, before)
    draft = Draft(
        content=_content(fields, before),
        embeds=tuple(check_count("embeds", _kept_or_new(fields, "embeds", before.embeds), 0, 10)),
        components=tuple(
            components.check(
                _kept_or_new(fields, "components", before.components), is_v2=bool(flags & Flag.V2)
            )
        ),
        kept=kept,
        added=added,
        flags=flags,
        allowed_mentions=fields.get("allowed_mentions"),
    )
    _check(draft, fields)
    if len(kept) + len(added) > MOST_FILES:
        raise refuse(30015)
    if any(len(upload.content) > size_limit_bytes for upload in added):
        raise refuse(40005)
    return draft


def _flags(fields: Json, before: Draft) -> Flag:
    wished = fields.get("flags")
    if wished is not None and before.flags & Flag.V2 and not Flag(int(wished)) & Flag.V2:
        raise bad_form(
            "flags",
            "MESSAGE_FLAG_IS_COMPONENTS_V2_PERMANENT",
            "IS_COMPONENTS_V2 cannot be removed.",
        )
    return before.flags | (Flag(int(wished or 0)) & _SETTABLE)


def _is_text(part: Json) -> bool:
    return bool(part["type"] == nesting.Part.TEXT)


def _content(fields: Json, before: Draft) -> str:
    content = fields.get("content", before.content) or ""
    check_length("content", content, 0, 2000)
    return str(content)


def _kept_or_new(fields: Json, key: str, before: object) -> object:
    found = fields.get(key, before)
    if isinstance(found, tuple):
        return list(found)
    return [] if found is None else found


def _check(draft: Draft, fields: Json) -> None:
    mentions.check(draft.allowed_mentions)
    _check_embeds(draft.embeds)
    if fields.get("nonce") is not None:
        check_length("nonce", str(fields["nonce"]), 1, 25)
    names = {item.upload.filename for item in draft.kept} | {up.filename for up in draft.added}
    components.check_files(list(draft.components), names)
    extras = any(fields.get(key) for key in ("sticker_ids", "poll"))
    if draft.flags & Flag.V2:
        if draft.content or draft.embeds or extras:
            raise bad_form(
                "content" if draft.content else "embeds",
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                "Not together with MessageFlags.IS_COMPONENTS_V2.",
            )
        if not draft.components:
            raise refuse(50006)
    elif not (draft.content or draft.embeds or draft.components or extras or names):
        raise refuse(50006)


def _check_embeds(embeds: tuple[Json, ...]) -> None:
    total = 0
    for position, embed in enumerate(embeds):
        for key, most in (("title", 256), ("description", 4096)):
            check_length(f"embeds.{position}.{key}", embed.get(key) or "", 0, most)
            total += len(embed.get(key) or "")
        for row, item in enumerate(check_count("embeds.fields", embed.get("fields") or [], 0, 25)):
            check_length(f"embeds.{position}.fields.{row}.name", item.get("name"), 1, 256)
            check_length(f"embeds.{position}.fields.{row}.value", item.get("value"), 1, 1024)
            total += len(item["name"]) + len(item["value"])
        footer = (embed.get("footer") or {}).get("text") or ""
        check_length(f"embeds.{position}.footer.text", footer, 0, 2048)
        total += len(footer)
    if total > 6000:
        raise bad_form("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum of 6000.")


def _attachments(body: Body, before: Draft) -> tuple[tuple[Attachment, ...], tuple[Upload, ...]]:
    listed = body.fields.get("attachments")
    if listed is None:
        return before.kept, tuple(body.files[number] for number in sorted(body.files))
    old = {attachment.id: attachment for attachment in before.kept}
    kept: list[Attachment] = []
    added: list[Upload] = []
    for position, item in enumerate(check_count("attachments", listed, 0, 100)):
        number = int(item.get("id", -1))
        if number in old:
            kept.append(old[number])
        elif number in body.files:
            added.append(_named(body.files[number], item, position))
        else:
            raise bad_form(f"attachments.{position}.id", "ATTACHMENT_NOT_FOUND", "No such file.")
    unlisted = len(body.files) - len(added)
    if unlisted:
        raise bad_form("attachments", "ATTACHMENT_NOT_LISTED", f"{unlisted} files are not listed.")
    return tuple(kept), tuple(added)


def _named(upload: Upload, item: Json, position: int) -> Upload:
    if item.get("description") is not None:
        check_length(f"attachments.{position}.description", item["description"], 0, 1024)
    return Upload(
        filename=item.get("filename") or upload.filename,
        content=upload.content,
        description=item.get("description"),
    )
