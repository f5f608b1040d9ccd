"""Copies that wait: what texts have in common, groups of look-alikes, and who decides on them.

No source of a submission is kept here or anywhere else. What a text has in common with another
is kept as keyed hashes: without the staff key they tell nothing of its words.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, key, moment, number, sealed, stored_enum, word
from portal.vocabulary import Suspicion


class Likeness(Base):
    """A part of the signature of a text that reached the desk; two texts alike share most."""

    __tablename__ = "likeness"
    __table_args__ = (
        Index("ix_likeness_value", "value", "case_id"),
        Index("ix_likeness_on", "on"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    band: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary(16))
    #: The day it was written; a signature is forgotten some weeks later.
    on: Mapped[day]


class CopyGroup(Base):
    """The copies of one text at one desk. The first of them waits on the desk like any other."""

    __tablename__ = "copy_group"
    __table_args__ = (
        UniqueConstraint("first_id", "desk_id"),
        Index("ix_copy_group_told", "desk_id", "told_on"),
        Index("ix_copy_group_task", "task"),
    )

    id: Mapped[key]
    version: Mapped[int] = mapped_column(default=1)
    first_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"))
    desk_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    opened_at: Mapped[moment]
    #: The day on which the desk was told of a flood because of this group.
    told_on: Mapped[day | None]
    #: A reason and a note for all copies, under the internal key of the first; they wait for a
    #: second person.
    proposal: Mapped[sealed | None]
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[moment | None]
    #: What the worker carries out, for whom, and how far it has come: copies that came after
    #: ``through_id`` are not meant.
    task: Mapped[word | None]
    tasked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    through_id: Mapped[number | None]
    reached_id: Mapped[number | None]
    #: How many copies are meant.
    meant: Mapped[int | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class HeldCopy(Base):
    """One copy that was set aside, in which group, and why it was looked at at all."""

    __tablename__ = "held_copy"
    __table_args__ = (Index("ix_held_copy_group", "group_id", "case_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("copy_group.id"))
    why: Mapped[Suspicion] = mapped_column(stored_enum(Suspicion))
