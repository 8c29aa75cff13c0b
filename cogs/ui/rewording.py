"""Better words for a video: what the coach found, what a better version changes, and the form."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import discord

from bot.domain import pricing
from bot.domain import prompt as prompts
from bot.domain.coach.findings import Severity
from bot.domain.craft.parts import Part
from bot.domain.versions import Snag, Words
from bot.services.intake import Question
from bot.services.jobs import Standing
from cogs.ui import coaching, folding, frame, texts
from cogs.ui.entries import Entries
from cogs.ui.frame import Card, Tone
from storage.belongings import Author, Version
from storage.records import Job, Mode

BETTER = "Use the better version"
EDIT = "Edit"
ANYWAY = "Render anyway"
MAY_BE_BETTER = "**This may become a better video.** You pay nothing before you say so."
WILL_FAIL = "**As it is, this will hardly work.** You pay nothing before you say so."
IMPROVE = "Improve"
REWRITE = "Yes, rewrite them"
MINE = "Use my own words"
OTHER = "Use the other version"
PROPOSAL = (
    "**Shall the video service rewrite your words?** That costs {price} at most. This bot's owner "
    "pays it; you keep your credits. {sent} You choose afterwards which version is used."
)
WORDS_ALONE = "Your words are sent for it."
WITH_PICTURE = "Your words and your picture are sent for it."
UNDER_WAY = (
    "**The video service is rewriting your words.** That may take a minute or two. Then the "
    "question comes back here."
)
REWRITTEN = "The video service rewrote these words for {price}, paid by this bot's owner."
SEE_ALL = "`/jobs id:{job}` shows all that was sent."
SENT = "**What was sent for video #{job}**"
YOU_WROTE = "You wrote:"
TIDIED = "Talkie put these words in order."
TALKIES_OWN = "Talkie added: all of these words, because you gave none. {all}"
EDIT_CHANGES = "Edit changes them."
OWN_SHOWN = "These are your own words; the other version is kept beside them."
BY_TALKIE = "This is Talkie's own version instead."
NOTHING_TO_ADD = "Talkie would add nothing itself: your words say it all."
SNAGS: Mapping[Snag, str] = MappingProxyType(
    {
        Snag.NOT_OFFERED: "There is no rewriting for this kind of video here.",
        Snag.REFUSED: "The video service refused to rewrite this; nothing was paid.",
        Snag.BUSY: (
            "The video service cannot rewrite words just now; nothing was paid, and you can try "
            "again later."
        ),
        Snag.LOST: (
            "No answer came from the video service. It is not asked twice, and you pay nothing."
        ),
        Snag.OFTEN: "You have used all your rewritings of today; tomorrow there are more.",
        Snag.SPENT: "What this bot may spend today is used up; it goes on tomorrow.",
        Snag.UNUSABLE: "What the video service sent back cannot be used; you pay nothing.",
        Snag.SAME: "The video service sent your words back as they are; you pay nothing.",
    }
)
CHANGED = "-# **Bold** is new, ~~struck~~ is gone. Edit shows all of it."
GROWN = "-# **Bold** is new. Edit shows all of it."
EDIT_TITLE = "The words of your video"
EDIT_LABEL = "What it should show"
EDIT_HELP = "This is everything that is sent. You pay nothing for sending this form."

FORM = re.compile(r"v1:edit:(\d{1,15})")
_WORDS = "words"
_MOST_FINDINGS = 4
_MOST_SHOWN = 1_500
_LEAST_CUT = 80
_MOST_QUOTED = 1_000
_MOST_SENT = 1_800
_AROUND = 4


class EditForm(discord.ui.Modal):
    """Shows all the words of a video that was not made yet, to be changed."""

    def __init__(self, draft: int, words: str) -> None:
        super().__init__(title=EDIT_TITLE, custom_id=f"v1:edit:{draft}", timeout=60)
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=_WORDS,
            style=discord.TextStyle.long,
            default=words[: prompts.LONGEST],
            max_length=prompts.LONGEST,
            required=True,
        )
        self.add_item(discord.ui.Label(text=EDIT_LABEL, description=EDIT_HELP, component=field))


def edited_draft(interaction: discord.Interaction[Any]) -> int | None:
    """The draft a submitted form is about; None if it was another form."""
    found = FORM.fullmatch(Entries(interaction).form)
    return int(found[1]) if found else None


def words_of(interaction: discord.Interaction[Any]) -> str:
    """The words of a submitted form."""
    return Entries(interaction).text(_WORDS)


def head(asked: Question) -> str:
    """What a question begins with."""
    if any(finding.severity is Severity.WILL_FAIL for finding in asked.findings):
        return WILL_FAIL
    return MAY_BE_BETTER if asked.findings else texts.LOOK_FIRST


def quoted(asked: Question) -> str:
    """The words in a quote; those of another version with what it changed."""
    words = asked.plan.prompt
    if asked.words.is_better(words):
        return texts.quote(difference(asked.words.own, words))
    return texts.quote(_whole(words, _MOST_QUOTED))


def under_way(words: str) -> Card:
    """What a question shows as long as its words are being rewritten."""
    return frame.card(
        Tone.WORKING, frame.words(UNDER_WAY, texts.quote(_whole(words, _MOST_QUOTED)))
    )


def lines(asked: Question) -> list[str]:
    """How to read the words and where they come from, then the worst that the coach found."""
    found = [f"• {coaching.line(finding)}" for finding in asked.findings[:_MOST_FINDINGS]]
    return [*_about(asked), *found]


def may_improve(asked: Question) -> bool:
    """Whether the words can still be rewritten; Talkie's own need it no more."""
    words = asked.words
    if prompts.is_default(asked.plan.prompt):
        return False
    return words.author is not Author.ENGINE and words.snag in {None, Snag.BUSY}


def origin(version: Version) -> str:
    """Who wrote the words that were sent, for the receipt."""
    if version.author is Author.ENGINE:
        price = pricing.dollars(version.price_micro)
        return REWRITTEN.format(price=price)
    return coaching.added([Part(name) for name in version.added]) or TIDIED


def is_told(standing: Standing) -> bool:
    """Whether a job was sent with other words than its member's."""
    return standing.version is not None or prompts.is_default(standing.job.prompt)


def sent(standing: Standing) -> Card:
    """All the words that were sent for a job, who wrote them, and the member's own."""
    job, version = standing.job, standing.version
    title = SENT.format(job=job.id)
    parts = [frame.words(title, texts.quote(_whole(job.prompt, _MOST_SENT)))]
    if version is None:
        parts.append(frame.words(TALKIES_OWN.format(all="").strip()))
    else:
        own = texts.quote(_whole(version.own, _MOST_SENT))
        parts += [frame.words(origin(version)), frame.words(YOU_WROTE, own)]
    return frame.card(Tone.OVER, *parts)


def added(job: Job, parts: Sequence[Part]) -> str | None:
    """What Talkie added unasked to the words of a job, and where they stand in full."""
    see = SEE_ALL.format(job=job.id)
    if parts:
        return f"{coaching.added(parts)} {see}"
    return TALKIES_OWN.format(all=see) if prompts.is_default(job.prompt) else None


def _about(asked: Question) -> list[str]:
    words, shown = asked.words, asked.plan.prompt
    if words.asked_micro is not None:
        price = pricing.dollars(words.asked_micro)
        sent = WITH_PICTURE if asked.plan.mode is Mode.IMAGE else WORDS_ALONE
        return [PROPOSAL.format(price=price, sent=sent)]
    told = [] if words.snag is None else [_snag(words)]
    if words.is_better(shown):
        who = [] if words.author is Author.COACH and not words.added else [_author(words)]
        return [*told, *who, CHANGED if "~~" in quoted(asked) else GROWN]
    if words.better:
        return [*told, OWN_SHOWN]
    return [TALKIES_OWN.format(all=EDIT_CHANGES)] if prompts.is_default(shown) else told


def _author(words: Words) -> str:
    if words.author is Author.ENGINE:
        return REWRITTEN.format(price=pricing.dollars(words.price_micro))
    return coaching.added(words.added) or TIDIED


def _snag(words: Words) -> str:
    reason = SNAGS[words.snag] if words.snag else ""
    return f"{reason} {BY_TALKIE if words.better else NOTHING_TO_ADD}"


def difference(own: str, better: str) -> str:
    """Both versions in one: what was added is bold, what was removed is struck, in one line."""
    shown: list[str] = []
    room = _MOST_SHOWN
    for mark, words in _pieces(own.split(), better.split()):
        piece = folding.fold(words, _MOST_SHOWN)
        if len(piece) > room:
            # Marks of a member's take twice their room once they are harmless.
            rest = folding.fold(words, room // 2)
            return " ".join([*shown, f"{mark}{rest}{mark}" if room > _LEAST_CUT else "…"])
        shown.append(f"{mark}{piece}{mark}")
        room -= len(shown[-1]) + 1
    return " ".join(shown)


def _pieces(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """What stays, goes and comes, each with its mark, in the order of the new words."""
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            yield "", _kept(after[k:m])
            continue
        if i < j:
            yield "~~", " ".join(before[i:j])
        if k < m:
            yield "**", " ".join(after[k:m])


def _kept(words: list[str]) -> str:
    if len(words) > 3 * _AROUND:
        words = [*words[:_AROUND], "…", *words[-_AROUND:]]
    return " ".join(words)


def _whole(words: str, most: int) -> str:
    """All the words if they have room; marks of a member's take twice theirs once harmless."""
    folded = folding.fold(words, most)
    return folded if len(folded) <= most else folding.fold(words, most // 2)
