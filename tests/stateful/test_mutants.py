import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.database import Unavailable
from tests.stateful import faults_of_books, faults_of_jobs, faults_of_turns
from tests.stateful.disk import new_template
from tests.stateful.fault import SCHEMA, Fault
from tests.stateful.machine import machine_on

FAULTS = (*faults_of_jobs.FAULTS, *faults_of_turns.FAULTS, *faults_of_books.FAULTS)
HARD = settings(
    # How many it takes depends on what else is loaded: constants of all modules are drawn.
    max_examples=2_000,
    stateful_step_count=12,
    deadline=None,
    database=None,
    derandomize=True,
    report_multiple_bugs=False,
    phases=[Phase.generate],
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)


def test_there_are_enough_faults_and_none_is_listed_twice() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 20


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_machine_catches(fault: Fault, tmp_path: Path) -> None:
    in_schema = fault.file == SCHEMA
    template = new_template(tmp_path / "t.db", fault.text() if in_schema else None)
    with nullcontext() if in_schema else fault.sown(), pytest.raises(Exception) as caught:  # noqa: PT011 how it shows depends on the fault
        run_state_machine_as_test(machine_on(template), settings=HARD)
    assert not isinstance(caught.value, Unavailable), "the fault itself is not proper SQL"
    sys.stdout.write(f"{fault.name}: {type(caught.value).__name__}: {str(caught.value)[:80]}\n")
