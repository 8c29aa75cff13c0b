"""Portraits: pictures that members keep, so that a voice note is enough for a talking portrait."""

import asyncio
import shutil
import unicodedata
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

from bot.clock import Clock
from bot.domain import prompt
from bot.domain.request import Anchor, Source
from bot.domain.shapes import Shape
from bot.errors import Code, UserError
from bot.media import image
from bot.services.broom import Broom
from bot.services.easel import Easel
from bot.services.hands import Hands
from bot.services.turns import Turnstile
from storage import leftovers, people, portraits
from storage.belongings import Portrait, PortraitId, Shelf
from storage.database import Body, Store
from storage.files import Files
from storage.records import PersonId

MOST = 10
LONGEST_NAME = 32
_NEW = PortraitId(0)


class Portraits:
    """Keeps, shows and forgets members' portraits; nobody sees another's."""

    def __init__(
        self,
        *,
        store: Store,
        files: Files,
        clock: Clock,
        easel: Easel,
        broom: Broom,
        hands: Hands,
    ) -> None:
        self._store = store
        self._files = files
        self._clock = clock
        self._easel = easel
        self._broom = broom
        self._hands = hands
        self._presses = Turnstile()

    async def of(self, discord_id: int) -> list[Portrait]:
        """A member's portraits in the order they came."""

        def body() -> Body[list[Portrait]]:
            person = yield from people.find(discord_id)
            return [] if person is None else (yield from portraits.of_person(person))

        return await self._store.read(body())

    async def default(self, discord_id: int) -> Portrait | None:
        """The portrait that is used where none was chosen."""
        return next((each for each in await self.of(discord_id) if each.is_default), None)

    async def get(self, discord_id: int, portrait: PortraitId) -> Portrait:
        """One of a member's own portraits; raises UserError."""
        return await self._store.read(_own(discord_id, portrait))

    async def named(self, discord_id: int, name: str) -> Portrait:
        """A member's portrait of this name, in whatever case; raises UserError."""

        def body() -> Body[Portrait]:
            person = yield from people.find(discord_id)
            found = person and (yield from portraits.named(_folded(prompt.tidy(name)), person))
            if not found:
                raise UserError(Code.PORTRAIT_UNKNOWN)
            return found

        return await self._store.read(body())

    async def keep(
        self, discord_id: int, name: str, source: Source, *, anchor: Anchor = Anchor.CENTRE
    ) -> Portrait:
        """Keep a picture under a name, in place of the one that had it; raises UserError.

        The first one becomes the default. The picture is kept upright, whole and without its
        metadata, because the shape it is cropped to is chosen later.
        """
        name = _checked(name)
        now = self._clock.now_ms()
        # The person is a row before any file of theirs is, and a full shelf fetches nothing.
        await self._store.write(_room_for(discord_id, name, now))
        with self._hands.lent(discord_id):
            file, picture = await self._develop(source)
        portrait = Portrait(
            id=_NEW,
            person_id=PersonId(0),
            name=name,
            file=file,
            width=picture.width,
            height=picture.height,
            anchor=anchor,
            is_default=False,
            created_at=now,
        )
        return await self._store_or_sweep(discord_id, portrait)

    async def crop(self, discord_id: int, portrait: PortraitId, anchor: Anchor) -> Portrait:
        """Choose what stays of a portrait when it is cropped; raises UserError."""
        return await self._change(discord_id, portrait, anchor=anchor)

    async def rename(self, discord_id: int, portrait: PortraitId, name: str) -> Portrait:
        """Give a portrait another name that is free; raises UserError."""
        return await self._change(discord_id, portrait, name=_checked(name))

    async def make_default(self, discord_id: int, portrait: PortraitId) -> Portrait:
        """Use this portrait where none is chosen; raises UserError."""

        def body() -> Body[Portrait]:
            own = yield from _own(discord_id, portrait)
            yield from portraits.make_default(own.id, own.person_id)
            return replace(own, is_default=True)

        return await self._store.write(body())

    async def remove(self, discord_id: int, portrait: PortraitId) -> None:
        """Forget a portrait and its file; the oldest one left becomes the default."""

        def body() -> Body[None]:
            own = yield from _own(discord_id, portrait)
            yield from portraits.remove(own.id)
            yield from leftovers.leave(Shelf.PORTRAITS, own.file)
            left = yield from portraits.of_person(own.person_id)
            if own.is_default and left:
                yield from portraits.make_default(left[0].id, own.person_id)

        await self._store.write(body())
        await self._broom.sweep()

    async def preview(self, discord_id: int, portrait: PortraitId, shape: Shape) -> bytes:
        """A portrait as a video of this shape would begin with it, a JPG; raises UserError."""
        own = await self.get(discord_id, portrait)
        picture = self._files.portraits / own.file
        try:
            return await self._easel.shown(picture, image.Anchor(own.anchor), shape)
        except FileNotFoundError as error:
            # It was removed in just this moment.
            raise UserError(Code.PORTRAIT_UNKNOWN) from error

    async def copy(self, discord_id: int, portrait: PortraitId, target: Path) -> Portrait:
        """Copy a member's own portrait, whole, to `target`; raises UserError."""
        own = await self.get(discord_id, portrait)
        try:
            await asyncio.to_thread(shutil.copyfile, self._files.portraits / own.file, target)
        except FileNotFoundError as error:
            # It was removed in just this moment.
            raise UserError(Code.PORTRAIT_UNKNOWN) from error
        return own

    def one_press(self, portrait: PortraitId) -> AbstractAsyncContextManager[None]:
        """Wait until no other press on this portrait's card is being answered."""
        return self._presses.passing(portrait)

    async def _develop(self, source: Source) -> tuple[str, image.Picture]:
        async with self._easel.developed(source) as picture:
            # The file is durable before its row: a crash between the two leaves an orphan that
            # the next start sweeps, never a row without its picture.
            file = await asyncio.to_thread(
                self._files.publish, picture.path, ".jpg", place=Shelf.PORTRAITS
            )
            return file, picture

    async def _store_or_sweep(self, discord_id: int, portrait: Portrait) -> Portrait:
        def body() -> Body[Portrait]:
            person = yield from _room_for(discord_id, portrait.name, portrait.created_at)
            return (yield from _put(replace(portrait, person_id=person)))

        try:
            kept = await self._store.write(body())
        except UserError:
            # No row names this file, nor ever will.
            await self._store.write(leftovers.leave(Shelf.PORTRAITS, portrait.file))
            await self._broom.sweep()
            raise
        await self._broom.sweep()
        return kept

    async def _change(self, discord_id: int, portrait: PortraitId, **changes: str) -> Portrait:
        def body() -> Body[Portrait]:
            own = yield from _own(discord_id, portrait)
            changed = replace(own, **changes)  # type: ignore[arg-type]  # names and anchors only
            other = yield from portraits.named(_folded(changed.name), own.person_id)
            if other is not None and other.id != own.id:
                raise UserError(Code.PORTRAIT_TAKEN)
            yield from portraits.change(changed, _folded(changed.name))
            return changed

        return await self._store.write(body())


def _put(portrait: Portrait) -> Body[Portrait]:
    """A new row, or another picture in the row that has this name."""
    person, folded = portrait.person_id, _folded(portrait.name)
    known = yield from portraits.named(folded, person)
    if known is not None:
        changed = replace(portrait, id=known.id, is_default=known.is_default)
        yield from portraits.change(changed, folded)
        yield from leftovers.leave(Shelf.PORTRAITS, known.file)
        return replace(changed, created_at=known.created_at)
    is_first = not (yield from portraits.of_person(person))
    new = replace(portrait, is_default=is_first)
    return replace(new, id=(yield from portraits.keep(new, folded)))


def _room_for(discord_id: int, name: str, now: int) -> Body[PersonId]:
    """The person, if one more portrait of this name may be kept; raises UserError."""
    person = yield from people.resolve(discord_id, now)
    kept = yield from portraits.of_person(person)
    if len(kept) >= MOST and (yield from portraits.named(_folded(name), person)) is None:
        raise UserError(Code.PORTRAITS_FULL, limit=MOST)
    return person


def _own(discord_id: int, portrait: PortraitId) -> Body[Portrait]:
    person = yield from people.find(discord_id)
    found = None if person is None else (yield from portraits.get(portrait, person))
    if found is None:
        raise UserError(Code.PORTRAIT_UNKNOWN)
    return found


def _checked(name: str) -> str:
    cleaned = prompt.tidy(name)
    if not 1 <= len(cleaned) <= LONGEST_NAME:
        raise UserError(Code.PORTRAIT_NAME, limit=LONGEST_NAME)
    return cleaned


def _folded(name: str) -> str:
    """The name as it is compared: no case, no two spellings of one letter."""
    return unicodedata.normalize("NFKC", name).casefold()
