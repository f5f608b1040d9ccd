"""The register of members: the few facts that routing and exclusion need, with dates.

Nothing is deleted. An entry that was wrong ends on the day before it begins and so holds on no day.
"""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, key, line, stored_enum, word
from portal.text import name_order
from portal.vocabulary import MembershipKind, MembershipStatus, PostTitle


def _placed(context: DefaultExecutionContext) -> str:
    """Where the name of a new member stands among others."""
    return name_order(context.get_current_parameters()["name"])


class Member(Base):
    """A Party member. The id is ours alone; no card number, no identity number."""

    __tablename__ = "member"
    __table_args__ = (
        Index("ix_member_given", "given"),
        Index("ix_member_folded", "folded"),
        Index("ix_member_placed", "placed", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    name: Mapped[line]
    #: The whole name and the given name (last word), folded for comparison.
    folded: Mapped[line]
    given: Mapped[word]
    #: Where the name stands among others, by given name.
    placed: Mapped[str] = mapped_column(Text, default=_placed)
    birth_year: Mapped[int]
    #: Set when a level above the ward manages this member.
    managed_by_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    #: Counts what is entered about the member, so that two people never overwrite each other.
    version: Mapped[int] = mapped_column(default=1)


class Membership(Base):
    """A member belongs to a cell, in one of three ways, from a day to a day."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_organisation", "organisation_id", "kind"),)

    id: Mapped[key]
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[MembershipKind] = mapped_column(stored_enum(MembershipKind))
    valid_from: Mapped[day]
    valid_to: Mapped[day | None]


class Standing(Base):
    """How a membership stands, from a day to a day."""

    __tablename__ = "standing"

    id: Mapped[key]
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), index=True)
    status: Mapped[MembershipStatus] = mapped_column(stored_enum(MembershipStatus))
    valid_from: Mapped[day]
    valid_to: Mapped[day | None]


class Post(Base):
    """A post that a member holds in an organisation, from a day to a day."""

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_organisation", "organisation_id"),)

    id: Mapped[key]
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    title: Mapped[PostTitle] = mapped_column(stored_enum(PostTitle))
    #: The post in the words people use, such as "Hiệu trưởng"; empty for the usual titles.
    words: Mapped[line | None]
    valid_from: Mapped[day]
    valid_to: Mapped[day | None]
    #: The day on which its end was entered. Until then the holder counted as sitting there, and to
    #: whom a case is hidden goes by that: an end that is dated back opens nothing.
    ended_on: Mapped[day | None]
