"""What was published of finished cases: numbers that everybody may read, and nothing else."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, key, line, number, stored_enum, word
from portal.vocabulary import FigureSign, FigureTable


class FiguresEdition(Base):
    """One publication of the figures of one quarter. Rows are only ever inserted.

    The first edition of a quarter holds its figures. A later one takes them back, with a reason.
    """

    __tablename__ = "figures_edition"
    __table_args__ = (UniqueConstraint("quarter", "edition"),)

    id: Mapped[key]
    #: Such as 2026-3.
    quarter: Mapped[word]
    edition: Mapped[int]
    published_on: Mapped[day]
    #: Why an earlier edition was taken back; empty where figures were published.
    reason: Mapped[line] = mapped_column(default="")


class PublishedFigure(Base):
    """One printed number of one edition, or the sign in its place.

    Its place is the number of a commune or ward, or one of those in ``portal.figures.layout``.
    """

    __tablename__ = "published_figure"

    edition_id: Mapped[int] = mapped_column(ForeignKey("figures_edition.id"), primary_key=True)
    place: Mapped[number] = mapped_column(primary_key=True)
    measure: Mapped[FigureTable] = mapped_column(stored_enum(FigureTable), primary_key=True)
    value: Mapped[word] = mapped_column(primary_key=True)
    #: As it was called when it was published; empty for what is no commune or ward.
    place_name: Mapped[line]
    amount: Mapped[int | None]
    sign: Mapped[FigureSign | None] = mapped_column(stored_enum(FigureSign))


class FigureTally(Base):
    """What was counted of cases that are deleted before their quarter is published.

    It goes when the quarter is published. No other table tells these numbers, and they are not
    suppressed, so the public process cannot read them.
    """

    __tablename__ = "figure_tally"

    quarter: Mapped[word] = mapped_column(primary_key=True)
    place: Mapped[number] = mapped_column(primary_key=True)
    measure: Mapped[FigureTable] = mapped_column(stored_enum(FigureTable), primary_key=True)
    value: Mapped[word] = mapped_column(primary_key=True)
    amount: Mapped[int]
