"""Which tables of figures are published, what each counts, and of what it is a part. Pure.

A table splits one count of an earlier one: each case of that count is in exactly one of its values.
Both rooms read this: the staff room counts and hides by it, the public room prints by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.i18n import lazy_gettext as _
from portal.vocabulary import (
    FigureCourse,
    FigureSatisfaction,
    FigureSide,
    FigureTable,
    FigureTimeliness,
    Finding,
    Kind,
    Topic,
)
from portal.vocabulary.labelled import Labelled

#: The places of a number that are no commune or ward: what is handled above or beside them, and all
#: places together.
ABOVE, WHOLE = 0, -1
#: The one value of a table that is a single number.
ALL = "all"
#: What belongs to none of the other values.
REST = "rest"


@dataclass(frozen=True)
class Layout:
    """One table: its values, and the count that it splits; ``whole_only`` tables name no place."""

    table: FigureTable
    values: tuple[Labelled, ...]
    of: tuple[FigureTable, str]
    whole_only: bool = False
    #: How the rest is called, where there is one.
    rest: object = None

    @cached_property
    def labels(self) -> Mapping[str, object]:
        """What each value is called, in the order of the table."""
        found: dict[str, object] = {value.value: value.label for value in self.values}
        return found | {REST: self.rest} if self.rest is not None else found


_T = FigureTable
TOTAL = (_T.FINISHED, ALL)
_OPINIONS = (_T.SIDE, FigureSide.OPINION.value)
_ANSWERED = (_T.COURSE, FigureCourse.ANSWERED.value)

#: In an order in which every table comes after the one that it splits.
LAYOUTS = (
    Layout(_T.SIDE, tuple(FigureSide), TOTAL),
    Layout(
        _T.KIND,
        (Kind.SUGGESTION, Kind.REPORT, Kind.PETITION),
        _OPINIONS,
        rest=_("Chưa phân loại"),
    ),
    Layout(_T.COURSE, tuple(FigureCourse), _OPINIONS),
    Layout(
        _T.FINDING,
        (
            *(Finding.SUBSTANTIATED, Finding.PARTLY, Finding.UNSUBSTANTIATED),
            *(Finding.UNDETERMINED, Finding.CLARIFIED, Finding.TRANSFERRED),
        ),
        _ANSWERED,
        rest=_("Kết quả khác"),
    ),
    Layout(_T.SATISFACTION, tuple(FigureSatisfaction), _ANSWERED),
    Layout(_T.TIMELINESS, tuple(FigureTimeliness), TOTAL),
    # A topic in one ward would point at a street; so it is told of all together only.
    Layout(_T.TOPIC, tuple(Topic), TOTAL, whole_only=True, rest=_("Chưa phân loại")),
)
LAYOUT_OF: Mapping[FigureTable, Layout] = {each.table: each for each in LAYOUTS}
