"""One deed for many cases: ordered by somebody, begun some minutes later, case by case."""

from __future__ import annotations

import enum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, key, moment, sealed, stored_enum

_WAITS = text("done_at IS NULL")


class BulkDeed(enum.StrEnum):
    """What is done to each of the cases."""

    CLAIM = "claim"
    RELEASE = "release"
    DECLINE = "decline"
    MERGE = "merge"


class LeftOut(enum.StrEnum):
    """Why a case is left as it is."""

    #: It is not on the desk of whoever ordered it, or there is no such case: nobody is told which.
    GONE = "gone"
    PAST = "past"
    HELD = "held"
    MINE = "mine"
    NOT_MINE = "not_mine"
    PROPOSED = "proposed"
    PART = "part"
    PRAISE = "praise"
    ORDERED = "ordered"
    CHANGED = "changed"
    NAMES = "names"
    ITSELF = "itself"
    #: The case in which it was to go on takes in no other.
    TARGET = "target"
    OTHER_PERSON = "other_person"
    OTHER_KIND = "other_kind"
    OTHER_WAY = "other_way"
    HIDES = "hides"
    SHUT = "shut"
    #: Something went wrong that nobody has foreseen; the log says what.
    FAILED = "failed"
    CANCELLED = "cancelled"


class BulkOrder(Base):
    """What somebody ordered for many cases. Until ``due_at`` nothing of it happens."""

    __tablename__ = "bulk_order"
    __table_args__ = (
        Index("ix_bulk_order_account_id", "account_id", "id"),
        Index("ix_bulk_order_into_id", "into_id"),
    )

    id: Mapped[key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    deed: Mapped[BulkDeed] = mapped_column(stored_enum(BulkDeed))
    ordered_at: Mapped[moment]
    due_at: Mapped[moment]
    cancelled_at: Mapped[moment | None]
    #: The case in which the others go on, where they are merged.
    into_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_case.id"))


class BulkItem(Base):
    """One case of an order, and what has become of it."""

    __tablename__ = "bulk_item"
    __table_args__ = (
        UniqueConstraint("order_id", "case_id"),
        Index("ix_bulk_item_case_id", "case_id"),
        Index("ix_bulk_item_waiting", "id", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    id: Mapped[key]
    order_id: Mapped[int] = mapped_column(ForeignKey("bulk_order.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"))
    #: The version that the case had: what was changed since is not decided on by it.
    version: Mapped[int]
    #: Why it is declined and what its writer reads, under the internal key of the case, until it
    #: is done.
    words: Mapped[sealed | None]
    done_at: Mapped[moment | None]
    skipped: Mapped[LeftOut | None] = mapped_column(stored_enum(LeftOut))
