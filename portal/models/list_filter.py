"""By what somebody of the staff has narrowed a list, so that it is so again the next time."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Identifier, stored_enum, word
from portal.models.case import Room


class ListFilter(Base):
    """The answers above one list of one person; without a row it is whole."""

    __tablename__ = "list_filter"

    account_id: Mapped[int] = mapped_column(
        Identifier, ForeignKey("account.id"), primary_key=True, autoincrement=False
    )
    room: Mapped[Room] = mapped_column(stored_enum(Room), primary_key=True)
    name: Mapped[word] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
