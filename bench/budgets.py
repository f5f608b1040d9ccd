"""The budgets, each a line that says what was measured, what is asked, and whether it holds."""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.measuring import Run, ratio
from bench.visit import Visit

#: By target and act, one run for each round.
Rounds = Mapping[tuple[str, str], Sequence[Run]]

RATE = operator.attrgetter("rate")
P99 = operator.attrgetter("p99")


@dataclass(frozen=True)
class Line:
    """One budget: ``least`` or ``most`` bounds what was measured."""

    what: str
    measured: float
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def held(self) -> bool:
        """Whether the measured value is within its bound."""
        low = self.least is None or self.measured >= self.least
        return low and (self.most is None or self.measured <= self.most)

    @property
    def asked(self) -> str:
        """The bound, as it is written."""
        bound = f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"
        return f"{bound} {self.unit}"


def of_speed(rounds: Rounds) -> list[Line]:
    """Return the budgets that are ratios between programs, measured side by side."""

    def times(what: str, ours: tuple[str, str], other: tuple[str, str], least: float) -> Line:
        value = ratio(rounds[ours], rounds[other], RATE)
        return Line(what, value, f"× {other[0]}", least=least)

    uneven = ratio(rounds["portal", "send, 8"], rounds["floor", "send, 8"], P99)
    return [
        times("floor's form page", ("floor", "page, 8"), ("hello", "page, 8"), 0.55),
        times("floor's submission", ("floor", "send, 8"), ("hello", "page, 8"), 0.07),
        times("form page", ("portal", "page, 8"), ("floor", "page, 8"), 0.7),
        times("submission, 1 at once", ("portal", "send, 1"), ("floor", "send, 1"), 0.6),
        times("submission, 8 at once", ("portal", "send, 8"), ("floor", "send, 8"), 0.6),
        Line("submission's p99, 8 at once", uneven, "× floor", most=2),
        times("tracking page", ("portal", "track, 8"), ("floor", "track, 8"), 0.6),
    ]


def of_weight(visit: Visit, cold_start: float, memory: float) -> list[Line]:
    """Return the budgets of a first visit, a cold start and a web worker's memory."""
    return [
        Line("first visit to the form, bytes", visit.wire, "bytes", most=30_000),
        Line("first visit to the form, requests", len(visit.addresses), "requests", most=4),
        Line("cold start", cold_start, "s", most=1.5),
        Line("a web worker's memory", memory, "MB", most=100),
    ]


def of_growth(requests: int, growth: float) -> Line:
    """Return the budget of what a web worker's memory may grow by over many requests."""
    return Line(f"its growth over {requests:,} requests", growth, "MB", most=10)
