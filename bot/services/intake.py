"""Intake: from what a member gave to a job, to a question, or to the reason why not."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
)
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.domain import prompt, request, spoken
from bot.domain.coach.findings import Finding
from bot.domain.request import Anchor, Plan, Wish
from bot.domain.shapes import Cut
from bot.domain.versions import Words
from bot.errors import Code, UserError
from bot.media.reasons import MediaError, Reason
from bot.services import coaching, refusals
from bot.services.fetching import MOST_BYTES
from bot.services.inputs import Inputs, Made
from bot.services.preferences import Preferences
from bot.services.submission import Origin, Prepared, Submission, Ticket
from bot.services.turns import Turnstile
from bot.services.voices import Voices
from bot.services.wishes import Kept, Offer, Wishes
from storage.belongings import Version
from storage.files import Files
from storage.records import Balance, JobId, Mode, Role

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a member is shown before anything is held; `picture` is a JPG of the first frame.

    `cut` says what their picture loses to the shape, None if that is not worth a word. `findings`
    are the coach's, the worst first; `can_improve` says that it has a better version of the
    `words`.
    """

    draft: int
    wish: Wish
    plan: Plan
    hold: int
    balance: Balance
    picture: bytes | None
    cut: Cut | None
    findings: tuple[Finding, ...] = ()
    can_improve: bool = False
    words: Words = field(default_factory=Words)


class Intake:
    """Turns a wish into a job or a question; nothing costs anything before the job."""

    def __init__(
        self,
        *,
        files: Files,
        inputs: Inputs,
        wishes: Wishes,
        submission: Submission,
        voices: Voices,
        preferences: Preferences,
    ) -> None:
        self._files = files
        self._inputs = inputs
        self._wishes = wishes
        self._submission = submission
        self._voices = voices
        self._preferences = preferences
        self._presses = Turnstile()

    def check(self, wish: Wish, *, is_built: bool = False) -> None:
        """Refuse at once what needs no look at any file; raises UserError.

        The words of a wish that is still to be built may be missing.
        """
        request.checked_seed(wish.seed, 0)
        if wish.prompt.strip() or (wish.mode is Mode.TEXT and not is_built):
            prompt.checked(wish.prompt)
        if wish.line is not None:
            self._voices.refuse_mute()
            spoken.checked(wish.line)
        for source in (wish.first_image, wish.last_image, wish.sound):
            if source is not None and source.declared_bytes > MOST_BYTES:
                raise UserError(Code.FILE_TOO_BIG, limit_bytes=MOST_BYTES)

    async def accept(self, wish: Wish, origin: Origin, words: Words | None = None) -> Ticket:
        """Fetch, check and prepare the inputs, then submit the job; raises UserError.

        `words` are the versions its member chose from.
        """
        self.check(wish)
        async with self._refusing(wish, origin), self._inputs.made(wish, origin.discord_id) as made:
            if words is not None:
                made.words = words
            return await self._submit(made, origin, is_told=words is not None)

    async def consider(self, wish: Wish, origin: Origin) -> Ticket | Question:
        """As `accept`, but ask first if the member wants to look, or if it costs a lot.

        It is asked, too, if the coach has something to say that the member wants to hear, or that
        they have to. Raises UserError.
        """
        self.check(wish)
        async with self._refusing(wish, origin), self._inputs.made(wish, origin.discord_id) as made:
            coached = await self._is_coached(made, origin.discord_id)
            if coached or wish.look or await self._costs_a_lot(made, origin):
                return await self._ask(wish, made, origin, coached=coached)
            try:
                return await self._submit(made, origin)
            except UserError as refusal:
                if refusal.code is not Code.PRICE_ASKED:
                    raise
                # The price, or what goes without saying here, has changed since it was looked up.
                return await self._ask(wish, made, origin, coached=coached)

    async def keep(self, wish: Wish, discord_id: int) -> int:
        """Keep a wish until its member has answered; answers the draft's number."""
        return await self._wishes.keep(Kept(wish=wish), discord_id)

    async def kept(self, draft: int, discord_id: int) -> Wish:
        """A kept wish; raises UserError if it is used, expired or another's."""
        return (await self._wishes.get(draft, discord_id)).wish

    async def consider_draft(
        self, draft: int, answer: Callable[[Wish], Wish], origin: Origin
    ) -> Ticket | Question:
        """Go on with a kept wish, completed by its member's answer; raises UserError."""
        wish = answer(await self.kept(draft, origin.discord_id))
        source = None if wish.again is None else JobId(wish.again)
        return await self.consider(wish, replace(origin, draft=draft, made_from=source))

    async def accept_draft(self, draft: int, origin: Origin) -> Ticket:
        """Make what a question showed, for no more than it said; raises UserError."""
        kept = await self._wishes.get(draft, origin.discord_id)
        agreed = kept.offer.hold if kept.offer else None
        source = None if kept.wish.again is None else JobId(kept.wish.again)
        return await self.accept(
            kept.wish,
            replace(origin, draft=draft, agreed=agreed, made_from=source),
            kept.offer.words if kept.offer else None,
        )

    async def crop(self, draft: int, anchor: Anchor, discord_id: int) -> Question:
        """Choose what stays of the picture in a question; answers the question as it is then.

        Raises UserError, also FORM_EXPIRED for a draft that nobody was shown a price of.
        """
        wish, offer = await self.offer(draft, discord_id)
        return await self.ask_again(draft, replace(wish, anchor=anchor), offer, discord_id)

    async def offer(self, draft: int, discord_id: int) -> tuple[Wish, Offer]:
        """What a question shows; raises UserError as `crop` does."""
        kept = await self._wishes.get(draft, discord_id)
        if kept.offer is None:
            raise UserError(Code.FORM_EXPIRED)
        return kept.wish, kept.offer

    async def ask_again(self, draft: int, wish: Wish, offer: Offer, discord_id: int) -> Question:
        """Show another wish in a question's place; raises UserError."""
        picture = self._inputs.first_picture(wish, offer.plan, discord_id)
        async with self._refusing(wish, None), picture as made:
            balance = await self._submission.balance(discord_id)
            asked = await self._question(draft, wish, offer, made, balance)
        # Whatever is refused before this leaves the draft as its card shows it.
        await self._wishes.change(draft, Kept(wish=wish, offer=offer), discord_id)
        return asked

    @asynccontextmanager
    async def picture(self, wish: Wish, plan: Plan, discord_id: int) -> AsyncIterator[Path | None]:
        """The first picture of a wish as it would be sent, if it has one; raises UserError."""
        picture = self._inputs.first_picture(wish, plan, discord_id)
        async with self._refusing(wish, None), picture as made:
            name = made.files.get(Role.FIRST_IMAGE)
            yield None if name is None else made.folder / name

    async def drop(self, draft: int, discord_id: int) -> None:
        """Forget a kept wish; raises UserError if it is used, expired or another's."""
        await self._wishes.drop(draft, discord_id)

    def one_answer(self, draft: int, discord_id: int) -> AbstractContextManager[None]:
        """Let one answer to a draft through at a time; raises UserError to the others."""
        return self._wishes.one_answer(draft, discord_id)

    def one_press(self, draft: int) -> AbstractAsyncContextManager[None]:
        """Wait until no other press on this draft's question is being answered."""
        return self._presses.passing(draft)

    async def _is_coached(self, made: Made, discord_id: int) -> bool:
        review = await coaching.review(made.plan.prompt, coaching.context_of(made))
        if review.must_ask:
            return True
        return bool(review.findings) and (await self._preferences.of(discord_id)).coach

    async def _costs_a_lot(self, made: Made, origin: Origin) -> bool:
        hold = (await self._submission.price(made.plan, made.spoken)).hold
        return await self._submission.asks(origin.guild_id, hold)

    async def _ask(self, wish: Wish, made: Made, origin: Origin, *, coached: bool) -> Question:
        hold = (await self._submission.price(made.plan, made.spoken)).hold
        # What was shown is what will be made: the drawn seed and the found shape are kept.
        plan = made.plan
        wish = replace(wish, seed=plan.seed, shape=plan.shape, prompt=plan.prompt, as_is=True)
        offer = Offer(
            plan=plan,
            hold=hold,
            context=coaching.context_of(made),
            coached=coached,
            words=made.words,
        )
        kept = Kept(wish=wish, offer=offer)
        draft = origin.draft
        if draft is None:
            draft = await self._wishes.keep(kept, origin.discord_id)
        else:
            await self._wishes.change(draft, kept, origin.discord_id)
        balance = await self._submission.balance(origin.discord_id)
        return await self._question(draft, wish, offer, made, balance)

    async def _question(
        self, draft: int, wish: Wish, offer: Offer, made: Made, balance: Balance
    ) -> Question:
        review = coaching.Review()
        if offer.context is not None:
            review = await coaching.review(offer.plan.prompt, offer.context)
        is_told = offer.coached or review.must_ask
        return Question(
            draft=draft,
            wish=wish,
            plan=offer.plan,
            hold=offer.hold,
            balance=balance,
            picture=await self._inputs.kept_part(made),
            cut=made.cut,
            findings=review.findings if is_told else (),
            can_improve=is_told and review.better is not None,
            words=offer.words,
        )

    async def _submit(self, made: Made, origin: Origin, *, is_told: bool = False) -> Ticket:
        tip = await self._tip(made)
        name = await asyncio.to_thread(self._files.adopt, made.folder)
        prepared = Prepared(
            plan=made.plan,
            folder=name,
            inputs=made.files,
            spoken=made.spoken,
            version=_version(made),
        )
        folder = self._files.jobs / name
        try:
            ticket = await self._submission.submit(prepared, origin)
        except UserError:
            # No row will ever name these inputs; after other errors one might.
            await asyncio.to_thread(self._files.disown, name)
            raise
        if not ticket.is_new:
            await asyncio.to_thread(self._files.discard, folder)
        return replace(ticket, tip=tip, added=() if is_told else made.words.added)

    @staticmethod
    async def _tip(made: Made) -> Finding | None:
        heard = await coaching.review(made.plan.prompt, coaching.context_of(made))
        return next(iter(heard.findings), None)

    @asynccontextmanager
    async def _refusing(self, wish: Wish, origin: Origin | None) -> AsyncIterator[None]:
        """Tell a member what is wrong with their file, and keep a wish that can be mended."""
        try:
            yield
        except MediaError as error:
            log.info("input refused", extra={"reason": str(error)})
            # Without a name here: with one, it and this frame would keep each other, and the
            # two minutes of sound that it may be about, until the collector comes by.
            raise await self._refusal(error, wish, origin) from error

    async def _refusal(self, error: MediaError, wish: Wish, origin: Origin | None) -> UserError:
        refusal = refusals.of_media(error)
        if error.reason is Reason.SOUND_OVER_LIMIT and origin is not None:
            refusal.facts["draft"] = await self.keep(wish, origin.discord_id)
        return refusal


def _version(made: Made) -> Version | None:
    """What to keep of a member's own words where other words are sent."""
    words = made.words
    if words.author is None or not words.is_better(made.plan.prompt):
        return None
    return Version(
        own=words.own, author=words.author, added=words.added, price_micro=words.price_micro
    )
