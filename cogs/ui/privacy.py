"""The card of `/privacy`: what is kept and counted, for how long, who sees it, the way out."""

import discord

from bot.services.privacy import Account
from cogs.ui import counting, frame
from cogs.ui.frame import Card, Tone
from storage.belongings import Holdings

TITLE = "**What Talkie keeps of you**\n-# Only you see this. Your Discord number ties it together."
NOTHING = "Nothing yet."
LONG = (
    "**For how long**\n"
    "- Videos and what they were made from: until you delete them, or until a server's days for "
    "them are over, which their cards name; what shows them on Discord stays there then\n"
    "- Unanswered questions, and what was rewritten for them: a day\n"
    "- Portraits, settings, votes and reports: until you change or take them back; a report goes "
    "with its video\n"
    "- Credits: for good, as a receipt without your words, pictures or sounds"
)
SEEN = (
    "**Who sees it**\n- All of it: whoever runs this bot\n- A video: whoever can read its message"
)
PAGES = "- Its page on the web: whoever has the link; nobody can guess it"
SHARED = "- The gallery: what you shared there, with your name only if you turned that on"
KEPT_BACK = "- Portraits, settings and credits: nobody else but you"
LOCAL = "**What leaves this machine**\nNothing but your videos, which go to Discord."
SENT = (
    "**What leaves this machine**\nTo make a video, its prompt, pictures, sound and typed line go "
    "to a video service (deAPI), without your name or number; so do a prompt and picture when you "
    "have it rewritten. Finished videos go to Discord."
)
WAY_OUT = (
    "**How to delete it**\n"
    "- **Delete** under a video: its file, page, prompt, inputs and messages\n"
    "- **Take back** in `/gallery mine`: what you shared\n"
    "- `/portrait remove`: a portrait\n"
    "- `/settings me`: your settings, your name in the gallery\n"
    "- `/jobs`: finds the videos you miss"
)
UNLINK = ", and with an `id` ends the link of one's page"


def card(account: Account) -> Card:
    """All of it on one card."""
    seen = [SEEN, *([PAGES] if account.has_pages else []), SHARED, KEPT_BACK]
    gap = discord.ui.Separator[discord.ui.LayoutView]
    return frame.card(
        Tone.WORKING,
        frame.words(TITLE),
        frame.words(*_counted(account.holdings)),
        gap(),
        frame.words(LONG),
        gap(visible=False),
        frame.words(*seen),
        gap(visible=False),
        frame.words(LOCAL if account.is_local else SENT),
        gap(),
        frame.words(WAY_OUT + (UNLINK if account.has_pages else "")),
    )


def _counted(kept: Holdings) -> list[str]:
    lines = [
        _line(kept.videos, "video"),
        _line(kept.prompts, "prompt"),
        _line(kept.pictures, "picture", "that videos were made from"),
        _line(kept.sounds, "sound", "that videos were made from"),
        _line(kept.lines, "typed line", "that a voice spoke"),
        _line(kept.versions, "prompt", "in your own words, where better ones were sent"),
        _line(kept.rewritings, "rewriting", "of a prompt, before and after"),
        _line(kept.drafts, "question", "that you have not answered, with its files"),
        _line(kept.portraits, "portrait"),
        _line(kept.shares, "video", "shared in a gallery"),
        _line(kept.votes, "vote", "for what others shared"),
        _line(kept.reports, "report", "of videos"),
        "- your settings, and that you were shown the tour" if kept.settings else None,
        _line(kept.receipts, "receipt", "for credits"),
    ]
    return [line for line in lines if line is not None] or [NOTHING]


def _line(number: int, noun: str, more: str = "") -> str | None:
    if number == 0:
        return None
    return f"- {counting.count(number, noun)} {more}".rstrip()
