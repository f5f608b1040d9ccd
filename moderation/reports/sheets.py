"""A table with every level below it as rows, for programs that calculate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from moderation.reports.figures import Rate
from moderation.reports.rates import hundredths
from moderation.reports.reading import Report
from moderation.reports.wording import Taken, heads, notes, ratio_label
from portal.i18n import gettext
from portal.spreadsheet import MARK, write_row
from portal.text import vn_date

Value = str | int | float | None


@dataclass(frozen=True)
class SheetRow:
    """One row: how deep it stands below the first one, and its cells."""

    depth: int
    cells: tuple[Value, ...]


def headings(report: Report) -> tuple[str, ...]:
    """What the columns are called. A rate names both of its numbers."""
    layout = report.layout
    return (
        *(gettext("Bậc"), gettext("Đơn vị"), gettext("Thuộc")),
        *(str(column.label) for column in layout.columns),
        gettext("Số đơn vị chưa có số liệu"),
        *(f"{ratio_label(layout, ratio)} (%)" for ratio in layout.ratios),
    )


def sheet_rows(report: Report, *, shares: bool = False) -> Iterator[SheetRow]:
    """The rows: numbers as numbers, and nothing where there is a blank.

    Each row holds the sum of what stands below it, so rows of different depths are not added up.
    Rates are in hundredths or, as ``shares``, parts of one.
    """
    layout, unit = report.layout, 100 if shares else 1
    for row in report.every_row():
        sums = report.sums[row.unit.id]
        above = report.tree.parent(row.unit.id)
        yield SheetRow(
            row.depth,
            (
                row.depth,
                row.unit.short_name,
                report.tree[above].short_name if above is not None and row.depth else None,
                *(figure.value for figure in report.figures(sums).values()),
                sums.figures[layout.told[0]].missing,
                *(_share(sums.rates[ratio], unit) for ratio in layout.ratios),
            ),
        )


def _share(rate: Rate, unit: int) -> float | None:
    """A rate to calculate with."""
    found = hundredths(rate)
    return None if found is None else found / unit


def title(report: Report) -> str:
    """What the table is, of whom, and from when to when."""
    return gettext(
        "%(table)s: %(name)s, từ %(since)s đến hết %(until)s",
        table=str(report.layout.table.label),
        name=report.top.name,
        since=vn_date(report.period.since),
        until=vn_date(report.period.until),
    )


def csv_lines(report: Report, *, taken: Taken) -> Iterator[bytes]:
    """The table as a file for programs that calculate; below it how it was counted.

    What is no figure of the organisation says so before the headings, too.
    """
    said, mark = heads(report, taken), MARK
    for line in said:
        yield mark + write_row((line,))
        mark = b""
    yield mark + write_row(headings(report))
    for row in sheet_rows(report):
        yield write_row(row.cells)
    yield write_row(())
    for note in (title(report), *notes(report), *said):
        yield write_row((note,))
