"""Accepted jobs: how they advance when they are told to, and how they are shown."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from tests.fakes.deapi.behaviour import Behaviour, JobFault
from tests.fakes.deapi.rules import Endpoint
from tests.fakes.deapi.uploads import Upload

PENDING, PROCESSING, DONE, ERROR = "pending", "processing", "done", "error"


class Change(StrEnum):
    """What watchers of jobs are told; all but MOVED are also the names of webhook events."""

    BEGUN = "job.processing"
    MOVED = "moved"
    DONE = "job.completed"
    FAILED = "job.failed"


@dataclass(slots=True, kw_only=True)
class Job:
    """One accepted job, with everything that was posted."""

    id: str
    endpoint: Endpoint
    fields: dict[str, object]
    price: Decimal
    accepted_s: float
    fault: JobFault | None
    status: str = PENDING
    progress: float = 0
    looks: int = 0
    ended_s: float = 0
    downloads: int = 0

    @property
    def sound(self) -> bytes | None:
        """The posted sound, which the result will carry."""
        audio = self.fields.get("audio")
        return audio.content if isinstance(audio, Upload) else None

    @property
    def line(self) -> str | None:
        """The line that was to be spoken; None for a clip."""
        return str(self.fields["text"]) if self.endpoint.inference == "txt2audio" else None

    @property
    def file(self) -> str:
        """The name of the result on its host."""
        return f"{self.id}.{'mp4' if self.line is None else 'mp3'}"

    @property
    def has_ended(self) -> bool:
        """Whether nothing will change any more."""
        return self.status in {DONE, ERROR}


class Jobs:
    """All jobs of the account, and its balance."""

    def __init__(self, behaviour: Behaviour, now_s: Callable[[], float]) -> None:
        self.behaviour = behaviour
        self.by_id: dict[str, Job] = {}
        self.links: dict[str, tuple[str, float]] = {}
        self.watchers: list[Callable[[Job, Change], None]] = []
        self._now_s = now_s

    def accept(
        self, endpoint: Endpoint, fields: dict[str, object], price: Decimal, fault: JobFault | None
    ) -> Job:
        """A new job, paid for up front."""
        self.behaviour.balance -= price
        job = Job(
            id=str(uuid.uuid4()),
            endpoint=endpoint,
            fields=fields,
            price=price,
            accepted_s=self._now_s(),
            fault=fault,
        )
        self.by_id[job.id] = job
        return job

    def look(self, job: Job) -> None:
        """Advance a job as a look at it does."""
        job.looks += 1
        self.advance(job)

    def advance(self, job: Job) -> None:
        """Bring a job to where it stands after so many looks, or at this time."""
        if job.has_ended:
            return
        if self.behaviour.seconds_to_done is not None:
            part = (self._now_s() - job.accepted_s) / max(self.behaviour.seconds_to_done, 1e-9)
        elif self.behaviour.looks_until_done is not None:
            part = (job.looks - 1) / max(self.behaviour.looks_until_done, 1)
            if self.behaviour.looks_until_done == 0:
                part = 1
        else:
            return
        if part >= 1 or (part > 0 and job.fault is JobFault.STUCK):
            self.finish(job)
        elif part > 0:
            self.process(job, round(part * 100, 2))

    def process(self, job: Job, progress: float) -> None:
        """Bring a job to `processing` at so many per cent."""
        change = Change.BEGUN if job.status == PENDING else Change.MOVED
        job.status, job.progress = PROCESSING, progress
        self._tell(job, change)

    def finish(self, job: Job) -> None:
        """Bring a job to its end: done, an error with the money back, or stuck for ever."""
        if job.fault is JobFault.STUCK:
            self.process(job, 40)
            return
        if job.status == PENDING:
            self.process(job, 0)
        job.ended_s = self._now_s()
        if job.fault in {JobFault.ERROR_FINAL, JobFault.ERROR_RETRYABLE}:
            job.status = ERROR
            self.behaviour.balance += job.price
            self._tell(job, Change.FAILED)
        else:
            job.status, job.progress = DONE, 100
            self._tell(job, Change.DONE)

    def link(self, job: Job) -> str:
        """A fresh signed path of the result, good for a while."""
        signature = secrets.token_hex(16)
        first_of_expired = job.fault is JobFault.URL_EXPIRED and job.downloads == 0
        life_s = -1 if first_of_expired else self.behaviour.link_life_s
        self.links[signature] = (job.id, self._now_s() + life_s)
        return f"/1/{job.file}?X-Amz-Signature={signature}"

    def open_link(self, signature: str) -> Job | None:
        """The job behind a signed path; None where the link is wrong or too old."""
        job_id, until_s = self.links.get(signature, ("", 0.0))
        job = self.by_id.get(job_id)
        if job:
            job.downloads += 1
        return job if self._now_s() < until_s else None

    def show(self, job: Job, origin: str) -> dict[str, object]:
        """The `data` of a look: progress now as a number, now as a string."""
        shown: dict[str, object] = {
            "status": job.status,
            "progress": self._progress(job),
            "preview": None,
            "result_url": None,
            "results_alt_formats": None,
            "result": None,
            "metadata": None,
            "price": None,
            "prompt_boosted": False,
            "prompt_boost": None,
        }
        if job.status == DONE:
            shown["price"] = {"amount": float(job.price), "is_estimated": False}
            if job.fault is not JobFault.NULL_URL:
                shown["result_url"] = origin + self.link(job)
        if job.status == ERROR:
            shown |= {"price": {"amount": 0, "is_estimated": False}, **failure(job)}
        return shown

    def _tell(self, job: Job, change: Change) -> None:
        for watcher in self.watchers:
            watcher(job, change)

    def _progress(self, job: Job) -> object:
        if job.status == PENDING:
            return None
        return f"{job.progress:.2f}" if job.looks % 2 else job.progress


def failure(job: Job) -> dict[str, object]:
    """The six fields of a job that failed."""
    may_repeat = job.fault is JobFault.ERROR_RETRYABLE
    return {
        "error_code": "WORKER_TIMEOUT" if may_repeat else "WORKER_ERROR",
        "error_message": "worker-timeout" if may_repeat else "worker-error",
        "error_reason": "CAPACITY_UNAVAILABLE" if may_repeat else "PROCESSING_FAILED",
        "retryable": may_repeat,
        "refunded": True,
        "failed_at": datetime.fromtimestamp(job.ended_s, UTC).isoformat(timespec="seconds"),
    }
