"""How long is kept, what is about to go, what is held back, and how much has gone."""

from __future__ import annotations

import enum

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, key, moment, stored_enum, uid, word
from portal.vocabulary import RetentionRule


class Facet(enum.StrEnum):
    """By what it is counted that has gone. Each is counted alone: no two are ever crossed."""

    STATUS = "status"
    KIND = "kind"
    TOPIC = "topic"
    #: Submissions by the judgement of their writers.
    RATING = "rating"


class RetentionPeriod(Base):
    """A period that administrators have set; a rule without a row has the one of the program."""

    __tablename__ = "retention_period"

    rule: Mapped[RetentionRule] = mapped_column(stored_enum(RetentionRule), primary_key=True)
    amount: Mapped[int]
    changed_at: Mapped[moment]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Expiry(Base):
    """A finished case, under which rule it is kept, and since when. It follows from the case."""

    __tablename__ = "expiry"
    __table_args__ = (
        Index("ix_expiry_since", "rule", "since", "case_id"),
        Index(
            "ix_expiry_contact",
            "since",
            "case_id",
            sqlite_where=text("contact_announced IS NOT NULL"),
            postgresql_where=text("contact_announced IS NOT NULL"),
        ),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    rule: Mapped[RetentionRule] = mapped_column(stored_enum(RetentionRule))
    since: Mapped[moment]
    #: On which counted day it was first shown that it will be deleted; empty before.
    announced: Mapped[int | None]
    #: The same for who wrote, which goes before; empty again when it has gone.
    contact_announced: Mapped[int | None]


class RetentionHold(Base):
    """A finished case that must not be deleted yet. The event of the same uid says why, sealed."""

    __tablename__ = "retention_hold"
    __table_args__ = (
        Index(
            "ix_retention_hold_case",
            "case_id",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
    )

    id: Mapped[key]
    uid: Mapped[uid]
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), index=True)
    #: When somebody must look whether it is still needed; nothing ends by itself.
    review_on: Mapped[day]
    placed_at: Mapped[moment]
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    released_at: Mapped[moment | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Tombstone(Base):
    """How much has gone from the communes and wards, by the quarter in which it had arrived."""

    __tablename__ = "tombstone"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    #: Such as 2026-4.
    quarter: Mapped[word] = mapped_column(primary_key=True)
    facet: Mapped[Facet] = mapped_column(stored_enum(Facet), primary_key=True)
    #: Empty where the case had none.
    value: Mapped[word] = mapped_column(primary_key=True)
    amount: Mapped[int]


class PurgeMark(Base):
    """Something that was destroyed, as a keyed reference: what a restored backup must not keep.

    It leads to nothing without the search key, and its order says nothing. The worker brings it
    into the purge list, which lies outside the database.
    """

    __tablename__ = "purge_mark"
    __table_args__ = (
        Index(
            "ix_purge_mark_waiting",
            "mark",
            sqlite_where=text("listed IS false"),
            postgresql_where=text("listed IS false"),
        ),
    )

    mark: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    listed: Mapped[bool] = mapped_column(default=False)
