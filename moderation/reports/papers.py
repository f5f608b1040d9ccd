"""A table of one level as a report in the Party's form, and as a workbook with every level below.

In Vietnamese, whoever takes it: both are for offices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from moderation.printing.letterhead import letterhead
from moderation.reports.books import Book, Leaf
from moderation.reports.columns import Column, figure_of
from moderation.reports.figures import Sums
from moderation.reports.rates import rated, written
from moderation.reports.reading import Report
from moderation.reports.sheets import headings, sheet_rows, title
from moderation.reports.tables import Layout
from moderation.reports.wording import Taken, heads, notes, ratio_label
from portal.clock import local_date
from portal.i18n import gettext
from portal.models import LegalBasis
from portal.printing.sheets import Part, PartKind, Sheet
from portal.printing.wording import day_line, party, unprintable
from portal.text import vn_date
from portal.vocabulary import BasisUse, ReportTable

#: So many headings have room for their words; of stages always whole ones.
_MOST_COLUMNS = 12


def report_paper(session: Session, *, report: Report, taken: Taken) -> Sheet:
    """The table of a level with what stands directly below it.

    That of members is ready to be signed. That of cases is what one account sees: it has neither a
    number nor a place to sign, and says so at its head and on every page.
    """
    own = letterhead(session, organisation_id=report.top.id)
    signed = report.layout.table is ReportTable.MEMBERS
    receivers = (*own.left[:-1], gettext("Lưu văn thư"))
    seen = "" if signed else heads(report, replace(taken, sample=False))[0]
    return Sheet(
        language="vi",
        title=title(report),
        left=own.left,
        number=gettext("Số ……-BC/……") if signed else "",
        right=party(),
        day=day_line(own.place, local_date(taken.at)),
        heading=gettext("Biểu tổng hợp"),
        about="\n".join(filter(None, (_about(report), seen))),
        parts=tuple(_parts(session, report)),
        copies_label=gettext("Nơi nhận:") if signed else "",
        copies=receivers if signed else (),
        signed=own.signed if signed else (),
        foot=seen,
        unprintable=unprintable(),
        wide=True,
    )


def report_book(report: Report, *, taken: Taken) -> Book:
    """The table with every level below it, and how it was counted on a leaf of its own."""
    said = heads(report, taken)
    rows = list(sheet_rows(report, shares=True))
    table = Leaf(
        name=str(report.layout.table.label),
        above=(gettext("Biểu tổng hợp"), title(report), *said),
        headings=headings(report),
        rows=tuple(row.cells for row in rows),
        depths=tuple(row.depth for row in rows),
        shares=len(report.layout.ratios),
    )
    told = Leaf(
        name=gettext("Cách tính"),
        above=(),
        headings=(),
        rows=tuple((note,) for note in (title(report), *notes(report), _never_added(), *said)),
    )
    return Book(title(report), (table, told))


def _about(report: Report) -> str:
    """What the paper is about, and of which days."""
    return gettext(
        "%(table)s, từ %(since)s đến hết %(until)s",
        table=str(report.layout.table.label),
        since=vn_date(report.period.since),
        until=vn_date(report.period.until),
    )


def _parts(session: Session, report: Report) -> Iterator[Part]:
    """The bases, both tables, and how they were counted."""
    members = report.layout.table is ReportTable.MEMBERS
    bases = _bases(session, report) if members else []
    if bases:
        yield Part(PartKind.TEXT, gettext("Căn cứ"), "\n".join(bases))
    layout = report.layout
    for columns in _side_by_side(layout):
        numbers = tuple(
            (name, *(written(figure_of(sums.figures, column).value) for column in columns))
            for name, sums in _lines(report)
        )
        first = (gettext("Đơn vị"), *(str(column.label) for column in columns))
        yield Part(PartKind.TABLE, table=(first, *numbers))
    if any(not rate.blank for rate in report.sums[report.top.id].rates.values()):
        rates = tuple(
            (name, *(rated(sums.rates[ratio]) for ratio in layout.ratios))
            for name, sums in _lines(report)
        )
        heads = (gettext("Đơn vị"), *(ratio_label(layout, ratio) for ratio in layout.ratios))
        yield Part(PartKind.TABLE, gettext("Tỷ lệ"), table=(heads, *rates))
    yield Part(PartKind.NOTE, text="\n".join(notes(report)))


def _side_by_side(layout: Layout) -> Iterator[Sequence[Column]]:
    """The columns of each table on the paper: where words would be broken, several tables."""
    most = _MOST_COLUMNS if layout.table.is_of_cases else len(layout.columns)
    for first in range(0, len(layout.columns), most):
        yield layout.columns[first : first + most]


def _lines(report: Report) -> Iterator[tuple[str, Sums]]:
    """The lines: what stands directly below, what the level has itself, and the sum of all."""
    top, *below = report.rows()
    sums = report.sums[top.unit.id]
    for row in below:
        yield row.unit.short_name, report.sums[row.unit.id]
    if sums.own is not None:
        yield gettext("Riêng ở cấp này"), sums.own
    yield gettext("Cộng"), sums


def _bases(session: Session, report: Report) -> list[str]:
    """On what a review rests, as it held on the last day, and only what somebody has compared."""
    day = report.period.until
    rows = session.scalars(
        select(LegalBasis)
        .where(
            LegalBasis.verified_on.is_not(None),
            LegalBasis.effective_from <= day,
            or_(LegalBasis.effective_to.is_(None), LegalBasis.effective_to >= day),
        )
        .order_by(LegalBasis.effective_from, LegalBasis.id)
    )
    return [f"{row.code}: {row.title}" for row in rows if BasisUse.REVIEW in row.uses]


def _never_added() -> str:
    """Why rows must not be added up once more."""
    return gettext("Mỗi dòng đã gồm mọi đơn vị bên dưới. Không cộng các dòng khác bậc với nhau.")
