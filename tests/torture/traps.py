"""Traps: the moment, seen from outside, at which the bot is killed."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from tests.fakes.moments import Moment, Phase
from tests.torture.windows import Window

SUBMITS = ("/api/v2/videos/",)
LOOKS = "/api/v2/jobs/"
DOWNLOADS = "/1/"
BALANCE = "/api/v2/account/balance"


@dataclass(slots=True, kw_only=True)
class Trap:
    """Springs at the moment it wants, after `skip` others like it and a delay."""

    wants: Callable[[Moment], bool]
    skip: int = 0
    delay_s: float = 0.0
    cuts: bool = False
    """The request comes no further than this moment."""


def is_submit(moment: Moment) -> bool:
    return moment.path.startswith(SUBMITS) and not moment.path.endswith("/price")


def is_look(moment: Moment) -> bool:
    return moment.path.startswith(LOOKS)


def is_download(moment: Moment) -> bool:
    return moment.path.startswith(DOWNLOADS)


def video_of(moment: Moment) -> int | None:
    """The job whose clip a message carries."""
    files = moment.detail.get("files")
    for name in files if isinstance(files, dict) else ():
        if name.startswith("talkie-"):
            return int(name.removeprefix("talkie-").removesuffix(".mp4"))
    return None


def lay(window: Window, draw: random.Random, told_done: Callable[[Moment], bool]) -> Trap | None:
    """A trap that leads into this window; None where no request tells of it."""
    choices = _traps(draw, told_done).get(window)
    if choices is None:
        return None
    trap = draw.choice(choices)
    trap.skip = draw.choice((0, 0, 1))
    return trap


def _traps(
    draw: random.Random, told_done: Callable[[Moment], bool]
) -> dict[Window, tuple[Trap, ...]]:
    def at(
        phase: Phase, wants: Callable[[Moment], bool], latest_s: float = 0.0, *, cuts: bool = False
    ) -> Trap:
        return Trap(
            wants=lambda moment: moment.phase is phase and wants(moment),
            delay_s=draw.uniform(0, latest_s),
            cuts=cuts,
        )

    def is_early_look(moment: Moment) -> bool:
        return is_look(moment) and not told_done(moment)

    def is_late_look(moment: Moment) -> bool:
        return is_look(moment) and told_done(moment)

    submit = at(Phase.ARRIVED, is_submit, cuts=True)
    return {
        Window.INTENT_POST: (submit, submit, at(Phase.ANSWERED, _is_balance, 0.004)),
        Window.POST_HANDLE: (
            at(Phase.TAKEN, is_submit, cuts=True),
            at(Phase.ANSWERED, is_submit),
        ),
        Window.HANDLE_LOOK: (
            at(Phase.ARRIVED, is_early_look, cuts=True),
            at(Phase.ANSWERED, is_submit, 0.05),
        ),
        Window.DONE_FETCH: (
            at(Phase.ANSWERED, is_late_look, 0.01),
            at(Phase.ARRIVED, is_download, cuts=True),
        ),
        Window.FETCH_SETTLE: (at(Phase.ANSWERED, is_download, 0.3),),
        Window.SETTLE_DELIVERY: (at(Phase.ARRIVED, _is_video, cuts=True),),
        Window.SEND_RECORD: (
            at(Phase.TAKEN, _is_video_shown, cuts=True),
            at(Phase.ANSWERED, _is_video_shown),
        ),
    }


def _is_balance(moment: Moment) -> bool:
    return moment.path == BALANCE


def _is_video(moment: Moment) -> bool:
    return video_of(moment) is not None


def _is_video_shown(moment: Moment) -> bool:
    return _is_video(moment) and moment.status == HTTPStatus.OK
