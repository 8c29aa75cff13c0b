"""What must be true after all kills, job by job, inside and outside of the bot."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import Code
from cogs.ui import texts
from tests.fakes.discord.messages import Message
from tests.torture.rows import Standing
from tests.torture.town import ENDINGS, Town
from tests.torture.windows import OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Counts by what they count, and a sentence for each thing that is wrong."""

    outcomes: Counter[str]
    wrong: Counter[str]
    details: list[str]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.details


NAMES = (
    "lost",
    "posted twice",
    "charged twice",
    "charged without a video",
    "charged for a doubt",
    "more than one outcome",
    "more than one submit a call",
    "rendered twice",
    "failed through no fault of the provider's",
    "ledger and lanes",
    "files without a row",
    "did not start or end cleanly",
)


def judge(town: Town, exits: list[int]) -> Verdict:
    """Look at every job; `exits` are the exit codes of the bots that were asked to end."""
    jobs = town.rows.standings()
    found = [each for job in jobs for each in _of_job(town, job)]
    found += [("lost", f"{prompt} was acknowledged and has no row") for prompt in _lost(town, jobs)]
    found += [("ledger and lanes", name) for name in town.rows.broken()]
    found += [("files without a row", name) for name in _orphans(town, jobs)]
    found += [("did not start or end cleanly", f"exit {code}") for code in exits if code]
    return Verdict(
        outcomes=_outcomes(town, jobs),
        wrong=Counter({name: sum(kind == name for kind, _ in found) for name in NAMES}),
        details=[f"{kind}: {detail}" for kind, detail in found],
    )


def _of_job(town: Town, job: Standing) -> Iterator[tuple[str, str]]:
    about = f"{job}"
    shown = _endings(town, job)
    videos = sum(bool(message.draft.kept) for message in shown)
    yield from _of_messages(job, shown, videos)
    if job.endings != 1:
        yield "more than one outcome", f"{job.endings} bookings of {about}"
    if job.charges > 1:
        yield "charged twice", about
    if job.charges and not videos and not _says_so(job, shown):
        yield "charged without a video", about
    if job.charges and job.call in {"doubt", "not_started"}:
        yield "charged for a doubt", about
    if job.state == "failed" and job.reason != Code.ENGINE_DOUBT:
        yield "failed through no fault of the provider's", about
    if town.posts.count(job.prompt) > job.calls:
        yield "more than one submit a call", f"{town.posts.count(job.prompt)} for {about}"
    if (renderings := len(town.renderings(job.prompt))) > 1:
        yield "rendered twice", f"{renderings} for {about}"


def _of_messages(job: Standing, shown: list[Message], videos: int) -> Iterator[tuple[str, str]]:
    about = f"{job}"
    if job.state not in OVER or job.delivery != "shown" or not shown:
        yield "lost", about
    if job.state == "done" and not videos:
        yield "lost", f"no video of {about}"
    if videos > 1:
        yield "posted twice", f"{videos} videos of {about}"
    if any(texts.WORKING in message.draft.text for message in shown):
        yield "more than one outcome", f"the ending was written over of {about}"
    if len(shown) > 1 or (job.state != "done" and videos):
        yield "more than one outcome", f"{len(shown)} endings, {videos} videos of {about}"


def _endings(town: Town, job: Standing) -> list[Message]:
    title = texts.title(job.id)
    return [
        message
        for message in town.own_messages()
        if message.ephemeral_for is None
        and title in message.draft.text
        and (message.draft.kept or any(ending in message.draft.text for ending in ENDINGS))
    ]


def _says_so(job: Standing, shown: list[Message]) -> bool:
    receipt = f"charged {job.charge}"
    return job.state == "cancelled" and all(receipt in message.draft.text for message in shown)


def _lost(town: Town, jobs: list[Standing]) -> list[str]:
    known = {job.interaction_id for job in jobs}
    return [
        prompt
        for prompt, interaction in town.commands.items()
        if interaction.original is not None
        and "**Video #" in interaction.original.draft.text
        and interaction.id not in known
    ]


def _orphans(town: Town, jobs: list[Standing]) -> list[str]:
    known = {name for job in jobs for name in (job.file, job.poster, job.folder)}
    folders = (town.data / "videos", town.data / "jobs", town.data / "scratch")
    return [
        str(path.relative_to(town.data))
        for folder in folders
        for path in folder.iterdir()
        if path.name not in known
    ]


def _outcomes(town: Town, jobs: list[Standing]) -> Counter[str]:
    outcomes = Counter(f"{job.state}{f' ({job.reason})' if job.reason else ''}" for job in jobs)
    outcomes["commands sent"] = len(town.commands)
    outcomes["accepted (a row)"] = len(jobs)
    outcomes["submits that arrived"] = len(town.posts)
    outcomes.update(_notes(town, jobs))
    return outcomes


def _notes(town: Town, jobs: list[Standing]) -> Iterator[str]:
    for job in jobs:
        original = town.commands[job.prompt].original
        if job.state == "failed" and town.renderings(job.prompt):
            yield "doubt released, yet it was rendered"
        if job.state == "done" and original not in _endings(town, job):
            yield "done, shown by a message of its own"
        if job.prompt in town.raced:
            yield f"cancel race ended: {job.state}"
