"""Screening reviews: what each cell records of its members in a period, and who confirmed it.

A value that nobody recorded is empty, never zero and never false.
"""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, key, line, moment, sealed, stored_enum, uid
from portal.vocabulary import AnswerState, PartState, ReviewOutcome, ReviewState


class ScreeningReview(Base):
    """One review: on which basis, of which period, opened by which organisation."""

    __tablename__ = "screening_review"

    id: Mapped[key]
    title: Mapped[line]
    basis_id: Mapped[int] = mapped_column(ForeignKey("legal_basis.id"))
    #: Which organisation holds it; the cells are those of ``ReviewPart``.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    period_from: Mapped[day]
    period_to: Mapped[day]
    state: Mapped[ReviewState] = mapped_column(stored_enum(ReviewState))
    made_at: Mapped[moment]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[moment | None]
    closed_at: Mapped[moment | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ReviewPart(Base):
    """What one cell does in a review. Its sealed texts lie under a key of its own."""

    __tablename__ = "review_part"
    __table_args__ = (UniqueConstraint("review_id", "organisation_id"),)

    id: Mapped[key]
    uid: Mapped[uid]
    review_id: Mapped[int] = mapped_column(ForeignKey("screening_review.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[PartState] = mapped_column(stored_enum(PartState))
    signed_at: Mapped[moment | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[moment | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: Why the level above sent it back, the last time; sealed, because it may name people.
    sent_back: Mapped[sealed | None]
    sent_back_at: Mapped[moment | None]
    sent_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ReviewMember(Base):
    """Whose result a cell is to record: written when the review opens, and never taken off.

    What the register tells later moves nobody in or out.
    """

    __tablename__ = "review_member"

    part_id: Mapped[int] = mapped_column(ForeignKey("review_part.id"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("member.id"), primary_key=True, index=True
    )


class ReviewResult(Base):
    """What was recorded of one member. A part that is signed has one for each of its members."""

    __tablename__ = "review_result"
    __table_args__ = (
        UniqueConstraint("part_id", "member_id"),
        Index("ix_review_result_outcome", "outcome"),
    )

    id: Mapped[key]
    uid: Mapped[uid]
    part_id: Mapped[int] = mapped_column(ForeignKey("review_part.id"))
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), index=True)
    reviewed: Mapped[bool | None]
    #: The four groups; empty where nobody said whether the member is in one.
    group_duty_unfulfilled: Mapped[bool | None]
    group_transfer_unfiled: Mapped[bool | None]
    group_violation: Mapped[bool | None]
    group_not_exemplary: Mapped[bool | None]
    outcome: Mapped[ReviewOutcome | None] = mapped_column(stored_enum(ReviewOutcome))
    #: Number, sign and day of a decision taken in the Party's own process.
    reference: Mapped[line | None]
    decided_on: Mapped[day | None]
    #: Until when another member helps, with whatever outcome, and which.
    mentoring_until: Mapped[day | None]
    mentor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    answer_state: Mapped[AnswerState | None] = mapped_column(stored_enum(AnswerState))
    asked_on: Mapped[day | None]
    asked_again_on: Mapped[day | None]
    answered_on: Mapped[day | None]
    #: The member's answer and the note of whoever recorded it, sealed.
    texts: Mapped[sealed | None]
    recorded_at: Mapped[moment]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ReviewCorrection(Base):
    """A confirmed result that the level above changed: rows are only ever inserted."""

    __tablename__ = "review_correction"

    id: Mapped[key]
    uid: Mapped[uid]
    result_id: Mapped[int] = mapped_column(ForeignKey("review_result.id"), index=True)
    at: Mapped[moment]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    #: What stood before, and why it was changed, sealed.
    body: Mapped[sealed]
