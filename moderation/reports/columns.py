"""The columns of tables: words of the vocabulary, and what is told of each stage of a case. Pure.

Within how many working days a stage was done is kept as a spread: so many times within so many
days. Spreads add up through the tree as numbers do, and the middle of each is found afterwards: the
median of a ward is no sum of the medians of its cells.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from moderation.reports.figures import Figure
from portal.i18n import lazy_gettext as _


class Column(Protocol):
    """What a table counts, by a name that is unique in it and words for people."""

    @property
    def label(self) -> object:
        """What it is called."""

    def __str__(self) -> str:
        """By what name it is told."""


class Spread:
    """How many times something took so many working days; it never changes once it is made."""

    __slots__ = ("times",)

    def __init__(self, times: Mapping[int, int] | None = None) -> None:
        """So many ``times`` for each number of days."""
        self.times = dict(times or {})

    def __add__(self, other: Spread) -> Spread:
        """Both together."""
        if not self.times or not other.times:
            return self if self.times else other
        found = self.times.copy()
        for days, amount in other.times.items():
            found[days] = found.get(days, 0) + amount
        return Spread(found)

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same."""
        return isinstance(other, Spread) and self.times == other.times

    __hash__ = None  # type: ignore[assignment]

    def within(self, hundredths: int) -> int | None:
        """The least number of days within which so many of a hundred were done; none of nothing.

        It is a number that occurred (the nearest rank), so it is exact for few as for many.
        """
        total, so_far = sum(self.times.values()), 0
        for days in sorted(self.times):
            so_far += self.times[days]
            if so_far * 100 >= total * hundredths:
                return days
        return None


class Measure(enum.StrEnum):
    """What is told of a stage."""

    ENDED = "ended"
    ON_TIME = "on_time"
    MEDIAN = "median"
    NINTH = "ninth"


_SHARES = {Measure.MEDIAN: 50, Measure.NINTH: 90}
_MEASURES = {
    Measure.ENDED: _("%(stage)s: đã xong"),
    Measure.ON_TIME: _("%(stage)s: đúng hạn"),
    Measure.MEDIAN: _("%(stage)s: trung vị (ngày)"),
    Measure.NINTH: _("%(stage)s: phân vị 90 (ngày)"),
}
#: What stages are called in tables: those that somebody of the staff has to keep, and no others.
STAGES = {
    "screening": _("Xem sơ bộ"),
    "confirm": _("Xác nhận"),
    "pass_on": _("Chuyển đi"),
    "accept": _("Nhận giải quyết"),
    "result": _("Kết quả"),
    "publish": _("Trả lời người gửi"),
    "keep": _("Quyết định giữ hồ sơ"),
    "review": _("Xem xét lại"),
}


@dataclass(frozen=True)
class StageColumn:
    """One measure of one stage. Median and ninth decile are both read out of one spread."""

    stage: str
    measure: Measure

    @property
    def label(self) -> str:
        """Stage and measure."""
        return str(_MEASURES[self.measure]) % {"stage": str(STAGES[self.stage])}

    @property
    def told(self) -> str:
        """Under what name its number, or its spread, is told and added up."""
        return f"{self.stage}.days" if self.measure in _SHARES else str(self)

    def __str__(self) -> str:
        """Its own name."""
        return f"{self.stage}.{self.measure}"

    def shown(self, figure: Figure) -> Figure:
        """What is shown of what was added up."""
        if not isinstance(figure.value, Spread):
            return figure
        return figure._replace(value=figure.value.within(_SHARES[self.measure]))


def stage_columns(stages: Iterable[str]) -> tuple[StageColumn, ...]:
    """All that is told of stages, one stage after another."""
    return tuple(StageColumn(stage, measure) for stage in stages for measure in Measure)


def told_name(column: Column) -> str:
    """Under what name the numbers of a column are told."""
    return column.told if isinstance(column, StageColumn) else str(column)


def figure_of(figures: Mapping[str, Figure], column: Column) -> Figure:
    """What a table shows in a column, out of what was added up."""
    figure = figures[told_name(column)]
    return column.shown(figure) if isinstance(column, StageColumn) else figure
