"""A sample of times, and what is said of it."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """What one load gave: each answer's time in seconds, and how long the whole of it took."""

    times: tuple[float, ...]
    seconds: float

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """The time within which this share of the answers came, in seconds."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(samples: Sequence[Sample], of: Callable[[Sample], float]) -> float:
    """The middle one of the rounds' figures."""
    return statistics.median(of(sample) for sample in samples)


def rate(sample: Sample) -> float:
    """Answers per second."""
    return sample.rate


def p50(sample: Sample) -> float:
    """The middle time, in seconds."""
    return sample.quantile(0.5)


def p95(sample: Sample) -> float:
    """Nineteen of twenty come within it, in seconds."""
    return sample.quantile(0.95)


def p99(sample: Sample) -> float:
    """All but one of a hundred come within it, in seconds."""
    return sample.quantile(0.99)
