import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.disk import new_template
from tests.stateful.machine import machine_on

DEEP = os.environ.get("TALKIE_HYPOTHESIS") == "deep"


@pytest.mark.timeout(3_600 if DEEP else 240)
def test_no_order_of_events_breaks_the_store(tmp_path: Path) -> None:
    run_state_machine_as_test(
        machine_on(new_template(tmp_path / "template.db")),
        settings=settings(
            max_examples=1_500 if DEEP else 100,
            stateful_step_count=12,
            deadline=None,
            database=None,
            derandomize=not DEEP,
            # A short example takes minutes to find; TALKIE_HYPOTHESIS=deep takes them.
            phases=[Phase.generate, Phase.shrink] if DEEP else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
