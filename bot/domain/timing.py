"""How long a clip takes: lognormal times, learnt from completions and told for what is left."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

_NORMAL = NormalDist()
_Z95 = _NORMAL.inv_cdf(0.95)
_SHORTEST_S = 1e-3
_FAINTEST = 1e-280
"""A chance of survival below this has lost its digits."""
FRAMES_A_BUCKET = 60
NARROWEST, WIDEST = 0.1, 1.2
PRIOR_COUNT = 6.0
"""As many completions as the prior is worth."""


@dataclass(frozen=True, slots=True)
class Law:
    """The logarithm of a time in seconds is normal, with this mean and this deviation."""

    mean: float
    deviation: float

    @property
    def median_s(self) -> float:
        """Half of all clips are done by then."""
        return math.exp(self.mean)

    def beyond(self, age_s: float) -> float:
        """The chance that a clip is not done at this age."""
        return 0.5 * math.erfc(self._z(age_s) / math.sqrt(2))

    def quantile_s(self, part: float) -> float:
        """The age by which this part of all clips is done."""
        return math.exp(self.mean + self.deviation * _NORMAL.inv_cdf(part))

    def remaining_s(self, age_s: float, part: float) -> float:
        """Seconds by which this part of the clips that are not done at an age will be."""
        left = self.beyond(age_s)
        if left <= _FAINTEST:
            return part * self._mean_left_s(age_s)
        # Small chances keep their digits only on this side of the normal curve.
        gone = max(left * (1 - part), _FAINTEST)
        return max(0.0, math.exp(self.mean - self.deviation * _NORMAL.inv_cdf(gone)) - age_s)

    def wasted_s(self, looked_s: float, age_s: float) -> float:
        """Seconds a clip that was not done at `looked_s` is expected to lie done by `age_s`.

        This is W(a, t), the integral over u from a to t of P(done by u | not done at a).
        """
        waited_s = max(0.0, age_s - looked_s)
        left = self.beyond(looked_s)
        if left <= _FAINTEST:
            return waited_s / 2
        alive_s = (self._rest(looked_s) - self._rest(age_s)) / left
        return min(max(waited_s - alive_s, 0.0), waited_s)

    def due_s(self, looked_s: float, wasted_s: float) -> float:
        """The age at which so many seconds are expected to be wasted since a look."""
        low_s, high_s = looked_s, looked_s + wasted_s + self.median_s
        while self.wasted_s(looked_s, high_s) < wasted_s:
            low_s, high_s = high_s, looked_s + 2 * (high_s - looked_s)
        while high_s - low_s > max(0.01, high_s * 1e-4):
            middle_s = (low_s + high_s) / 2
            if self.wasted_s(looked_s, middle_s) < wasted_s:
                low_s = middle_s
            else:
                high_s = middle_s
        return high_s

    def looks(self, wasted_s: float) -> float:
        """How many looks a clip takes if each is made when so many seconds may be wasted."""
        looked_s, expected = 0.0, 0.0
        while (left := self.beyond(looked_s)) > 1e-3:
            expected += left
            looked_s = self.due_s(looked_s, wasted_s)
        return expected

    def _z(self, age_s: float) -> float:
        return (math.log(max(age_s, _SHORTEST_S)) - self.mean) / self.deviation

    def _rest(self, age_s: float) -> float:
        """The integral of `beyond` from an age to infinity."""
        whole_s = math.exp(self.mean + self.deviation**2 / 2)
        late = 0.5 * math.erfc((self._z(age_s) - self.deviation) / math.sqrt(2))
        return whole_s * late - age_s * self.beyond(age_s)

    def _mean_left_s(self, age_s: float) -> float:
        return age_s * self.deviation / max(self._z(age_s), 1.0)


def law(median_s: float, p95_s: float) -> Law:
    """The law of which half are done by the one time and 95 % by the other."""
    return Law(math.log(median_s), math.log(p95_s / median_s) / _Z95)


CLIP = law(45, 120)
"""What is known of a clip before the first one was measured."""
WHOLE = law(50, 130)
"""The same up to the finished video: found, fetched, checked and finished."""
SPEECH = law(5, 20)
"""A spoken line: it is short, and nobody measures it."""
LOCAL = law(8, 40)
"""The local engine before its first clip was measured."""


def learn(times_s: Sequence[float], prior: Law) -> Law:
    """The law of these times, drawn toward the prior while they are few."""
    if not times_s:
        return prior
    logs = [math.log(max(time_s, _SHORTEST_S)) for time_s in times_s]
    count = len(logs)
    own = math.fsum(logs) / count
    weight = PRIOR_COUNT + count
    mean = (PRIOR_COUNT * prior.mean + count * own) / weight
    # A prior that lies far off is a reason to be unsure for a while.
    apart = PRIOR_COUNT * count / weight * (own - prior.mean) ** 2
    spread = math.fsum((each - own) ** 2 for each in logs)
    variance = (PRIOR_COUNT * prior.deviation**2 + spread + apart) / weight
    return Law(mean, min(max(math.sqrt(variance), NARROWEST), WIDEST))


def bucket(frames: int) -> int:
    """Clips of about this length take about as long."""
    return (frames - 1) // FRAMES_A_BUCKET
