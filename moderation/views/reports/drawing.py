"""The lines of a table as the page draws them: numbers, rates, bars, and what is to be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from flask import url_for

from moderation.reports.columns import Column, figure_of, told_name
from moderation.reports.figures import Figure, Sums
from moderation.reports.rates import rated, written
from moderation.reports.reading import Report
from moderation.reports.tree import Unit
from moderation.reports.wording import (
    missing_words,
    named_periods,
    notes,
    ratio_label,
)
from portal.text import vn_date

#: What an address keeps of the form.
Kept = dict[str, Any]
#: A bar is drawn so exactly, in hundredths of its row.
_FULL = 100


@dataclass(frozen=True)
class Cell:
    """One number as it is read, and what is to be said beside it."""

    text: str
    said: str = ""
    #: Where the list behind it is.
    href: str = ""


@dataclass(frozen=True)
class TableLine:
    """One line: whose it is, where its own table is, its cells. ``total`` is the line of all."""

    name: str
    cells: tuple[Cell, ...]
    href: str = ""
    total: bool = False
    #: What a level has told itself, beside those below it.
    own: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: its headings, then its lines."""

    headings: tuple[str, ...]
    lines: tuple[TableLine, ...]


@dataclass(frozen=True)
class Bar:
    """One bar: its number in words, and how long it is of a hundred."""

    name: str
    text: str
    length: str


@dataclass(frozen=True)
class Drawing:
    """One column drawn: what it is, its bars, and how many lines have no number."""

    title: str
    lines: tuple[Bar, ...]
    blanks: int


def numbers_of(report: Report, *, kept: Kept) -> Grid:
    """The numbers, line by line, each with the way down to its own table."""
    headings = tuple(str(column.label) for column in report.layout.columns)
    lines = (
        TableLine(
            name=name,
            cells=tuple(
                _cell(figure, _behind(report, unit, column, figure, kept))
                for column, figure in report.figures(sums).items()
            ),
            href=_way(report, unit, kept) if unit is not None else "",
            total=unit is report.top,
            own=unit is None,
        )
        for name, unit, sums in _lines(report)
    )
    return Grid(headings, tuple(lines))


def rates_of(report: Report) -> Grid | None:
    """The rates, line by line, each with the two numbers that it is made of; none without any."""
    if all(rate.blank for rate in report.sums[report.top.id].rates.values()):
        return None
    headings = tuple(ratio_label(report.layout, ratio) for ratio in report.layout.ratios)
    lines = (
        TableLine(
            name=name,
            cells=tuple(
                Cell(
                    rated(rate),
                    "" if rate.blank else f"{written(rate.part.value)}/{written(rate.whole.value)}",
                )
                for rate in (sums.rates[ratio] for ratio in report.layout.ratios)
            ),
            total=unit is report.top,
            own=unit is None,
        )
        for name, unit, sums in _lines(report)
    )
    return Grid(headings, tuple(lines))


def bars_of(report: Report, column: Column) -> Drawing:
    """One column drawn, without the line of all, in the order of the table."""
    told = [
        (name, figure_of(sums.figures, column).value)
        for name, unit, sums in _lines(report)
        if unit is not report.top
    ]
    known = [(name, value) for name, value in told if value is not None]
    most = max((value for _name, value in known), default=0)
    bars = (Bar(name, written(value), _length(value, most)) for name, value in known)
    return Drawing(str(column.label), tuple(bars), len(told) - len(known))


def notes_of(report: Report) -> list[str]:
    """What a reader must know to read the table right."""
    return notes(report)


def ways_of(report: Report, *, kept: Kept) -> list[tuple[str, str]]:
    """The levels above that the reader may open, the highest first: name and address."""
    return [(unit.short_name, _address(unit, kept)) for unit in report.line()]


@dataclass(frozen=True)
class Preset:
    """A period that is often asked for: its name, where it is, and whether it is the one shown."""

    label: str
    href: str
    current: bool


def presets_of(report: Report, *, kept: Kept, today: date) -> list[Preset]:
    """The periods that are often asked for, each the same table."""
    found = []
    for label, period in named_periods(today):
        days = {"since": vn_date(period.since), "until": vn_date(period.until)}
        href = _address(report.top, {**kept, **days})
        found.append(Preset(label, href, current=period == report.period))
    return found


def _lines(report: Report) -> Iterator[tuple[str, Unit | None, Sums]]:
    """The lines of a table: all, what the level has told itself, and what stands below it."""
    for row in report.rows():
        sums = report.sums[row.unit.id]
        yield row.unit.short_name, row.unit, sums
        if row.unit is report.top and sums.own is not None:
            yield row.unit.short_name, None, sums.own


def _cell(figure: Figure, href: str) -> Cell:
    """A number, of how many units it is where some are missing, and the way to its list."""
    partial = figure.value is not None and figure.missing > 0
    return Cell(written(figure.value), missing_words(figure) if partial else "", href)


def _behind(report: Report, unit: Unit | None, column: Column, figure: Figure, kept: Kept) -> str:
    """The address of the list behind a number of cases, where there are any.

    Who reads the number sees all that it counts, so whoever has no list has no number either.
    """
    # A median of no days is one of some stages all the same.
    least = 0 if told_name(column) != str(column) else 1
    if not report.layout.table.is_of_cases or figure.value is None or figure.value < least:
        return ""
    values = {name: kept[name] for name in ("table", "since", "until") if name in kept}
    return url_for(
        "reports.behind",
        organisation_id=(unit or report.top).id,
        column=str(column),
        alone="1" if unit is None else None,
        **values,
    )


def _way(report: Report, unit: Unit, kept: Kept) -> str:
    """The address of the table of a unit that has others below it."""
    down = unit is not report.top and not report.tree.is_leaf(unit.id)
    return _address(unit, kept) if down else ""


def _address(unit: Unit, kept: Kept) -> str:
    """The address of a table."""
    return url_for("reports.show", organisation_id=unit.id, **kept)


def _length(value: int, most: int) -> str:
    """How long a bar is, of a hundred."""
    return f"{float(Fraction(_FULL * value, most)):.2f}" if most else "0.00"
