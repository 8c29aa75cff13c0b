"""What members read on cards, buttons and lists; `refusals` has the rest."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.request import Anchor, Part
from bot.domain.shapes import Cut, Direction, Shape, Size
from bot.errors import Code
from bot.services.jobs import Standing
from cogs.ui import counting
from storage.records import DeliveryState, JobState, Mode

MADE_BY_AI = "AI-generated"
WORKING = "Being made now."
NEARLY = "Nearly done: only the last steps are left."
LATER = "This takes longer than usual. Nothing is lost."
FORECAST = "Ready about {likely}, hardly later than {latest}."
CANCELLED = "was called off."
SEE_BELOW = "has ended: see below."
SEE_LIST = "has ended: `/jobs` shows it."
FAILED = "could not be made."
EXPIRED = "is no longer kept."
DELETED = "was deleted."
STATE_DELETED = "deleted"
MAKE_AGAIN = "**Again** makes a new one. The same words with seed {seed} make the same one."
LATE = "It came later than promised, so it costs nothing."
READY = "{mention} Your video is ready."
NOT_MADE = "{mention} Your video could not be made."
NO_JOBS = "You have not made any videos yet. Start with `/video`, and say what it should show."
JOBS_TITLE = "Your latest videos (`/jobs id` shows one again):"
IS_READY = "is ready."
PRESS_TO_GET = "Press the button and it comes here, or use `/jobs id`."
STILL_UNDER_WAY = (
    "Still on its way. Discord lets Talkie write here for a few more minutes only: press the "
    "button later and the video comes here, at any time."
)
UNSEEN = "not shown to you yet"
CANCEL = "Cancel #{job}"
GET = "Get video"
SHOW = "Show #{job}"
RELINK = "New link"
UNLINK = "End link"
LINK = "can be seen by whoever has this link, and by nobody else:\n<{url}>"
NO_LINK = "has no link: nobody but you finds it."
WATCH = "Watch"
DISCARD = "Throw #{job} away"
RENDER = "Render"
NEVER = "Never mind"
LOOK_FIRST = "**Shall I make this?** You pay nothing before you say so."
NOTHING_MADE = "Never mind, then. Nothing was made, and you paid nothing."
FIRST_FRAME = "The picture the video would start with, as it is cropped now"
FIRST_PART = "Use the first 10 s"
PORTRAIT_TITLE = "Who should speak?"
PORTRAIT_LABEL = "A picture of a face"
PORTRAIT_HELP = "Your own face, or a character you may use. JPG, PNG, WebP, HEIC, AVIF, GIF or BMP."

OWNER_PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        Code.ENGINE_KEY: (
            "deAPI does not accept the key in DEAPI_API_KEY. Write one that it accepts into .env "
            "and start Talkie again."
        ),
        Code.ENGINE_SUSPENDED: "deAPI says that your account is suspended. Ask them why.",
        Code.ENGINE_BROKE: (
            "Your account at deAPI holds too little for another video. Add to it on deapi.ai."
        ),
    }
)

STATES: Mapping[JobState, str] = MappingProxyType(
    {
        JobState.QUEUED: "in line",
        JobState.WAITING: "waits for the video service",
        JobState.ACTIVE: "being made",
        JobState.DONE: "done",
        JobState.FAILED: "failed",
        JobState.CANCELLED: "cancelled",
    }
)

MODES: Mapping[Mode, str] = MappingProxyType(
    {
        Mode.TEXT: "text to video",
        Mode.IMAGE: "picture to video",
        Mode.AUDIO: "sound to video",
    }
)

SHAPES: Mapping[str, str] = MappingProxyType(
    {
        Shape.WIDE: "16:9 · YouTube, interviews",
        Shape.TALL: "9:16 · Reels, Stories",
        Shape.SQUARE: "1:1 · products, thumbnails",
        Shape.CINEMATIC: "2.39:1 · cinema",
    }
)

SIZES: Mapping[str, str] = MappingProxyType(
    {Size.STANDARD: "standard", Size.LARGE: "large · sharper, costs a little more"}
)

CROPS: Mapping[Direction, Mapping[Anchor, str]] = MappingProxyType(
    {
        Direction.ACROSS: {Anchor.START: "Left", Anchor.CENTRE: "Centre", Anchor.END: "Right"},
        Direction.DOWN: {Anchor.START: "Top", Anchor.CENTRE: "Centre", Anchor.END: "Bottom"},
    }
)

CROP_CHOICES: Mapping[str, str] = MappingProxyType(
    {
        Anchor.CENTRE: "Centre",
        Anchor.START: "Left or top",
        Anchor.END: "Right or bottom",
    }
)

_SIDES: Mapping[Direction, str] = MappingProxyType(
    {Direction.ACROSS: "width", Direction.DOWN: "height"}
)


def title(job: int) -> str:
    """The name of a job."""
    return f"**Video #{job}**"


def facts_line(mode: Mode, seconds: float, shape: str, seed: int) -> str:
    """Mode, length, shape and seed in one quiet line."""
    ratio = SHAPES[shape].partition(" ")[0]
    return f"{MODES[mode]} · {seconds:.1f} s · {ratio} · seed {seed}"


def headline(job: int, what: str) -> str:
    """The name of a job, and what has become of it."""
    return f"{title(job)} {what}"


def quote(folded: str) -> str:
    """What a member wrote, folded and escaped."""
    return f"> {folded}"


def quiet(*facts: str) -> str:
    """Facts in one small line."""
    return f"-# {' · '.join(facts)}"


def state(of: JobState) -> str:
    """How a job stands, as a sentence."""
    words = STATES[of]
    return f"{words[0].upper()}{words[1:]}."


def job_line(standing: Standing) -> str:
    """Number, state and receipt of a job in a list."""
    job = standing.job
    state = STATES[job.state] if job.deleted_at is None else STATE_DELETED
    line = f"{title(job.id)} · {state} · {receipt(standing)}"
    if job.deleted_at is not None:
        return line
    line += f" · {kept_until(standing.kept_until)}" if standing.kept_until else ""
    return f"{line} · {UNSEEN}" if standing.delivery is DeliveryState.STRANDED else line


def kept_until(until_ms: int) -> str:
    """How long a video is kept that nobody shares."""
    return f"kept until <t:{until_ms // 1000}:D>"


def alt_text(seconds: float, prompt: str) -> str:
    """What a screen reader says of a video; Discord takes 1,024 characters."""
    return f"{MADE_BY_AI} video, {seconds:.0f} seconds: {prompt}"[:1000]


def render(hold: int, available: int, verb: str = RENDER) -> str:
    """What the button says that makes a video: its price, and what there is."""
    return f"{verb} · {hold} of {counting.count(available, 'credit')}" if hold else f"{verb} · free"


def cut(lost: Cut, anchor: Anchor) -> str:
    """How much of a picture the shape leaves out, and which part stays."""
    stays = CROPS[lost.direction].get(anchor, anchor).lower()
    share = f"{lost.share * 100:.0f} % of the picture's {_SIDES[lost.direction]}"
    return f"The shape leaves out {share}; the {stays} stays."


def taken(name: str, part: Part, place: int, of: int) -> str:
    """Which file was used where a message held several; `name` is folded already."""
    if part is Part.PORTRAIT:
        return f"I used your portrait {name}; `/portrait` shows it."
    which = {1: "first", of: "last"}.get(place)
    if which is None:
        return f"I used number {place} of {of} {part}s: {name}"
    return f"I used the {which} of {of} {part}s: {name}"


def place(ahead: int) -> str:
    """Where a job stands in the queue."""
    if ahead == 0:
        return "Next in line."
    are = "is" if ahead == 1 else "are"
    return f"In line: at most {counting.count(ahead, 'video')} {are} before yours."


def cost(hold: int, available: int) -> str:
    """What a job holds, and what is left."""
    return f"Held {counting.count(hold, 'credit')}, {available} left." if hold else "Free."


def delayed(reason: str | None, until: int) -> str:
    """Why a job waits, and when it is tried again."""
    if reason in {Code.ENGINE_KEY, Code.ENGINE_SUSPENDED, Code.ENGINE_BROKE}:
        why = "There is a problem with this bot's account at the video service; its owner knows."
    elif reason == Code.ENGINE_NO_MODEL:
        why = "The video service offers no model for this kind of video just now."
    elif reason == Code.ENGINE_FAILED:
        why = "The video service failed at this one."
    elif reason == Code.ENGINE_DOWN:
        why = "The video service cannot be reached."
    elif reason == Code.ENGINE_RESULT:
        why = "The video service is done, but does not hand over what it made yet."
    elif reason == Code.UNEXPECTED:
        why = "The machine of this bot is full or too busy."
    else:
        why = "The video service is busy."
    return f"{why} Talkie tries again <t:{until}:R>. Nothing is lost."


def owner_notice(reason: str, until: int) -> str:
    """What the owner is told when new jobs have to wait for something only they can put right."""
    return (
        f"{OWNER_PROBLEMS[reason]} New videos wait until that is put right, nothing is lost; "
        f"Talkie tries again by itself, next <t:{until}:R>."
    )


def lacks(permission: str | None, where: str = "in this channel") -> str:
    """What the bot may not do in a channel, for its member; `where` if it is read elsewhere."""
    if permission is None:
        return "Discord does not let Talkie send the file to this channel."
    return f"Talkie lacks the permission **{permission}** {where}."


def server_notice(permission: str, channel_id: int, server: str) -> str:
    """What a server's owner is told once of a permission that is missing."""
    return (
        f"In <#{channel_id}> of {server} Talkie could not show a member their video: it lacks "
        f"the permission **{permission}** there. The video is kept; with the permission the next "
        "ones arrive by themselves."
    )


def ping(job: int, mention: str, *, made: bool) -> str:
    """Tells a member that the message above shows how their job ended."""
    return f"{mention} {headline(job, IS_READY if made else FAILED)} It is shown above."


def not_yet(standing: Standing) -> str:
    """How a job stands that somebody wants to fetch before it is done."""
    job = standing.job
    where = f" {place(standing.ahead)}" if job.state is JobState.QUEUED else ""
    return f"{title(job.id)} is not ready yet: {STATES[job.state]}.{where} It comes here by itself."


def receipt(standing: Standing) -> str:
    """What a job took: `held 12 credits · charged 12`."""
    receipt = standing.receipt
    if not receipt.held:
        return "free" if standing.job.engine == "local" else "not charged"
    parts = [f"held {counting.count(receipt.held, 'credit')}"]
    if receipt.charged:
        parts.append(f"charged {receipt.charged}")
    if receipt.returned:
        parts.append(f"returned {receipt.returned}")
    if standing.resent:
        parts.append("sent twice" if standing.resent == 1 else f"sent {standing.resent + 1} times")
    return " · ".join(parts)
