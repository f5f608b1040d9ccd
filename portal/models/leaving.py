"""Members who are excused for a time, their confirmation slips, and transfers between cells.

Why somebody is excused lies in no column: it is sealed to the staff, as a seal of the excusal.
No table knows where somebody went who left the area.
"""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, key, moment, stored_enum
from portal.vocabulary import ExcusalState, SlipState, TransferKind, TransferState

_UNSETTLED = text("state = 'granted' AND settled_on IS NULL")
_UNDER_WAY = text("state IN ('decided', 'on_the_way')")


class Excusal(Base):
    """A member is excused from Party life from a day to a day, as the level above decided."""

    __tablename__ = "excusal"
    __table_args__ = (
        Index("ix_excusal_organisation", "organisation_id", "state"),
        Index(
            "ix_excusal_unsettled",
            "ends_on",
            "id",
            sqlite_where=_UNSETTLED,
            postgresql_where=_UNSETTLED,
        ),
    )

    id: Mapped[key]
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), index=True)
    #: The home cell that proposed it.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[ExcusalState] = mapped_column(stored_enum(ExcusalState))
    valid_from: Mapped[day]
    valid_to: Mapped[day]
    #: The last day of it: ``valid_to``, or the day before an earlier return.
    ends_on: Mapped[day]
    proposed_at: Mapped[moment]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[moment | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    returned_on: Mapped[day | None]
    #: Since when there is nothing left to be reminded of.
    settled_on: Mapped[day | None]
    #: The counted day on which it was noted that the sealed reason goes, see ``retention/days.py``.
    reason_noted: Mapped[int | None]


class ConfirmationSlip(Base):
    """What the cell found out about the slip on a day; the newest one holds."""

    __tablename__ = "confirmation_slip"

    id: Mapped[key]
    excusal_id: Mapped[int] = mapped_column(ForeignKey("excusal.id"), index=True)
    state: Mapped[SlipState] = mapped_column(stored_enum(SlipState))
    on: Mapped[day]
    noted_at: Mapped[moment]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class Transfer(Base):
    """A member moves from one cell to another, for good or for a time."""

    __tablename__ = "transfer"
    __table_args__ = (
        Index("ix_transfer_from", "from_id", "state"),
        Index("ix_transfer_to", "to_id", "state"),
        Index(
            "ix_transfer_under_way",
            "due_on",
            "id",
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
    )

    id: Mapped[key]
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), index=True)
    kind: Mapped[TransferKind] = mapped_column(stored_enum(TransferKind))
    state: Mapped[TransferState] = mapped_column(stored_enum(TransferState))
    from_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    #: The new cell; empty for somebody who leaves the area of the register.
    to_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    decided_on: Mapped[day]
    letter_on: Mapped[day | None]
    #: Until when a temporary transfer lasts.
    until: Mapped[day | None]
    #: How many working days the running stage was given, and its last day by them.
    working_days: Mapped[int]
    due_on: Mapped[day]
    #: When the new cell took the member in, when the area was left, or when it ended otherwise.
    ended_on: Mapped[day | None]
    recorded_at: Mapped[moment]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
