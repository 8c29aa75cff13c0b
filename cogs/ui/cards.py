"""How a job looks in a message: waiting, being made, delayed, done, failed, cancelled, expired."""

from collections.abc import Sequence

from bot.domain import frames
from bot.domain.coach.findings import Finding
from bot.domain.craft.parts import Part as Element
from bot.domain.notice import Notice
from bot.domain.request import Chosen
from bot.errors import Code
from bot.services.jobs import Standing
from cogs.ui import coaching, folding, frame, prospects, refusals, rewording, texts
from cogs.ui.buttons import CancelButton, GetButton, opening
from cogs.ui.frame import Card, Part, Row, Tone
from storage.records import Job, JobId, JobState

_UNDER_WAY = {
    JobState.QUEUED: Tone.WAITING,
    JobState.WAITING: Tone.DELAYED,
    JobState.ACTIVE: Tone.WORKING,
}


def accepted(
    standing: Standing,
    notice: Notice,
    *,
    left: int,
    chosen: Sequence[Chosen] = (),
    tip: Finding | None = None,
    added: Sequence[Element] = (),
) -> Card:
    """What first stands in the reply: `left` can still be spent, `chosen` were files of several.

    `tip` is what the coach would say first, `added` are parts that Talkie added to few words.
    """
    job = standing.job
    notes = [texts.quiet(_taken(each)) for each in chosen]
    tips = [texts.quiet(coaching.tip(tip))] if tip else []
    if (told := rewording.added(job, added)) is not None:
        tips.insert(0, texts.quiet(told))
    cost = texts.cost(standing.receipt.held, left)
    return _under_way(
        standing,
        [*prospects.lines(notice), cost, *notes, texts.quiet(_facts(job)), *tips],
        prospects.tone(notice),
    )


def under_way(standing: Standing, notice: Notice) -> Card:
    """What stands in the reply until the job ends."""
    rows = [_get_or_cancel(standing.job.id)] if notice.offered else None
    lines = [*prospects.lines(notice), _receipt(standing)]
    return _under_way(standing, lines, prospects.tone(notice), rows)


def ending(standing: Standing, mention: str | None = None, rows: Sequence[Row] = ()) -> Card:
    """What a member is told when their job has ended, and what they can do then."""
    if standing.job.state is JobState.DONE:
        return finished(standing, mention, rows)
    if standing.job.state is JobState.CANCELLED:
        return cancelled(standing, rows)
    return failed(standing, mention, rows)


def finished(
    standing: Standing,
    mention: str | None = None,
    rows: Sequence[Row] = (),
    *,
    note: str | None = None,
) -> Card:
    """A finished video, whose file (`file_name`) comes with the same message."""
    job = standing.job
    return frame.card(
        Tone.DONE,
        frame.video(file_name(job.id), alt_text(job)),
        *_about_video(standing, note),
        rows=rows,
        above=_ready(mention),
    )


def linked(
    standing: Standing,
    page: str,
    mention: str | None = None,
    rows: Sequence[Row] = (),
    *,
    note: str | None = None,
) -> Card:
    """A finished video that can be seen on its page, where its file cannot be sent."""
    rows = [frame.row(opening(page)), *rows]
    return frame.card(Tone.DONE, *_about_video(standing, note), rows=rows, above=_ready(mention))


def held_back(standing: Standing, mention: str | None, why: str) -> Card:
    """A finished video that cannot be sent here, and the button that brings it all the same."""
    job = standing.job
    return frame.card(
        Tone.DELAYED,
        _head(texts.headline(job.id, texts.IS_READY), job.prompt),
        frame.words(why, texts.PRESS_TO_GET, _receipt(standing)),
        rows=[frame.row(GetButton(job.id))],
        above=_ready(mention),
    )


def offer(standing: Standing) -> Card:
    """What stands in the reply of an unfinished job when its token is about to die."""
    job = standing.job
    return frame.card(
        _UNDER_WAY.get(job.state, Tone.WORKING),
        _head(texts.title(job.id), job.prompt),
        frame.words(texts.STILL_UNDER_WAY, _receipt(standing)),
        rows=[frame.row(GetButton(job.id), CancelButton(job.id))],
    )


def failed(standing: Standing, mention: str | None = None, rows: Sequence[Row] = ()) -> Card:
    """Why there is no video, what to do about it, and what it took."""
    job = standing.job
    code = Code(job.reason) if job.reason in set(Code) else Code.UNEXPECTED
    why = refusals.sentence(code, {"incident": job.incident or "none"})
    return frame.card(
        Tone.FAILED,
        _head(texts.headline(job.id, texts.FAILED), job.prompt),
        frame.words(why, _receipt(standing)),
        rows=rows,
        above=texts.NOT_MADE.format(mention=mention) if mention else None,
    )


def cancelled(standing: Standing, rows: Sequence[Row] = ()) -> Card:
    """A job that its member called off."""
    job = standing.job
    return frame.card(
        Tone.OVER,
        _head(texts.headline(job.id, texts.CANCELLED), job.prompt),
        frame.words(_receipt(standing)),
        rows=rows,
    )


def expired(standing: Standing, rows: Sequence[Row] = ()) -> Card:
    """A finished job whose video is no longer kept."""
    job = standing.job
    return frame.card(
        Tone.OVER,
        _head(texts.headline(job.id, texts.EXPIRED), job.prompt),
        frame.words(texts.MAKE_AGAIN.format(seed=job.seed), _receipt(standing)),
        rows=rows,
    )


def standing_now(standing: Standing, rows: Sequence[Row] = ()) -> Card:
    """How a job without a video stands at this moment; `rows` stand under one that has ended."""
    state = standing.job.state
    if standing.job.deleted_at is not None:
        return deleted(standing.job.id)
    if state in _UNDER_WAY:
        return _under_way(standing, [texts.state(state), _receipt(standing)], _UNDER_WAY[state])
    return expired(standing, rows) if state is JobState.DONE else ending(standing, None, rows)


def deleted(job: JobId) -> Card:
    """A video that was taken away by its maker or a moderator."""
    return frame.card(Tone.OVER, frame.words(texts.headline(job, texts.DELETED)))


def moved(job: JobId, *, is_below: bool = True) -> Card:
    """What is left of a card whose news were posted further down, or fetched somewhere."""
    said = texts.SEE_BELOW if is_below else texts.SEE_LIST
    return frame.card(Tone.OVER, frame.words(texts.headline(job, said)))


def file_name(job: JobId) -> str:
    """The name under which a video is sent."""
    return f"talkie-{job}.mp4"


def alt_text(job: Job) -> str:
    """What a screen reader says of the video."""
    return texts.alt_text(frames.seconds(job.frames), job.prompt)


def _under_way(
    standing: Standing, lines: Sequence[str], tone: Tone, rows: Sequence[Row] | None = None
) -> Card:
    job = standing.job
    return frame.card(
        tone,
        _head(texts.title(job.id), job.prompt),
        frame.words(*lines),
        rows=rows or [_cancel(job.id)],
    )


def _head(title: str, prompt: str) -> Part:
    # By themselves: some clients take the lines after a quote for a part of it.
    return frame.words(title, texts.quote(folding.fold(prompt)))


def _receipt(standing: Standing) -> str:
    return texts.quiet(_facts(standing.job), texts.receipt(standing))


def _taken(chosen: Chosen) -> str:
    name = folding.fold(chosen.name, folding.ONE_LINE)
    return texts.taken(name, chosen.part, chosen.place, chosen.of)


def _about_video(standing: Standing, note: str | None) -> list[Part]:
    job = standing.job
    lines = [texts.LATE] if _came_late(standing) else []
    lines += [note] if note else []
    kept = [texts.kept_until(standing.kept_until)] if standing.kept_until else []
    facts = texts.quiet(_facts(job), texts.receipt(standing), texts.MADE_BY_AI, *kept)
    return [_head(texts.title(job.id), job.prompt), frame.words(*lines, facts)]


def _ready(mention: str | None) -> str | None:
    return texts.READY.format(mention=mention) if mention else None


def _came_late(standing: Standing) -> bool:
    receipt = standing.receipt
    return receipt.held > 0 and receipt.returned == receipt.held


def _facts(job: Job) -> str:
    return texts.facts_line(job.mode, frames.seconds(job.frames), job.shape, job.seed)


def _cancel(job: JobId) -> Row:
    return frame.row(CancelButton(job))


def _get_or_cancel(job: JobId) -> Row:
    return frame.row(GetButton(job), CancelButton(job))
