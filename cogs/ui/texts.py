"""Every sentence a member can be told; each says what to do next."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain import pricing
from bot.domain.shapes import Shape, Size
from bot.errors import Code
from bot.services.credits import Statement
from bot.services.jobs import Standing
from storage.records import EntryKind, JobState, Mode

REFUSALS: Mapping[Code, str] = MappingProxyType(
    {
        Code.COOLING_DOWN: (
            "One video every {cooldown} seconds, please. You can send the next one <t:{resumes}:R>."
        ),
        Code.ENGINE_BROKE: (
            "The account that pays for videos is empty, so nothing was started and you paid "
            "nothing. Please tell the person who runs this bot."
        ),
        Code.ENGINE_BUSY: (
            "The video service is too busy right now. You paid nothing; please try again in a "
            "few minutes."
        ),
        Code.ENGINE_DOUBT: (
            "The video service did not answer whether it started, so Talkie does not ask twice. "
            "You paid nothing. If the video turns up after all, you get it for free; or send the "
            "command again."
        ),
        Code.ENGINE_DOWN: (
            "The video service cannot be reached right now. You paid nothing; please try again "
            "in a few minutes."
        ),
        Code.ENGINE_FAILED: (
            "The video service could not finish this one. You paid nothing; try again, or change "
            "the prompt a little."
        ),
        Code.ENGINE_KEY: (
            "The video service does not accept this bot's key. You paid nothing; please tell the "
            "person who runs this bot."
        ),
        Code.ENGINE_NO_MODEL: (
            "The video service offers no model for this kind of video right now. You paid "
            "nothing; please try again later, or tell the person who runs this bot."
        ),
        Code.ENGINE_REJECTED: (
            "The video service refused this request. You paid nothing; try another prompt or "
            "another file."
        ),
        Code.ENGINE_RESULT: (
            "The video that came back was broken. You paid nothing; please send the command again."
        ),
        Code.ENGINE_SUSPENDED: (
            "The account that makes videos is suspended. You paid nothing; please tell the person "
            "who runs this bot."
        ),
        Code.FILE_BROKEN: (
            "This file is damaged or incomplete. Save it again and send it once more."
        ),
        Code.FILE_EMPTY: "This file is empty. Please attach another one.",
        Code.FILE_FORBIDDEN: (
            "Talkie only takes files that were uploaded to Discord. Attach it here."
        ),
        Code.FILE_GONE: "Discord no longer has this file. Please upload it again.",
        Code.FILE_SLOW: "Discord took too long to hand over the file. Please try again.",
        Code.FILE_TOO_BIG: (
            "This file is too big (the limit is {limit_mib} MiB). Send a smaller one."
        ),
        Code.FORM_EXPIRED: "This was already used or has expired. Please send the command again.",
        Code.GRANT_INCOMPLETE: "To grant credits, choose both a person and an amount.",
        Code.GRANT_INVALID: "Grant between 1 and {limit} credits.",
        Code.INAUDIBLE: (
            "I cannot hear anything in this sound. Record it again, a little louder or closer."
        ),
        Code.JOB_ENDED: "Video #{job} has already ended. `/jobs` shows how.",
        Code.JOB_STARTED: (
            "Video #{job} is being made, and the video service cannot stop that. You can have it "
            "thrown away: that costs {cost}."
        ),
        Code.JOB_UNKNOWN: "There is no video #{job}. `/jobs` lists yours.",
        Code.MODE_PAUSED: (
            "The video service takes no more of this kind for now. It goes on <t:{resumes}:t> "
            "(<t:{resumes}:R>); other kinds may still work."
        ),
        Code.NOTHING_TO_USE: (
            "This message has nothing I can make a video from. Pick one with text, a picture or "
            "a sound."
        ),
        Code.NOT_ENOUGH_CREDITS: (
            "This video costs {needed} credits and you have {available}. `/credits` shows when "
            "you get more."
        ),
        Code.NOT_PICTURE: "This is not a picture I can read. Send a JPG, PNG, WebP, GIF or BMP.",
        Code.NOT_SOUND: (
            "This is not a sound I can read. Send a voice note, or an MP3, OGG, WAV, FLAC, M4A "
            "or MP4."
        ),
        Code.NOT_YOURS: "This belongs to somebody else. `/jobs` lists your own videos.",
        Code.NO_SOUND: "There is no sound in this file. Send a voice note or a sound file.",
        Code.OWNER_ONLY: "Only the owner of this bot can do that.",
        Code.PICTURE_TOO_LARGE: "This picture has too many pixels. Send a smaller copy of it.",
        Code.PICTURE_TOO_NARROW: (
            "This picture is too long and thin for a video. Crop it and send it again."
        ),
        Code.PICTURE_TOO_SMALL: (
            "This picture is too small. Send one with at least 64 pixels on each side."
        ),
        Code.PROMPT_EMPTY: "Please say in words what the video should show.",
        Code.PROMPT_TOO_LONG: (
            "This prompt has {length} characters, the limit is {limit}. Shorten it and send it "
            "again."
        ),
        Code.QUEUE_FULL: (
            "You already have {limit} videos waiting. Wait for one of them, or cancel one in "
            "`/jobs`."
        ),
        Code.QUEUE_TOO_LONG: (
            "Your waiting videos may last {limit} seconds in all. Wait for one of them to start, "
            "or cancel one in `/jobs`."
        ),
        Code.SEED_INVALID: (
            "A seed is a whole number from 0 to {limit}. Leave it out for a new one."
        ),
        Code.SERVER_FULL: (
            "This server already has {limit} videos under way. Try again when one of them is done."
        ),
        Code.SOUND_OVER_LIMIT: (
            "This sound lasts {seconds} s, a video holds up to {limit_s} s. You can use its first "
            "part, or send a shorter one."
        ),
        Code.SOUND_TOO_LONG: "This sound is longer than two minutes. Please send a shorter one.",
        Code.SPENDING_PAUSED: (
            "Today's budget for videos on this bot is used up. It starts again <t:{resumes}:R>."
        ),
        Code.UNEXPECTED: (
            "Something went wrong on our side. You paid nothing; please try again. If it happens "
            "again, give the person who runs this bot the number `{incident}`."
        ),
    }
)


def refusal(code: Code, facts: Mapping[str, float | str]) -> str:
    """The sentence for a code, filled with its facts."""
    words: dict[str, float | str] = {
        name: f"{value:g}" if isinstance(value, float) else value for name, value in facts.items()
    }
    if "limit_bytes" in words:
        words["limit_mib"] = int(float(words["limit_bytes"])) // 2**20
    return REFUSALS[code].format_map(words)


MADE_BY_AI = "AI-generated"
WORKING = "Being made now."
CANCELLED = "was called off."
FAILED = "could not be made."
NO_JOBS = "You have not made any videos yet. Start with `/video`, and say what it should show."
JOBS_TITLE = "Your latest videos (`/jobs id` shows one again):"
CANCEL = "Cancel #{job}"
DISCARD = "Throw #{job} away"
FIRST_PART = "Use the first 10 s"
PORTRAIT_TITLE = "Who should speak?"
PORTRAIT_LABEL = "A picture of a face"
PORTRAIT_HELP = "Your own face, or a character you may use. JPG, PNG, WebP, GIF or BMP."
GRANTED = "Granted. They now have {available} credits."

OWNER_PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        Code.ENGINE_KEY: "deAPI does not accept the key in DEAPI_API_KEY.",
        Code.ENGINE_SUSPENDED: "deAPI says that your account is suspended.",
        Code.ENGINE_BROKE: "Your account at deAPI holds too little for another video.",
    }
)

STATES: Mapping[JobState, str] = MappingProxyType(
    {
        JobState.AWAITING_CONSENT: "waits for consent",
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

_MOVES: Mapping[EntryKind, str] = MappingProxyType(
    {
        EntryKind.WELCOME: "welcome",
        EntryKind.DAILY: "today's credits",
        EntryKind.GRANT: "granted",
        EntryKind.HOLD: "held",
        EntryKind.SETTLE: "charged",
        EntryKind.RELEASE: "returned",
    }
)


def title(job: int) -> str:
    """The name of a job."""
    return f"**Video #{job}**"


def facts_line(mode: Mode, seconds: float, shape: str, seed: int) -> str:
    """Mode, length, shape and seed in one quiet line."""
    ratio = SHAPES[shape].partition(" ")[0]
    return f"{MODES[mode]} · {seconds:.1f} s · {ratio} · seed {seed}"


def place(ahead: int) -> str:
    """Where a job stands in the queue."""
    if ahead == 0:
        return "Next in line."
    return f"In line: at most {ahead} {'video is' if ahead == 1 else 'videos are'} before yours."


def cost(hold: int, available: int) -> str:
    """What a job holds, and what is left."""
    return f"Held {hold} credits, {available} left." if hold else "Free."


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
    else:
        why = "The video service is busy."
    return f"{why} Talkie tries again <t:{until}:R>. Nothing is lost."


def owner_notice(reason: str, until: int) -> str:
    """What the owner is told when new jobs have to wait for something only they can put right."""
    return (
        f"{OWNER_PROBLEMS[reason]} New videos wait until that is put right, nothing is lost; "
        f"Talkie tries again by itself, next <t:{until}:R>."
    )


def receipt(standing: Standing) -> str:
    """What a job took: `held 12 · charged 12`."""
    receipt = standing.receipt
    if not receipt.held:
        return "free" if standing.job.engine == "local" else "not charged"
    parts = [f"held {receipt.held}"]
    if receipt.charged:
        parts.append(f"charged {receipt.charged}")
    if receipt.returned:
        parts.append(f"returned {receipt.returned}")
    if standing.resent:
        parts.append("sent twice" if standing.resent == 1 else f"sent {standing.resent + 1} times")
    return " · ".join(parts)


def credits_card(statement: Statement) -> str:
    """What `/credits` shows."""
    balance, allowance = statement.balance, statement.allowance
    lines = [f"You have **{balance.available} credits**, {balance.held} more are held for jobs."]
    if statement.free:
        lines.append("Videos are free here: this bot renders them itself.")
    else:
        worth = pricing.dollars(allowance.credit_micro)
        lines.append(f"One credit pays for {worth} of video.")
    lines.append(f"Everybody gets {allowance.welcome} to begin with and {allowance.daily} a day.")
    lines += [
        f"-# {_MOVES[kind]} {amount:+d}" + (f" · video #{job}" if job else "")
        for kind, amount, job in statement.history
    ]
    return "\n".join(lines)
