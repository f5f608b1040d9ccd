"""What a resident sent: sealed words, seals, and the acts done later with the code."""

from __future__ import annotations

import enum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Identifier, digest, key, moment, number, sealed, stored_enum, uid, word
from portal.vocabulary import (
    ActKind,
    Channel,
    Context,
    HowKnown,
    Kind,
    PostLevel,
    Rating,
    SubmissionState,
    Suspicion,
)

_YEAR = 10_000_000


class SealTarget(enum.StrEnum):
    """Which key a seal holds."""

    SUBMISSION = "submission"
    CASE_PUBLIC = "case_public"
    CASE_INTERNAL = "case_internal"
    #: Not keys, but what lies sealed to the staff for hours only: the first of two shares, and an
    #: identity that was opened. Both belong to a request.
    IDENTITY_APPROVAL = "identity_approval"
    IDENTITY_OPENING = "identity_opening"
    #: Nor this: why a member is excused for a time.
    EXCUSAL = "excusal"
    #: Of the texts of one cell in a screening review.
    REVIEW_PART = "review_part"


class SealHolder(enum.StrEnum):
    """Who can open a seal."""

    STAFF = "staff"
    CODE = "code"
    SUBMISSION = "submission"


class Sequence(Base):
    """Numbers handed out one by one, without a gap inside a transaction."""

    __tablename__ = "sequence"

    name: Mapped[word] = mapped_column(primary_key=True)
    value: Mapped[number]


class Submission(Base):
    """One submission. Its id is its reference number: year and number within the year."""

    __tablename__ = "submission"
    __table_args__ = (
        Index(
            "ix_submission_part_of_id",
            "part_of_id",
            sqlite_where=text("part_of_id IS NOT NULL"),
            postgresql_where=text("part_of_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identifier, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), index=True)
    #: Found by this, never by the code.
    lookup: Mapped[digest] = mapped_column(unique=True)
    received_at: Mapped[moment]
    channel: Mapped[Channel] = mapped_column(stored_enum(Channel))
    kind: Mapped[Kind | None] = mapped_column(stored_enum(Kind))
    context: Mapped[Context | None] = mapped_column(stored_enum(Context))
    how_known: Mapped[HowKnown | None] = mapped_column(stored_enum(HowKnown))
    post_level: Mapped[PostLevel | None] = mapped_column(stored_enum(PostLevel))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    fears_retaliation: Mapped[bool] = mapped_column(default=False)
    #: Why the door looks twice; emptied once the text turns out to be like no other.
    suspicion: Mapped[Suspicion | None] = mapped_column(stored_enum(Suspicion))
    #: Who of the staff typed it, where it came by telephone, in person or on paper.
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    state: Mapped[SubmissionState | None] = mapped_column(stored_enum(SubmissionState))
    rating: Mapped[Rating | None] = mapped_column(stored_enum(Rating))
    #: When it first went into another case than the one it began; ``Stay`` says where it was.
    moved_at: Mapped[moment | None]
    #: The letter that it is one matter of, and when a letter was parted into two matters: the code
    #: of the whole letter opens both.
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    divided_at: Mapped[moment | None]
    #: The words, as one JSON text under the submission key.
    words: Mapped[sealed]

    @property
    def reference(self) -> str:
        """The number people quote, such as PA-2026-004217. It is not a secret."""
        return reference_of(self.id)


def reference_of(submission_id: int) -> str:
    """The reference number of a submission or of the case that began with it."""
    return f"PA-{submission_id // _YEAR}-{submission_id % _YEAR:06d}"


def identity_of(year: int, sequence: int) -> int:
    """The id of the submission with this number within the year."""
    return year * _YEAR + sequence


#: Of the case in which a submission began everything is read.
FIRST_STAY = 0


class Stay(Base):
    """A case in which a submission that was moved has been, and from which of its events on."""

    __tablename__ = "stay"
    __table_args__ = (Index("ix_stay_case_id", "case_id"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    #: Its writer reads what came after this event.
    after_id: Mapped[number]


class Seal(Base):
    """A key, sealed for one holder. Merging adds rows, erasing deletes, rotation rewrites."""

    __tablename__ = "seal"
    __table_args__ = (UniqueConstraint("target", "target_id", "holder", "holder_id"),)

    id: Mapped[key]
    target: Mapped[SealTarget] = mapped_column(stored_enum(SealTarget))
    target_id: Mapped[number]
    holder: Mapped[SealHolder] = mapped_column(stored_enum(SealHolder))
    #: The submission whose key opens it, for holder "submission"; zero otherwise.
    holder_id: Mapped[number] = mapped_column(default=0)
    key_version: Mapped[int]
    box: Mapped[sealed]


class ResidentAct(Base):
    """Something a resident did with the code; the worker carries it out."""

    __tablename__ = "resident_act"
    __table_args__ = (Index("ix_resident_act_done_at", "done_at", "id"),)

    id: Mapped[key]
    uid: Mapped[uid]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    kind: Mapped[ActKind] = mapped_column(stored_enum(ActKind))
    rating: Mapped[Rating | None] = mapped_column(stored_enum(Rating))
    #: What was written with it, under the submission key.
    body: Mapped[sealed | None]
    at: Mapped[moment]
    done_at: Mapped[moment | None]
    #: Why the worker could not carry it out, as a code; empty when it could.
    refused: Mapped[word | None]
