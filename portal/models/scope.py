"""Where cases are filed and how many an organisation sees: what every list is made of."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, moment, stored_enum, word
from portal.models.case import Room
from portal.vocabulary import Kind, Status, Topic

#: What a list can be narrowed by, and the columns that then lead its index.
_FILTERS = (
    ("status", "status"),
    ("kind", "queue", "kind"),
    ("topic", "queue", "topic"),
    ("unit", "queue", "unit_id"),
)


class CaseScope(Base):
    """Where a case is filed: one row for each organisation from whose rooms it is seen.

    What a list is narrowed by stands beside it, so that a list is one range of one index, at a
    thousand cases as at a million.
    """

    __tablename__ = "case_scope"
    __table_args__ = (
        Index("ix_case_scope_list", "room", "organisation_id", "queue", "due_at", "case_id"),
        *(
            Index(f"ix_case_scope_{name}", "room", "organisation_id", *by, "due_at", "case_id")
            for name, *by in _FILTERS
        ),
        Index("ix_case_scope_case", "case_id"),
    )

    room: Mapped[Room] = mapped_column(stored_enum(Room), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    queue: Mapped[word]
    status: Mapped[Status] = mapped_column(stored_enum(Status))
    kind: Mapped[Kind | None] = mapped_column(stored_enum(Kind))
    topic: Mapped[Topic | None] = mapped_column(stored_enum(Topic))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    due_at: Mapped[moment]


class Counter(Base):
    """How many cases an organisation sees from a room, by status."""

    __tablename__ = "counter"

    room: Mapped[Room] = mapped_column(stored_enum(Room), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    status: Mapped[Status] = mapped_column(stored_enum(Status), primary_key=True)
    amount: Mapped[int]
