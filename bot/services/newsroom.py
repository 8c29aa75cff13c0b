"""Who may be edited next: waiting cards share the limits of their channel, and the latest news win.

Discord takes about five edits in five seconds a channel by the bot's own route, and about thirty
a minute by the tokens of interactions; here one budget, well below both, covers the two. Time is
told by whoever asks, in milliseconds.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.notice import News, Notice, news
from storage.records import JobId

STAGE_GAP_MS = 5_000
"""Between two edits of a message, if the second tells of a new stage."""
GAP_MS = 10_000
OLD_AFTER_MS = 3_600_000
"""Discord takes only few edits of messages older than this."""
OLD_STAGE_GAP_MS = 120_000
OLD_GAP_MS = 300_000
CHECK_GAP_MS = 10_000
"""How long a card stands unexamined though nothing was heard of its job."""
CHANNEL_MOST, CHANNEL_REFILL_MS = 2, 3_000
OLD_MOST, OLD_REFILL_MS = 1, 30_000
HOUSE_MOST, HOUSE_REFILL_MS = 5, 200
_LONG_AGO_MS = 2**62


class Budget:
    """So many at once, then one each `refill_ms`."""

    def __init__(self, most: int, refill_ms: int) -> None:
        self._most = most
        self._refill_ms = refill_ms
        self._left = float(most)
        self._at_ms: int | None = None

    def left(self, now_ms: int) -> float:
        """What may be spent now; below zero if others spent more than there was."""
        if self._at_ms is not None:
            gained = max(0, now_ms - self._at_ms) / self._refill_ms
            self._left = min(float(self._most), self._left + gained)
        self._at_ms = now_ms
        return self._left

    def spend(self, now_ms: int) -> None:
        """One is used, whether there was one or not."""
        self._left = self.left(now_ms) - 1


class _Hold:
    """A time that has to pass; a clock that was set back does not prolong it."""

    def __init__(self) -> None:
        self._since_ms = 0
        self._length_ms = 0

    def set(self, now_ms: int, length_ms: int) -> None:
        if not self.lasts(now_ms) or now_ms + length_ms > self._since_ms + self._length_ms:
            self._since_ms, self._length_ms = now_ms, length_ms

    def lasts(self, now_ms: int) -> bool:
        return 0 <= now_ms - self._since_ms < self._length_ms


class _Channel:
    def __init__(self) -> None:
        self.budget = Budget(CHANNEL_MOST, CHANNEL_REFILL_MS)
        self.old = Budget(OLD_MOST, OLD_REFILL_MS)
        self.hold = _Hold()
        self.writing: JobId | None = None
        """Whose card is being edited: one at a time, so that a slow one spoils no other's turn."""

    def is_idle(self, now_ms: int) -> bool:
        rested = self.budget.left(now_ms) == CHANNEL_MOST and self.old.left(now_ms) == OLD_MOST
        return rested and not self.hold.lasts(now_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The message of an open job."""

    job: JobId
    channel: int
    since_ms: int
    """When it was posted."""


class _Entry:
    def __init__(self, card: Card) -> None:
        self.card = card
        self.shown: Notice | None = None
        self.stirred = True
        self.pressing = False
        """Whether a stage may have changed, which comes before all other news."""
        self.checked_ms = 0
        self.due_ms = 0
        """When to examine it though nothing was heard."""
        self.edited_ms: int | None = None
        self.under_way = False
        self.hold = _Hold()


class Newsroom:
    """Knows every waiting card, what it last said, and what its channel still takes."""

    def __init__(self) -> None:
        self._entries: dict[JobId, _Entry] = {}
        self._channels: dict[int, _Channel] = {}
        self._house = Budget(HOUSE_MOST, HOUSE_REFILL_MS)
        self._silenced: set[JobId] = set()

    def keep(self, cards: Collection[Card], now_ms: int) -> None:
        """These are the cards there are; whatever else was known is forgotten."""
        open_jobs = {card.job for card in cards}
        for job in self._entries.keys() - open_jobs:
            self._put_down(self._entries.pop(job))
        self._silenced &= open_jobs
        for card in cards:
            if card.job not in self._entries:
                self._entries[card.job] = _Entry(card)
                # Whoever accepted the job shows its first card.
                self._entries[card.job].hold.set(card.since_ms, STAGE_GAP_MS)
        used = {card.channel for card in cards}
        for channel in [key for key in self._channels if key not in used]:
            if self._channels[channel].is_idle(now_ms):
                del self._channels[channel]

    def stir(self, job: JobId, *, pressing: bool) -> None:
        """There may be news of a job; pressing ones tell of a new stage."""
        entry = self._entries.get(job)
        if entry is not None:
            entry.stirred = True
            entry.pressing = entry.pressing or pressing

    def stir_all(self) -> None:
        """There may be news of every job: the queue has moved."""
        for entry in self._entries.values():
            entry.stirred = True

    def is_stirred(self, now_ms: int) -> bool:
        """Whether any card should be examined now."""
        return any(self._may_be_checked(entry, now_ms) for entry in self._entries.values())

    def wanted(self, now_ms: int, most: int) -> list[JobId]:
        """Cards to examine now: the pressing ones, then those nobody has looked at for longest."""
        if self._house.left(now_ms) < 1:
            return []
        found = [entry for entry in self._entries.values() if self._may_be_checked(entry, now_ms)]
        found.sort(key=lambda entry: (not entry.pressing, entry.checked_ms))
        return [entry.card.job for entry in found[:most]]

    def grant(self, notices: dict[JobId, Notice], now_ms: int) -> list[JobId]:
        """Which of the examined cards are to be edited now: the greatest news first.

        Each of them is under way until `shown`, `refused` or `silence` says what became of it.
        """
        ranked = []
        for job, notice in notices.items():
            entry = self._entries.get(job)
            if entry is None:
                continue
            what = news(entry.shown, notice, now_ms)
            wait_ms = _gap_ms(entry, what, now_ms) - _since(entry.edited_ms, now_ms)
            entry.checked_ms, entry.due_ms = now_ms, now_ms + CHECK_GAP_MS
            entry.stirred = what is not News.NONE and wait_ms <= 0
            entry.pressing = what is News.STAGE
            if entry.stirred:
                ranked.append((-what, entry.edited_ms or 0, job))
            elif what is not News.NONE:
                entry.due_ms = now_ms + min(wait_ms, CHECK_GAP_MS)
        return [job for _, _, job in sorted(ranked) if self._spend(self._entries[job], now_ms)]

    def shown(self, card: Card, notice: Notice, now_ms: int) -> None:
        """A card says this now.

        The first one is shown by whoever accepted the job: it counts in its channel, but it is no
        edit, and what follows on it need not wait.
        """
        entry = self._entries.setdefault(card.job, _Entry(card))
        entry.hold = _Hold()
        entry.shown = notice
        if entry.under_way:
            entry.edited_ms = now_ms
            self._put_down(entry)
        else:
            self._channel(entry).budget.spend(now_ms)

    def refused(self, job: JobId, now_ms: int, *, pause_ms: int) -> None:
        """A card could not be edited; it is left alone for a while, the others are not."""
        entry = self._entries.get(job)
        if entry is not None:
            self._put_down(entry)
            entry.hold.set(now_ms, pause_ms)

    def pause_channel(self, job: JobId, now_ms: int, *, pause_ms: int) -> None:
        """The channel of a card takes nothing more for now."""
        entry = self._entries.get(job)
        if entry is not None:
            self._channel(entry).hold.set(now_ms, pause_ms)

    def silence(self, job: JobId) -> None:
        """A card is gone, or says how its job ended: it is not edited again."""
        self._silenced.add(job)
        entry = self._entries.get(job)
        if entry is not None:
            self._put_down(entry)

    def resume(self, job: JobId) -> None:
        """A job begins anew: if it had ended, its card says so, and is to be edited again."""
        if job in self._silenced:
            self._silenced.discard(job)
            entry = self._entries.pop(job, None)
            if entry is not None:
                self._put_down(entry)

    def posted(self, job: JobId, now_ms: int) -> None:
        """Somebody else wrote to a card's channel, which counts there as well."""
        entry = self._entries.get(job)
        if entry is not None:
            self._channel(entry).budget.spend(now_ms)

    def _may_be_checked(self, entry: _Entry, now_ms: int) -> bool:
        if entry.under_way or entry.card.job in self._silenced or entry.hold.lasts(now_ms):
            return False
        if not entry.stirred and 0 < entry.due_ms - now_ms <= CHECK_GAP_MS:
            return False
        if _since(entry.edited_ms, now_ms) < _gap_ms(entry, News.STAGE, now_ms):
            return False
        channel = self._channel(entry)
        if (
            channel.writing is not None
            or channel.hold.lasts(now_ms)
            or channel.budget.left(now_ms) < 1
        ):
            return False
        return not _is_old(entry, now_ms) or channel.old.left(now_ms) >= 1

    def _spend(self, entry: _Entry, now_ms: int) -> bool:
        channel = self._channel(entry)
        budgets = [self._house, channel.budget]
        if _is_old(entry, now_ms):
            budgets.append(channel.old)
        if channel.writing is not None or any(budget.left(now_ms) < 1 for budget in budgets):
            return False
        for budget in budgets:
            budget.spend(now_ms)
        entry.under_way, entry.stirred, entry.pressing = True, False, False
        channel.writing = entry.card.job
        return True

    def _put_down(self, entry: _Entry) -> None:
        entry.under_way = False
        channel = self._channel(entry)
        if channel.writing == entry.card.job:
            channel.writing = None

    def _channel(self, entry: _Entry) -> _Channel:
        return self._channels.setdefault(entry.card.channel, _Channel())


def _is_old(entry: _Entry, now_ms: int) -> bool:
    return now_ms - entry.card.since_ms >= OLD_AFTER_MS


def _gap_ms(entry: _Entry, what: News, now_ms: int) -> int:
    gaps = (OLD_STAGE_GAP_MS, OLD_GAP_MS) if _is_old(entry, now_ms) else (STAGE_GAP_MS, GAP_MS)
    return gaps[0] if what is News.STAGE else gaps[1]


def _since(then_ms: int | None, now_ms: int) -> int:
    if then_ms is None or then_ms > now_ms:
        return _LONG_AGO_MS
    return now_ms - then_ms
