"""Versions: better words for a question, the member's own beside them, and their choice."""

import asyncio
from dataclasses import replace

from bot.domain import prompt
from bot.domain.coach import rules
from bot.domain.context import Context
from bot.domain.craft import builder
from bot.domain.craft.parts import Part
from bot.domain.reading.reader import read
from bot.domain.request import Wish
from bot.domain.versions import Snag, Words
from bot.services import coaching
from bot.services.intake import Intake, Question
from bot.services.rewriter import Rewriter
from bot.services.wishes import Offer
from storage.belongings import Author


class Versions:
    """Changes the words that a question shows.

    Each method answers the question as it is then, and raises UserError for a draft that is
    used, expired, another's, or never was a question.
    """

    def __init__(self, intake: Intake, rewriter: Rewriter) -> None:
        self._intake = intake
        self._rewriter = rewriter

    async def coach(self, draft: int, member: int) -> Question:
        """Take the coach's better version; words that cannot be improved stay as they are."""
        wish, offer = await self._intake.offer(draft, member)
        if offer.context is None:
            return await self._show(draft, wish, offer, member)
        better = (await coaching.review(offer.plan.prompt, offer.context)).better
        if better is None:
            return await self._show(draft, wish, offer, member)
        words = Words(own=_own(offer), better=better, author=Author.COACH, added=offer.words.added)
        return await self._show(draft, wish, _with(offer, better, words), member)

    async def reword(self, draft: int, words: str, member: int) -> Question:
        """Put other words into it; raises UserError also for no words."""
        words = prompt.checked(words)
        wish, offer = await self._intake.offer(draft, member)
        return await self._show(draft, wish, _with(offer, words, Words()), member)

    async def pick(self, draft: int, member: int, *, better: bool) -> Question:
        """Take the member's own words, or the other version."""
        wish, offer = await self._intake.offer(draft, member)
        chosen = offer.words.better if better else offer.words.own
        if chosen:
            offer = _with(offer, chosen, offer.words)
        return await self._show(draft, wish, offer, member)

    async def improve(self, draft: int, member: int) -> Question:
        """Tell what a rewriting by the engine costs; without one, Talkie completes the words."""
        wish, offer = await self._intake.offer(draft, member)
        own = _own(offer)
        quote = await self._rewriter.price(offer.plan, own)
        if isinstance(quote, Snag):
            return await self._build(draft, wish, offer, member, quote)
        words = replace(offer.words, asked_micro=quote.price_micro, snag=None)
        return await self._show(draft, wish, replace(offer, words=words), member)

    async def rewrite(self, draft: int, member: int) -> Question:
        """Have the engine rewrite the words, for no more than was shown.

        Whatever goes wrong, Talkie completes them; a price that rose is shown first.
        """
        wish, offer = await self._intake.offer(draft, member)
        own, agreed = _own(offer), offer.words.asked_micro
        if agreed is None:
            return await self._show(draft, wish, offer, member)
        async with self._intake.picture(wish, offer.plan, member) as picture:
            found = await self._rewriter.rewrite(
                offer.plan, own, picture, draft=draft, member=member, agreed_micro=agreed
            )
        if found is None:
            return await self.improve(draft, member)
        if isinstance(found, Snag):
            return await self._build(draft, wish, offer, member, found)
        words = Words(
            own=own, better=found.words, author=Author.ENGINE, price_micro=found.price_micro
        )
        return await self._show(draft, wish, _with(offer, found.words, words), member)

    async def _build(
        self, draft: int, wish: Wish, offer: Offer, member: int, snag: Snag
    ) -> Question:
        own = _own(offer)
        better, added = await asyncio.to_thread(_built, own, offer.context or Context())
        words = Words(own=own, snag=snag)
        if better != own:
            words = replace(words, better=better, author=Author.BUILDER, added=added)
        return await self._show(draft, wish, _with(offer, better, words), member)

    async def _show(self, draft: int, wish: Wish, offer: Offer, member: int) -> Question:
        wish = replace(wish, prompt=offer.plan.prompt, as_is=True)
        return await self._intake.ask_again(draft, wish, offer, member)


def _own(offer: Offer) -> str:
    return offer.words.own or offer.plan.prompt


def _with(offer: Offer, shown: str, words: Words) -> Offer:
    words = replace(words, asked_micro=None)
    return replace(offer, plan=replace(offer.plan, prompt=shown), words=words)


def _built(own: str, context: Context) -> tuple[str, tuple[Part, ...]]:
    """The words with what is missing, and the parts that were; too long ones stay as they are."""
    improved = rules.improve(own, context)
    built = builder.complete(read(improved.prompt), context)
    if len(built.prompt) > prompt.LONGEST:
        return own, ()
    added = {*improved.added, *built.added}
    return built.prompt, tuple(part for part in Part if part in added)
