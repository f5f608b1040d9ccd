"""What is to be mailed to the staff: that there is a digest, or something urgent. Never what."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Identifier, day, moment

_WAITS = text("urgent_at IS NOT NULL")


class StaffMail(Base):
    """How far one account has been told. An account without a row was never told anything."""

    __tablename__ = "staff_mail"
    __table_args__ = (
        Index("ix_staff_mail_urgent", "urgent_at", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    account_id: Mapped[int] = mapped_column(
        Identifier, ForeignKey("account.id"), primary_key=True, autoincrement=False
    )
    #: The day of the newest digest.
    digest_on: Mapped[day | None]
    #: When something urgent came of which they were not told yet, and when they last were.
    urgent_at: Mapped[moment | None]
    urgent_told_at: Mapped[moment | None]
    #: Before then nothing is tried: somebody sends it now, or the server refused it.
    next_at: Mapped[moment | None]
    tries: Mapped[int] = mapped_column(default=0)
