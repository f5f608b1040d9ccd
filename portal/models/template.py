"""The texts that staff begin with when they write to a resident."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, line, moment, stored_enum, word
from portal.vocabulary import Occasion


class ReplyTemplate(Base):
    """One text, in place of the usual one of this name or beside them all."""

    __tablename__ = "reply_template"

    name: Mapped[word] = mapped_column(primary_key=True)
    occasion: Mapped[Occasion] = mapped_column(stored_enum(Occasion))
    #: For which reason, finding or status; empty where it fits all of them.
    detail: Mapped[word] = mapped_column(default="")
    title: Mapped[line]
    text: Mapped[str] = mapped_column(Text)
    #: Whether it is offered.
    used: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[moment]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
