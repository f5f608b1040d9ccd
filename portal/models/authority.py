"""The authorities that are competent for what the portal does not handle, and where they are."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, key, line, moment, word


class Authority(Base):
    """One authority as residents read it. Administrators keep the facts; none is stated as law."""

    __tablename__ = "authority"

    id: Mapped[key]
    #: Where it stands among the others.
    place: Mapped[int]
    name: Mapped[line]
    address: Mapped[line] = mapped_column(default="")
    telephone: Mapped[word] = mapped_column(default="")
    hours: Mapped[line] = mapped_column(default="")
    note: Mapped[line] = mapped_column(default="")
    #: What it is named for, as values of ``Matter``.
    matters: Mapped[list[str]] = mapped_column(JSON, default=list)
    changed_at: Mapped[moment | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
