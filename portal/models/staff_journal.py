"""What staff did. No content, and nothing about residents, is ever written here."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, digest, key, moment, stored_enum, uid
from portal.vocabulary import Deed


class JournalEntry(Base):
    """One deed of one person. Rows are only ever inserted, each bound to all before it."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        Index("ix_journal_entry_account", "account_id", "id"),
        Index("ix_journal_entry_case", "case_id", "account_id", "deed", "id"),
        Index("ix_journal_entry_deed", "deed", "id"),
        Index("ix_journal_entry_organisation", "organisation_id", "id"),
        Index("ix_journal_entry_at", "at", "id"),
    )

    id: Mapped[key]
    uid: Mapped[uid]
    at: Mapped[moment]
    deed: Mapped[Deed] = mapped_column(stored_enum(Deed))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_case.id"))
    #: Where it was done, so that an auditor reads what concerns their own places.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    #: A keyed hash over this row and the chain of the row before it.
    chain: Mapped[digest]
