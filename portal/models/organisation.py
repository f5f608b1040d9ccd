"""Party organisations, effective-dated: names and parents change, history stays.

An organisation keeps its number as long as it exists, whatever it is called and wherever it stands:
cases, marks that hide them, roles and figures hold on to that number. Its row says how it is now;
how it was called and where it stood before, or will from a day on, are rows beside it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, key, line, stored_enum, word
from portal.text import place_order
from portal.vocabulary import OrganisationKind, UnitKind

#: A key made only to sort by, byte by byte whatever the language of the database.
_ORDER = Text().with_variant(Text(collation="C"), "postgresql")


def _placed(context: DefaultExecutionContext) -> str:
    """Where the name of a new organisation stands among others."""
    return place_order(context.get_current_parameters()["name"])


class Organisation(Base):
    """One organisation from its first to its last day, under its name and its parent of now."""

    __tablename__ = "organisation"
    __table_args__ = (Index("ix_organisation_path", "path"),)

    id: Mapped[key]
    kind: Mapped[OrganisationKind] = mapped_column(stored_enum(OrganisationKind))
    unit_kind: Mapped[UnitKind | None] = mapped_column(stored_enum(UnitKind))
    name: Mapped[line]
    short_name: Mapped[line]
    folded: Mapped[line]
    #: Where the name stands among others: numbers by size, letters in Vietnamese order.
    placed: Mapped[str] = mapped_column(_ORDER, default=_placed)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: The ids from the root down to this one, each followed by a dot: "1.12.340."
    path: Mapped[line]
    valid_from: Mapped[day]
    #: The last day on which it existed; empty while it does.
    valid_to: Mapped[day | None]
    #: Counts what is entered about it, so that two people never overwrite each other.
    version: Mapped[int] = mapped_column(default=1)


class OrganisationEra(Base):
    """Another name or parent that an organisation had, from a day to a day, or will have.

    What lies in the past has both days. A change that is to come has no last day; the worker makes
    it the row of the organisation in the night in which it begins.
    """

    __tablename__ = "organisation_era"

    id: Mapped[key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[line]
    short_name: Mapped[line]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    valid_from: Mapped[day]
    valid_to: Mapped[day | None] = mapped_column(index=True)


class Succession(Base):
    """Which organisation took over from one that ended."""

    __tablename__ = "succession"

    old_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)


class PlannedEnd(Base):
    """How everything was that is to end with an organisation, until the day on which it does.

    Whoever calls the end off gives it back. What ends by one deed has one ``deed``.
    """

    __tablename__ = "planned_end"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True, autoincrement=False
    )
    deed: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    #: Numbers, days and ids of members; no word of anybody.
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: The organisations that begin by the same deed.
    founded: Mapped[list[int]] = mapped_column(JSON)


class PlaceName(Base):
    """A name that people use for the area of an organisation, today's or an old one."""

    __tablename__ = "place_name"
    __table_args__ = (Index("ix_place_name_folded", "folded"),)

    id: Mapped[key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[line]
    folded: Mapped[line]
    #: The last day on which the area had this name; empty for a name in use.
    valid_to: Mapped[day | None]
    #: The stable part of a link that opens the form with this place chosen.
    slug: Mapped[word | None] = mapped_column(unique=True)
