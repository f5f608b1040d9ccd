"""Which columns a table has, and which of them are told as a share of which other one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moderation.reports.columns import (
    Column,
    Measure,
    StageColumn,
    stage_columns,
    told_name,
)
from moderation.reports.figures import Ratio
from portal.vocabulary import (
    CaseworkColumn,
    Channel,
    Finding,
    Kind,
    MemberColumn,
    ReportTable,
    Topic,
)

_M, _C = MemberColumn, CaseworkColumn

#: In the order of the groups themselves.
GROUP_COLUMNS = (_M.DUTY_UNFULFILLED, _M.TRANSFER_UNFILED, _M.VIOLATION, _M.NOT_EXEMPLARY)
#: Whose time a stage is: the desk's until a case is passed on, or that of who handles it and judges
#: it. The answer is given by a desk, from a report that its committee has written.
DESK_STAGES = ("screening", "confirm", "pass_on", "publish", "keep")
HANDLING_STAGES = ("accept", "result", "review")
#: Whoever sees a case from a committee's room reads nothing of what came before it.
SEEN_STAGES = (*HANDLING_STAGES, "publish")


@dataclass(frozen=True)
class Layout:
    """The columns of a table in their order, then its rates.

    A rate names the whole it is a share of; no two of one part are told as if they were the same.
    """

    table: ReportTable
    columns: Sequence[Column]
    ratios: Sequence[Ratio] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """The names under which its numbers are told, each once."""
        return tuple(dict.fromkeys(map(told_name, self.columns)))

    def column(self, name: str) -> Column:
        """The column of this name. Raises KeyError."""
        return {str(column): column for column in self.columns}[name]


def _staged(table: ReportTable, stages: Iterable[str]) -> Layout:
    """A table of stages: of each how many ended, and how many of those in time."""
    columns = stage_columns(stages)
    ended = (each for each in columns if each.measure is Measure.ENDED)
    return Layout(
        table,
        columns,
        tuple(Ratio(str(StageColumn(each.stage, Measure.ON_TIME)), str(each)) for each in ended),
    )


#: DOMAIN 3.7, first sheet. Removals are a share of those on the lists in one rate, and of those
#: with violations in another one. What reviews came to is no share of the members of the last day:
#: whoever was removed is none of them any more, and the share could be more than all.
MEMBERS = Layout(
    ReportTable.MEMBERS,
    tuple(column for column in _M if column is not _M.UNSTATED),
    (
        Ratio(_M.REVIEWED, _M.LISTED),
        Ratio(_M.VIOLATIONS, _M.REVIEWED),
        Ratio(_M.REMOVED, _M.LISTED),
        Ratio(_M.REMOVED, _M.VIOLATIONS),
        Ratio(_M.EXPELLED, _M.LISTED),
        Ratio(_M.LEFT, _M.LISTED),
    ),
)
#: What others report names the members as the whole, and knows no list.
REPORTED_RATIOS = tuple(
    ratio._replace(whole=_M.MEMBERS) if ratio.whole == _M.LISTED else ratio
    for ratio in MEMBERS.ratios
)
#: DOMAIN 3.7, second sheet.
CASEWORK = Layout(
    ReportTable.CASEWORK,
    (
        *(_C.RECEIVED, _C.CRITICISM, _C.PRAISE, _C.SCREENED, _C.ELIGIBLE, _C.ROUTED),
        *(_C.ANSWERED, _C.CONTESTED, _C.STAGES, _C.ON_TIME, _C.RATED, _C.SATISFIED),
    ),
    (Ratio(_C.ON_TIME, _C.STAGES), Ratio(_C.SATISFIED, _C.RATED)),
)
KINDS = Layout(ReportTable.KINDS, (_C.RECEIVED, *Kind, _C.UNCLASSIFIED))
TOPICS = Layout(ReportTable.TOPICS, (_C.RECEIVED, *Topic, _C.UNCLASSIFIED))
CHANNELS = Layout(ReportTable.CHANNELS, (_C.RECEIVED, *Channel, _C.UNCLASSIFIED))
FINDINGS = Layout(ReportTable.FINDINGS, (_C.ANSWERED, *Finding, _C.REOPENED))
LAYOUTS = {
    layout.table: layout
    for layout in (
        *(MEMBERS, CASEWORK, KINDS, TOPICS, CHANNELS, FINDINGS),
        _staged(ReportTable.DESK_STAGES, DESK_STAGES),
        _staged(ReportTable.HANDLING_STAGES, HANDLING_STAGES),
    )
}
