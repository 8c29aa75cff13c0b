"""What deAPI's answers and errors mean in the words of the Engine protocol."""

from bot.deapi import errors
from bot.deapi.limits import RateLimits
from bot.deapi.models import Job, JobStatus
from bot.engines import base
from bot.engines.base import Allowance, Finding, Reason, State


def allowance(told: RateLimits) -> Allowance:
    """What an answer said of its limits."""
    return Allowance(
        a_minute=told.limit,
        left_minute=told.remaining,
        a_day=told.daily_limit,
        left_day=told.daily_remaining,
    )


def state(job: Job) -> State:
    """A look at a job in the protocol's words."""
    if job.status is JobStatus.DONE:
        return base.Done(job.price_micro)
    if job.status is JobStatus.ERROR:
        words = (job.error_code, job.error_reason, job.error_message)
        kept = "; money returned" if job.refunded else ""
        detail = " / ".join(word for word in words if word)[:300] + kept
        return base.Failed(retryable=job.retryable, detail=detail)
    if job.status is JobStatus.PENDING:
        return base.Pending()
    return base.Running(None if job.progress is None else job.progress / 100)


def _reason(error: errors.DeapiError) -> Reason:
    reasons: tuple[tuple[type[errors.DeapiError], Reason], ...] = (
        (errors.RateLimited, Reason.BUSY),
        (errors.BadKey, Reason.KEY),
        (errors.Suspended, Reason.SUSPENDED),
        (errors.TooLarge, Reason.RESULT),
        (errors.UnsafeLink, Reason.RESULT),
        (errors.LinkExpired, Reason.MISSING),
        (errors.NotFound, Reason.MISSING),
    )
    return next((reason for kind, reason in reasons if isinstance(error, kind)), Reason.DOWN)


def not_started(error: errors.DeapiError) -> base.EngineError:
    """What an error before or at a submit means, when it is certain that nothing was started."""
    if isinstance(error, errors.Invalid):
        return _refusal(error)
    if isinstance(error, errors.TooLarge):
        return base.Refused(Reason.REJECTED, str(error))
    wait_s = error.retry_after_s if isinstance(error, errors.RateLimited) else None
    reason = Reason.DOWN if isinstance(error, errors.NotFound) else _reason(error)
    return base.NotStarted(reason, str(error), retry_after_s=wait_s)


def _refusal(error: errors.Invalid) -> base.EngineError:
    if isinstance(error, errors.OutOfFunds):
        return base.NotStarted(Reason.BROKE, str(error))
    if set(error.fields) == {"model"}:
        # The caller may quote again: another model may do the same.
        return base.NotStarted(Reason.NO_MODEL, str(error))
    return base.Refused(Reason.REJECTED, f"{error} {sorted(error.fields)}")


def unreadable(error: errors.DeapiError) -> base.Unreadable:
    """What an error while looking or fetching means."""
    wait_s = error.retry_after_s if isinstance(error, errors.RateLimited) else None
    return base.Unreadable(_reason(error), str(error), retry_after_s=wait_s)


def trouble(error: errors.DeapiError) -> Finding:
    """What the doctor says when the account cannot be read."""
    remedies: tuple[tuple[type[errors.DeapiError], str], ...] = (
        (errors.BadKey, "Copy the key again from the deAPI dashboard."),
        (errors.Suspended, "Ask deAPI why the account is suspended."),
        (errors.Blocked, "A firewall refuses this machine; try from another network."),
        (errors.Unreachable, "Check this machine's connection to the internet."),
    )
    remedy = next((text for kind, text in remedies if isinstance(error, kind)), "Try again later.")
    return Finding(subject="deAPI key", ok=False, message=str(error), remedy=remedy)
