"""What submissions have in common: by what each is found among others, and which may be one matter.

No word of a text can be read from these rows. A trait is a keyed hash, a sketch is sealed.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, moment, sealed


class Trait(Base):
    """Something by which a case is found among others: about whom, or a part of its text."""

    __tablename__ = "trait"
    __table_args__ = (Index("ix_trait_on", "on"), Index("ix_trait_case_id", "case_id"))

    value: Mapped[bytes] = mapped_column(LargeBinary(12), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    #: The day it was written; it is forgotten when the time of look-alikes is over.
    on: Mapped[day]


class Sketch(Base):
    """The least keyed hashes of the pieces of a text, sealed: how alike two texts are."""

    __tablename__ = "sketch"
    __table_args__ = (Index("ix_sketch_on", "on"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    body: Mapped[sealed]
    on: Mapped[day]


class LookAlike(Base):
    """A case that may be about the same matter as an earlier one, until somebody says it is not."""

    __tablename__ = "look_alike"
    __table_args__ = (Index("ix_look_alike_earlier_id", "earlier_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    earlier_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    #: How much of their texts is common, in hundredths.
    percent: Mapped[int]
    #: Whether both may be about one person; otherwise they came from one place.
    same_person: Mapped[bool]
    at: Mapped[moment]
    #: When a moderator said that they are two matters, and who.
    apart_at: Mapped[moment | None]
    apart_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
