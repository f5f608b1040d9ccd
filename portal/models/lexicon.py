"""Which words are masked as abuse, where administrators have set something else."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, moment, word


class AbuseWord(Base):
    """A form that is masked beside the built-in ones or, not ``masked``, one that never is."""

    __tablename__ = "abuse_word"

    form: Mapped[word] = mapped_column(primary_key=True)
    masked: Mapped[bool]
    changed_at: Mapped[moment]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
