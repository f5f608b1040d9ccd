"""What was published, read as rows. Each function is one statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, or_, select

from portal.db import RowSession
from portal.figures.layout import ALL, WHOLE
from portal.figures.quarters import Quarter
from portal.models import FiguresEdition, PublishedFigure
from portal.vocabulary import FigureSign, FigureTable

#: A printed number, or the sign in its place.
Shown = int | FigureSign
_TOTALS = (FigureTable.RECEIVED, FigureTable.FINISHED)


@dataclass(frozen=True)
class Published:
    """The figures of one quarter: when they were published, and why they were taken back, if so."""

    quarter: Quarter
    edition_id: int
    on: date
    edition: int = 1
    taken_back_on: date | None = None
    reason: str = ""


class Figure(NamedTuple):
    """One printed number."""

    edition_id: int
    place: int
    place_name: str
    table: FigureTable
    value: str
    shown: Shown


def read_published(session: RowSession) -> list[Published]:
    """Every quarter that was published, the newest first."""
    rows = session.execute(
        select(
            *(FiguresEdition.id, FiguresEdition.quarter, FiguresEdition.edition),
            *(FiguresEdition.published_on, FiguresEdition.reason),
        ).order_by(FiguresEdition.quarter, FiguresEdition.edition)
    )
    found: dict[Quarter, Published] = {}
    for row in rows:
        quarter = Quarter.named(row.quarter)
        first = found.get(quarter)
        if first is None:
            found[quarter] = Published(quarter, row.id, row.published_on)
        else:
            found[quarter] = Published(
                quarter, first.edition_id, first.on, row.edition, row.published_on, row.reason
            )
    return sorted(found.values(), key=lambda each: each.quarter, reverse=True)


def read_page(session: RowSession, *, edition_id: int, place: int) -> list[Figure]:
    """The figures of one place in one quarter, the totals of its places, and those of all time."""
    here = and_(PublishedFigure.edition_id == edition_id, PublishedFigure.place == place)
    places = and_(
        PublishedFigure.edition_id == edition_id, PublishedFigure.measure == FigureTable.FINISHED
    )
    course = and_(PublishedFigure.place == place, PublishedFigure.measure.in_(_TOTALS))
    return list(_figures(session, or_(here, places, course)))


def read_all(session: RowSession) -> list[Figure]:
    """Everything that was published, quarter by quarter and place by place."""
    return list(_figures(session, PublishedFigure.value != ""))


def total(figures: list[Figure], edition_id: int, place: int, table: FigureTable) -> Shown | None:
    """A single number, or nothing where none was printed."""
    return next(
        (
            each.shown
            for each in figures
            if each[:2] == (edition_id, place) and (each.table, each.value) == (table, ALL)
        ),
        None,
    )


def places_of(figures: list[Figure], edition_id: int) -> list[Figure]:
    """How many cases finished at each place of a quarter, for places that are named."""
    return [
        each
        for each in figures
        if each.edition_id == edition_id
        and each.place != WHOLE
        and each.table is FigureTable.FINISHED
    ]


def _figures(session: RowSession, which: object) -> Iterator[Figure]:
    """Printed numbers as they are read."""
    rows = session.execute(
        select(
            *(PublishedFigure.edition_id, PublishedFigure.place, PublishedFigure.place_name),
            *(PublishedFigure.measure, PublishedFigure.value),
            *(PublishedFigure.amount, PublishedFigure.sign),
        )
        .where(which)  # type: ignore[arg-type]
        .order_by(PublishedFigure.edition_id, PublishedFigure.place)
    )
    for row in rows:
        shown = row.sign if row.amount is None else row.amount
        yield Figure(row.edition_id, row.place, row.place_name, row.measure, row.value, shown)
