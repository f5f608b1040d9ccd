"""What staff did. No content, and nothing about residents, is ever written here."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, UTCDateTime, digest, key, moment, number, stored_enum, uid
from portal.models.administration import RequestKind
from portal.vocabulary import Deed, Role


class JournalEntry(Base):
    """One deed of one person, bound to all before it. Rows are inserted, and the oldest trimmed."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        Index("ix_journal_entry_account", "account_id", "id"),
        Index("ix_journal_entry_subject", "subject_id", "id"),
        Index("ix_journal_entry_case", "case_id", "account_id", "deed", "id"),
        Index("ix_journal_entry_deed", "deed", "id"),
        Index("ix_journal_entry_member", "member_id", "id"),
        Index("ix_journal_entry_organisation", "organisation_id", "id"),
        Index("ix_journal_entry_at", "at", "id"),
    )

    id: Mapped[key]
    uid: Mapped[uid]
    at: Mapped[moment]
    deed: Mapped[Deed] = mapped_column(stored_enum(Deed))
    #: Who did it; empty for a command of the machine and for whoever was refused at the door.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: Whose account it was done about, the doer's own included.
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: A plain number: it stays when the case is deleted, because the chain binds it.
    case_id: Mapped[number | None]
    #: Which member of the register it was done about; plain as well.
    member_id: Mapped[uuid.UUID | None]
    #: Where it was done, so that an auditor reads what concerns their own places.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    #: Which role was given or taken, and which request was asked or decided.
    role: Mapped[Role | None] = mapped_column(stored_enum(Role))
    matter: Mapped[RequestKind | None] = mapped_column(stored_enum(RequestKind))
    #: A keyed hash over this row and the chain of the row before it.
    chain: Mapped[digest]


class JournalFloor(Base):
    """Where the journal begins since its oldest entries were trimmed. There is one row or none."""

    __tablename__ = "journal_floor"

    id: Mapped[key]
    #: The chain of the newest entry that went, from which the oldest that is left follows.
    chain: Mapped[digest]
    #: When that entry was written, and when it went.
    until: Mapped[moment]
    at: Mapped[moment]
    #: How many entries have gone in all.
    gone: Mapped[number]
    #: A keyed hash over all this: nobody else can say that what is missing was trimmed.
    bound: Mapped[digest]


class JournalNotice(Base):
    """What of the journal goes next. There is one row or none."""

    __tablename__ = "journal_notice"

    id: Mapped[key]
    #: The newest entry that was over when it was noted, and on which counted day that was.
    last_id: Mapped[number]
    day: Mapped[int]


class RefusedHour(Base):
    """How many sign-ins were refused in one hour, at all logins, whether anybody has them or not.

    The journal has one entry an hour for an account; how hard somebody knocked is only known here.
    """

    __tablename__ = "refused_hour"

    hour: Mapped[moment] = mapped_column(UTCDateTime(), primary_key=True)
    count: Mapped[int]
