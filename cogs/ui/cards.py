"""How a job looks in a message: waiting, being made, done, failed, cancelled."""

import discord

from bot.domain import frames
from bot.errors import Code
from bot.services.jobs import Standing
from bot.services.submission import Ticket
from cogs.ui import refusals, texts
from storage.records import Job, JobState

_LONGEST_PROMPT = 180
_BAR = 12


def waiting(ticket: Ticket) -> str:
    """What stands in the reply once a job was accepted."""
    plan = ticket.plan
    facts = texts.facts_line(plan.mode, plan.seconds, plan.shape, plan.seed)
    place = texts.place(ticket.ahead)
    cost = texts.cost(ticket.hold, ticket.balance.available)
    return f"{texts.title(ticket.job)} · {facts}\n{_quote(plan.prompt)}\n{place} {cost}"


def progress(standing: Standing, fraction: float | None) -> str:
    """What stands in the reply while a job is being made."""
    job = standing.job
    line = texts.WORKING if fraction is None else f"{texts.WORKING} {_bar(fraction)}"
    return f"{_head(job)}\n{_quote(job.prompt)}\n{line}"


def delayed(standing: Standing, until_ms: int) -> str:
    """What stands in the reply while a job waits for the provider."""
    job = standing.job
    return f"{_head(job)}\n{_quote(job.prompt)}\n{texts.delayed(job.reason, until_ms // 1000)}"


def ending(standing: Standing, mention: str | None) -> str:
    """What a member is told when their job has ended."""
    job = standing.job
    receipt = texts.receipt(standing)
    if job.state is JobState.DONE:
        start = f"{mention} " if mention else ""
        return f"{start}{_head(job)} · {texts.MADE_BY_AI}\n{_quote(job.prompt)}\n{receipt}"
    if job.state is JobState.CANCELLED:
        return f"{texts.title(job.id)} {texts.CANCELLED}\n{receipt}"
    code = Code(job.reason) if job.reason in set(Code) else Code.UNEXPECTED
    start = f"{mention} " if mention else ""
    why = refusals.sentence(code, {"incident": job.incident or "none"})
    return f"{start}{texts.title(job.id)} {texts.FAILED}\n{why}\n{receipt}"


def row(standing: Standing) -> str:
    """One line of `/jobs`."""
    job = standing.job
    receipt = texts.receipt(standing)
    line = f"{texts.title(job.id)} · {texts.STATES[job.state]} · {receipt}"
    return f"{line}\n> {_shortened(job.prompt, 60)}"


def _head(job: Job) -> str:
    seconds = frames.seconds(job.frames)
    return f"{texts.title(job.id)} · {texts.facts_line(job.mode, seconds, job.shape, job.seed)}"


def _quote(prompt: str) -> str:
    return f"> {_shortened(prompt, _LONGEST_PROMPT)}"


def _shortened(text: str, length: int) -> str:
    short = text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
    return discord.utils.escape_markdown(short)


def _bar(fraction: float) -> str:
    full = round(min(max(fraction, 0.0), 1.0) * _BAR)
    return f"`{'█' * full}{'░' * (_BAR - full)}` {min(99, int(fraction * 100))} %"


def alt_text(job: Job) -> str:
    """What a screen reader says of the video."""
    return f"{texts.MADE_BY_AI} video, {frames.seconds(job.frames):.0f} seconds: {job.prompt}"[
        :1000
    ]
