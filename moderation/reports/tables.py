"""Which columns a table has, and which of them are told as a share of which other one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.reports.figures import Ratio
from portal.vocabulary import CaseworkColumn, MemberColumn, ReportTable

_M, _C = MemberColumn, CaseworkColumn

Column = MemberColumn | CaseworkColumn
#: In the order of the groups themselves.
GROUP_COLUMNS = (_M.DUTY_UNFULFILLED, _M.TRANSFER_UNFILED, _M.VIOLATION, _M.NOT_EXEMPLARY)


@dataclass(frozen=True)
class Layout:
    """The columns of a table in their order, then its rates.

    A rate names the whole it is a share of; no two of one part are told as if they were the same.
    """

    table: ReportTable
    columns: Sequence[Column]
    ratios: Sequence[Ratio]

    def column(self, name: str) -> Column:
        """The column of this name. Raises KeyError."""
        return {str(column): column for column in self.columns}[name]


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
#: DOMAIN 3.7, second sheet, without what a case came to: that lies sealed.
CASEWORK = Layout(
    ReportTable.CASEWORK,
    tuple(_C),
    (Ratio(_C.ON_TIME, _C.STAGES), Ratio(_C.SATISFIED, _C.RATED)),
)
LAYOUTS = {layout.table: layout for layout in (MEMBERS, CASEWORK)}
