"""What members read around a finished video: its buttons, the Remix form, and deleting it."""

from bot.domain import frames
from bot.services.removal import Removed
from cogs.ui import counting, texts
from storage.records import Job, JobState, Mode

AGAIN = "Again"
REMIX = "Remix"
DELETE = "Delete"
ERASE = "Delete for good"
REMIX_TITLE = "Remix video #{job}"
PROMPT_LABEL = "What it should show"
PROMPT_HELP = "The words of the old one. Change what should be different."
SHAPE_LABEL = "Shape"
LENGTH_LABEL = "Length"
SIZE_LABEL = "Size"
NEXT_LABEL = "And then"
MAKE_IT = "Make the video"
BUILD_IT = "Choose shot, light, camera, sound … from lists first"
DELETED_BEFORE = "was deleted before. This message is gone now, too."
OUT_OF_REACH = (
    "Out of Talkie's reach: copies that others saved or sent on, backups that whoever runs this "
    "bot made before, what Discord keeps in its caches for a while, and what the video service "
    "stores by its own rules."
)
_LEFT = {
    1: "One message could not be removed from here: press Delete on it, and it goes.",
    2: "Some messages could not be removed from here: press Delete on each, and it goes.",
}


def seconds(frame_count: int) -> str:
    """How long a video lasts, as a choice."""
    return f"{frames.seconds(frame_count):.1f} s"


def as_it_was(frame_count: int) -> str:
    """The length of the old video, as a choice."""
    return f"{seconds(frame_count)} · as it was"


def ask_to_delete(job: Job) -> str:
    """The question before a video, or what is left of one, is deleted."""
    is_done = job.state is JobState.DONE
    what = ["Its file", "its page", "its prompt"] if is_done else ["Its prompt"]
    what += ["the picture or sound it was made from"] if job.mode is not Mode.TEXT else []
    what.append("its messages")
    paid = " Its credits do not come back." if is_done else ""
    return (
        f"**Delete video #{job.id} for good?** {_listed(what)} go.{paid} If you change your mind, "
        "just dismiss this message."
    )


def gone(removed: Removed, *, had_page: bool, messages: int, left: int) -> list[str]:
    """What was deleted, what could not be, and what nobody here can delete."""
    what = ["its file and preview picture"] if removed.video is not None else []
    what += ["its page"] if had_page else []
    what.append("its prompt")
    what += ["the picture or sound it was made from"] if removed.had_inputs else []
    what += [counting.count(messages, "message")] if messages else []
    lines = [f"{texts.headline(removed.job.id, texts.DELETED)} Gone: {_listed(what)}."]
    if left:
        lines.append(_LEFT[min(left, 2)])
    return [*lines, texts.quiet(OUT_OF_REACH)]


def _listed(what: list[str]) -> str:
    *most, last = what
    return f"{', '.join(most)} and {last}" if most else last
