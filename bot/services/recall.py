"""Recall: a member's own last prompts, for autocomplete."""

from dataclasses import dataclass

from bot.domain import prompt
from bot.errors import Code, UserError
from storage import history, jobs, people
from storage.database import Body, Store
from storage.records import JobId

LOOKED_AT = 300
"""Older jobs are not searched: an answer is due with every letter that is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A prompt, and the latest job it was used for: a short name for a long text."""

    job: JobId
    prompt: str


class Recall:
    """Finds what a member asked for before."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def recent_prompts(
        self, discord_id: int, typed: str = "", *, limit: int = 25
    ) -> list[Recalled]:
        """A member's different last prompts that contain what was typed, newest first.

        Talkie's own words for those who gave none are left out.
        """
        wanted = prompt.tidy(typed).casefold()

        def body() -> Body[list[Recalled]]:
            found: dict[str, Recalled] = {}
            person = yield from people.find(discord_id)
            if person is None:
                return []
            for job, text in (yield from history.prompts(person, LOOKED_AT)):
                folded = text.casefold()
                if wanted not in folded or folded in found or not text or prompt.is_default(text):
                    continue
                found[folded] = Recalled(job=job, prompt=text)
                if len(found) == limit:
                    break
            return list(found.values())

        return await self._store.read(body())

    async def prompt_of(self, discord_id: int, job_id: JobId) -> str:
        """The prompt of one of a member's own jobs; raises UserError."""

        def body() -> Body[str]:
            job = yield from jobs.get(job_id)
            if job is None:
                raise UserError(Code.JOB_UNKNOWN, job=job_id)
            if (yield from people.find(discord_id)) != job.person_id:
                raise UserError(Code.NOT_YOURS)
            if job.deleted_at is not None:
                raise UserError(Code.JOB_DELETED, job=job_id)
            return job.prompt

        return await self._store.read(body())
