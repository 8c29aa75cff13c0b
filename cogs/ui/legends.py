"""What members read in and around the gallery: posts, lists, reports and reminders."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.shapes import Shape
from bot.services.errands import Leaving, Reported
from bot.services.gallery import Shared
from bot.services.listings import Period
from cogs.ui import counting, folding, texts
from storage.exhibits import ComplaintState, Exhibit, Ground, Order
from storage.records import JobId, Mode

SHARE = "Share"
UNSHARE = "Take back"
VOTE = "Vote · {votes}"
REPORT = "Report"
HIDE = "Hide"
DISMISS = "Dismiss"
UNHIDE = "Show again"
BACK = "Back"
ON = "More"
EMPTY = (
    "Nothing here yet. Press **Share** under a video that you made on a server with Talkie, and it "
    "appears here."
)
GONE = "The file of this video is not kept any more: only its words are left."
TOO_LARGE = (
    "This video is too large for what Discord takes here. Whoever made it gets it with "
    "`/jobs id:{job}`."
)
"""Where a page of a list has no video to show."""
TAKEN_BACK = "Taken back: it is in no list any more, and its public link is dead."
REPORTED = "Thank you. Those who moderate here will look at it; nobody else learns of it."
REPORT_TITLE = "Report video #{job}"
REASON_LABEL = "What is wrong with it?"
WORDS_LABEL = "What should the moderators know?"
LONGEST = 600
"""What is said in a report is shown as a whole."""
DECIDED = "Decided by <@{judge}>."

GROUNDS: Mapping[Ground, str] = MappingProxyType(
    {
        Ground.SEXUAL: "Sexual, or of a minor",
        Ground.VIOLENCE: "Violence or gore",
        Ground.HATE: "Hate or harassment",
        Ground.LIKENESS: "Somebody's face or voice without their consent",
        Ground.RIGHTS: "My work, used without permission",
        Ground.OTHER: "Something else",
    }
)

TITLES: Mapping[Order, str] = MappingProxyType(
    {
        Order.TOP: "Most votes",
        Order.NEW: "Newest",
        Order.RANDOM: "A surprise",
        Order.MINE: "Shared by you",
    }
)

PERIODS: Mapping[Period, str] = MappingProxyType(
    {
        Period.DAY: "the last day",
        Period.WEEK: "the last week",
        Period.MONTH: "the last 30 days",
        Period.EVER: "all time",
    }
)

HIDDEN = "Moderators have hidden this video: only you see it here."
"""Above a hidden video, to its maker."""

_DECISIONS: Mapping[ComplaintState, str] = MappingProxyType(
    {
        ComplaintState.OPEN: "waits for a decision",
        ComplaintState.HIDDEN: "is hidden: only its maker sees it, by `/jobs`",
        ComplaintState.DISMISSED: "stays as it is",
    }
)


def shared(of: Shared) -> str:
    """Where a video is to be seen from now on."""
    first = "Shared" if of.is_new else "It is shared already"
    where = [f"in <#{of.channel_id}>" if of.channel_id else "in `/gallery`"]
    where += ["on this server's public page"] if of.on_web else []
    return f"{first}: {' and '.join(where)}. You can take it back at any time."


def post(credit: str | None, prompt: str) -> str:
    """Who made a video, and from which words."""
    by = f" by **{folding.fold(credit, folding.ONE_LINE)}**" if credit else ""
    return f"A video{by}\n{texts.quote(folding.fold(prompt))}"


def listed(exhibit: Exhibit) -> tuple[str, str]:
    """One video of a list: its words, and what is known of it."""
    share, job = exhibit.share, exhibit.job
    votes = counting.count(share.votes, "vote")
    facts = [votes, f"<t:{share.shared_at // 1000}:D>"]
    facts += [f"by {folding.fold(exhibit.credit, folding.ONE_LINE)}"] if exhibit.credit else []
    facts += ["hidden by moderators"] if exhibit.video.hidden_at is not None else []
    if share.post_message_id is not None:
        link = f"https://discord.com/channels/{share.guild_id}/{share.post_channel_id}"
        facts.append(f"{link}/{share.post_message_id}")
    quote = texts.quote(folding.fold(job.prompt, folding.ONE_LINE))
    return f"{texts.title(job.id)}\n{quote}", texts.quiet(*facts)


def heading(
    order: Order, period: Period, mode: Mode | None = None, shape: Shape | None = None
) -> str:
    """What a list holds."""
    facets = [PERIODS[period]]
    facets += [texts.MODES[mode]] if mode else []
    facets += [texts.SHAPES[shape].partition(" · ")[0]] if shape else []
    return " · ".join([f"**{TITLES[order]}**", *facets])


def report(of: Reported) -> tuple[str, str]:
    """What moderators read of a report: what it is about, and what was said."""
    complaint, job = of.complaint, of.job
    who = "A visitor of its page" if complaint.person_id is None else "A member"
    about = f"**Report {complaint.id}** · {who} reports video #{job.id}: "
    said = [f"They say: {folding.fold(complaint.words, LONGEST)}"] if complaint.words else []
    said.append(texts.quiet(f"Video #{job.id} {_DECISIONS[complaint.state]}."))
    quote = texts.quote(folding.fold(job.prompt))
    return f"{about}{GROUNDS[complaint.reason]}\n{quote}", "\n".join(said)


def decided(number: int, job: JobId, state: ComplaintState, judge: int) -> str:
    """What became of a report; its words are not repeated."""
    return (
        f"**Report {number}** · video #{job} {_DECISIONS[state]}.\n-# {DECIDED.format(judge=judge)}"
    )


def reminder(of: Leaving) -> str:
    """That a video goes soon, and what keeps it."""
    return (
        f"{texts.title(of.job.id)} is kept until <t:{of.until // 1000}:D> "
        f"(<t:{of.until // 1000}:R>), as its server wants it. Save it with `/jobs id:{of.job.id}`, "
        "or share it there: shared videos stay. After that day its file, page and prompt are gone "
        "here; messages on Discord that show it stay until somebody deletes them."
    )
