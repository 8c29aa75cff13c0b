"""A cooldown is waited for by who sends too soon, and by nobody else."""

from pathlib import Path

import pytest

from bot.domain.request import Wish
from bot.errors import Code, UserError
from bot.services.submission import Origin
from storage.records import Mode
from tests.fakes.clock import Clock
from tests.integration.services import household
from tests.integration.services.household import MIRA

ORIGIN = Origin(discord_id=MIRA, interaction_id=None)


@pytest.mark.parametrize(
    ("cooldown_s", "back_s", "refusal"),
    [(0, 1, None), (60, 1, Code.COOLING_DOWN), (60, 7_200, None)],
)
async def test_a_video_accepted_at_a_later_hour_keeps_nobody_waiting(
    data: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    cooldown_s: int,
    back_s: int,
    refusal: Code | None,
) -> None:
    monkeypatch.setenv("TALKIE_COOLDOWN_SECONDS", str(cooldown_s))
    wish = Wish(mode=Mode.TEXT, prompt="A kite.", seconds=2)
    async with household.opened(data, clock) as talkie:
        await talkie.services.intake.accept(wish, ORIGIN)
        clock.set_by(-back_s)
        met = None
        try:
            await talkie.services.intake.accept(wish, ORIGIN)
        except UserError as error:
            met = error.code
        assert met is refusal
