"""What a person sees of a message, without Discord's JSON around it."""

from dataclasses import dataclass

from tests.fakes.discord import nesting
from tests.fakes.discord.drafts import Draft, Flag
from tests.fakes.discord.errors import Json
from tests.fakes.discord.files import Attachment, Files
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nesting import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button; one with a `url` is a link and has no custom id."""

    label: str
    custom_id: str | None
    url: str | None
    is_disabled: bool
    style: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """A select menu and the values it offers."""

    custom_id: str
    placeholder: str
    values: tuple[str, ...]
    is_disabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that can be opened, with its alt text."""

    name: str
    content: bytes
    url: str
    description: str | None

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A message on the screen; `text` holds content, embeds and component texts by line."""

    text: str
    buttons: tuple[Button, ...]
    menus: tuple[Menu, ...]
    files: tuple[File, ...]
    is_ephemeral: bool
    is_loading: bool
    is_edited: bool
    is_v2: bool

    def button(self, name: str) -> Button:
        """The button with this label or custom id."""
        found = [item for item in self.buttons if name in (item.label, item.custom_id)]
        assert found, f"no button {name!r} among {[item.label for item in self.buttons]}"
        return found[0]


def show(message: Message, files: Files) -> View:
    """The message as it looks now; V2 messages show only the files that a component shows."""
    draft = message.draft
    parts = [part for _, part in nesting.walk(list(draft.components))]
    return View(
        text="\n".join([draft.text, *_embed_lines(draft)]).strip("\n"),
        buttons=tuple(_button(part) for part in parts if part["type"] == Part.BUTTON),
        menus=tuple(_menu(part) for part in parts if part["type"] in nesting.SELECTS),
        files=tuple(_file(item, files) for item in _visible(draft, parts, files)),
        is_ephemeral=message.ephemeral_for is not None,
        is_loading=message.is_loading,
        is_edited=message.edits > 0,
        is_v2=bool(draft.flags & Flag.V2),
    )


def _visible(draft: Draft, parts: list[Json], files: Files) -> list[Attachment]:
    if not draft.flags & Flag.V2:
        return list(draft.kept)
    urls = [media["url"] for part in parts for media in nesting.media_of(part)]
    names = {url.removeprefix("attachment://") for url in urls if url.startswith("attachment://")}
    paths = {url.removeprefix(files.root).partition("?")[0] for url in urls}
    return [item for item in draft.kept if item.upload.filename in names or item.path in paths]


def _embed_lines(draft: Draft) -> list[str]:
    lines: list[str] = []
    for embed in draft.embeds:
        lines += [embed[key] for key in ("title", "description") if embed.get(key)]
        lines += [f"{item['name']}: {item['value']}" for item in embed.get("fields") or []]
        footer = (embed.get("footer") or {}).get("text")
        lines += [footer] if footer else []
    return lines


def _button(part: Json) -> Button:
    emoji = (part.get("emoji") or {}).get("name") or ""
    return Button(
        label=part.get("label") or emoji,
        custom_id=part.get("custom_id"),
        url=part.get("url"),
        is_disabled=bool(part.get("disabled")),
        style=part["style"],
    )


def _menu(part: Json) -> Menu:
    return Menu(
        custom_id=part["custom_id"],
        placeholder=part.get("placeholder") or "",
        values=tuple(option["value"] for option in part.get("options") or []),
        is_disabled=bool(part.get("disabled")),
    )


def _file(item: Attachment, files: Files) -> File:
    return File(
        name=item.upload.filename,
        content=item.upload.content,
        url=files.url(item),
        description=item.upload.description,
    )
