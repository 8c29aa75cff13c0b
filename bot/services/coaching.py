"""Coaching: what the coach says of a video that is about to be made."""

import asyncio
from dataclasses import dataclass

from bot.domain import prompt
from bot.domain.coach import rules
from bot.domain.coach.findings import Finding, Severity
from bot.domain.context import Context
from bot.services.inputs import Made
from storage.records import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What was found in a prompt, the worst first, and a better version if there is one."""

    findings: tuple[Finding, ...] = ()
    better: str | None = None

    @property
    def must_ask(self) -> bool:
        """Whether the video would surely fail."""
        return any(finding.severity is Severity.WILL_FAIL for finding in self.findings)


def context_of(made: Made) -> Context:
    """What is known of the video that these inputs are for."""
    plan = made.plan
    return Context(
        mode=plan.mode,
        shape=plan.shape,
        frames=plan.frames,
        has_picture=Role.FIRST_IMAGE in made.files,
        sound=made.sound,
    )


async def review(words: str, context: Context) -> Review:
    """What is to be said of these words; nothing of those that are Talkie's own."""
    if prompt.is_default(words):
        return Review()
    return await asyncio.to_thread(_review, words, context)


def _review(words: str, context: Context) -> Review:
    findings = rules.review(words, context)
    if all(finding.fix is None for finding in findings):
        return Review(findings=findings)
    better = rules.improve(words, context).prompt
    is_better = better != words and len(better) <= prompt.LONGEST
    return Review(findings=findings, better=better if is_better else None)
