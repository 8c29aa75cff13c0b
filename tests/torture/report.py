"""The campaign as a table."""

from collections.abc import Iterator

from tests.torture.campaign import Tally
from tests.torture.verdict import Verdict
from tests.torture.windows import Window


def lines(tally: Tally, verdict: Verdict) -> Iterator[str]:
    """Kills by window, what became of the jobs, and what is wrong."""
    yield f"{'window':<20}{'aimed':>8}{'killed':>8}{'jobs caught':>14}"
    for window in Window:
        yield (
            f"{window:<20}{tally.aimed[window]:>8}{tally.hit[window]:>8}{tally.caught[window]:>14}"
        )
    yield f"{'elsewhere':<20}{'':>8}{tally.elsewhere:>8}"
    kills = tally.hit.total() + tally.elsewhere
    yield f"{'all':<20}{tally.aimed.total():>8}{kills:>8}{tally.caught.total():>14}"
    yield ""
    for name, count in sorted(verdict.outcomes.items()):
        yield f"{name:<44}{count:>6}"
    yield ""
    for name, count in verdict.wrong.items():
        yield f"{name:<44}{count:>6}"
    yield from verdict.details
    yield f"took {tally.seconds:.0f} s"
