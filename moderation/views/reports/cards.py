"""What one source tells, as the page shows it: every figure in words, with its rates."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from moderation.reports.rates import rated, written
from moderation.reports.reported import ReportedLine
from moderation.reports.tables import MEMBERS
from moderation.reports.wording import labelled, whole_label
from portal.text import vn_date
from portal.vocabulary import MemberColumn

#: What a reported line shows also where its source tells nothing: a blank is to be seen.
_ALWAYS = frozenset(
    {
        *(MemberColumn.MEMBERS, MemberColumn.VIOLATIONS, MemberColumn.EXPELLED),
        *(MemberColumn.REMOVED, MemberColumn.LEFT),
    }
)


@dataclass(frozen=True)
class ReportedCard:
    """What one source tells, as the page shows it: every figure in words, with its rates."""

    id: int
    name: str
    period: str
    figures: tuple[tuple[str, str, str], ...]
    source: str
    note: str
    entered: str


def reported_of(line: ReportedLine) -> ReportedCard:
    """One line that was reported: of the main figures also those that are blank."""
    rates: dict[str, list[str]] = {}
    for ratio, rate in line.rates:
        whole = whole_label(MEMBERS.column(ratio.whole))
        said = gettext("%(rate)s trên %(whole)s", rate=rated(rate), whole=whole)
        rates.setdefault(ratio.part, []).append(said)
    columns = [
        column for column in MemberColumn if column in _ALWAYS or str(column) in line.figures
    ]
    return ReportedCard(
        id=line.id,
        name=labelled(line.organisation.name, line.organisation.valid_to),
        period=gettext(
            "Từ %(since)s đến hết %(until)s",
            since=vn_date(line.period.since),
            until=vn_date(line.period.until),
        ),
        figures=tuple(
            (
                str(column.label),
                written(line.figures.get(str(column))),
                "; ".join(rates.get(str(column), [])),
            )
            for column in columns
        ),
        source=line.source,
        note=line.note,
        entered=gettext(
            "Đ/c %(name)s nhập ngày %(day)s.",
            name=line.entered_by,
            day=vn_date(line.entered.entered_on),
        )
        if line.entered_by
        else "",
    )
