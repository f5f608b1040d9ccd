"""What happened, what must be told, and the few facts of the installation."""

from __future__ import annotations

import enum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, digest, key, moment, sealed, stored_enum, uid, word
from portal.vocabulary import Status


class Actor(enum.StrEnum):
    """Who caused an event; residents read the level, never a name."""

    RESIDENT = "resident"
    MODERATOR = "moderator"
    COMMITTEE = "committee"
    CUSTODIAN = "custodian"
    CLOCK = "clock"
    WORKER = "worker"


class Event(Base):
    """One step of a case. Its commitment binds it before anyone reads it."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint(
            "case_id IS NOT NULL AND to_status IS NOT NULL OR action = 'purge'", name="of_a_case"
        ),
        Index("ix_event_case", "case_id", "id"),
        Index("ix_event_submission", "submission_id"),
    )

    id: Mapped[key]
    uid: Mapped[uid]
    #: Empty only for a purge, which takes many cases away and names none.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_case.id"))
    #: Set when it concerns one submission of the case only.
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    action: Mapped[word]
    from_status: Mapped[Status | None] = mapped_column(stored_enum(Status))
    to_status: Mapped[Status | None] = mapped_column(stored_enum(Status))
    actor: Mapped[Actor] = mapped_column(stored_enum(Actor))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[moment]
    #: Whether the resident sees it, and what may be read without a key (codes, dates).
    shown: Mapped[bool] = mapped_column(default=False)
    facts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    public_note: Mapped[sealed | None]
    internal_note: Mapped[sealed | None]
    commitment: Mapped[digest]
    #: The same for what only staff read.
    inside: Mapped[digest | None]


class Notice(Base):
    """The outbox: something somebody must be told, written in the same commit."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_sent_at", "sent_at", "id"),
        Index("ix_notice_case", "case_id"),
    )

    id: Mapped[key]
    kind: Mapped[word]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_case.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[moment]
    sent_at: Mapped[moment | None]


class Heartbeat(Base):
    """When a background process was last seen alive."""

    __tablename__ = "heartbeat"

    name: Mapped[word] = mapped_column(primary_key=True)
    at: Mapped[moment]


class Setting(Base):
    """A fact of this installation that staff may change."""

    __tablename__ = "setting"

    name: Mapped[word] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(Text)
