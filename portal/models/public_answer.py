"""Answers that everybody may read: what their writers allowed, and what became of it.

What the public process reads leads from none of these rows to a case or a letter. An invitation
and what was said to it are found by a mark that only the holder of the code can make; a published
answer carries no number but a random one. Only ``AnswerRelease``, which the staff alone read,
knows which belongs to which.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Identifier, day, digest, key, number, sealed, stored_enum, uid
from portal.vocabulary import Publication, Topic


class AnswerInvitation(Base):
    """A writer may allow that the answer is told to everybody. No moment is kept: it would tell
    whose it is.
    """

    __tablename__ = "answer_invitation"
    __table_args__ = ({"sqlite_with_rowid": False},)

    #: Made from the submission's own key, so that nobody without the code finds it.
    mark: Mapped[digest] = mapped_column(primary_key=True)
    state: Mapped[Publication] = mapped_column(stored_enum(Publication))


class AnswerConsent(Base):
    """What the holder of the code said to an invitation; the newest word that is proven counts."""

    __tablename__ = "answer_consent"
    __table_args__ = (
        UniqueConstraint("mark", "turn"),
        Index(
            "ix_answer_consent_waiting",
            "id",
            sqlite_where=text("NOT done"),
            postgresql_where=text("NOT done"),
        ),
    )

    id: Mapped[key]
    uid: Mapped[uid]
    mark: Mapped[digest] = mapped_column(ForeignKey("answer_invitation.mark"))
    #: Counts what was said to it, so that nobody else can say an older word again.
    turn: Mapped[int]
    #: Yes or no, under the submission key and bound to the turn.
    body: Mapped[sealed]
    done: Mapped[bool] = mapped_column(default=False)


class AnswerRelease(Base):
    """What the staff know of it: whose answer it is, who wrote the text, and who confirmed it."""

    __tablename__ = "answer_release"
    __table_args__ = (
        Index(
            "ix_answer_release_publish_on",
            "publish_on",
            "case_id",
            sqlite_where=text("publish_on IS NOT NULL"),
            postgresql_where=text("publish_on IS NOT NULL"),
        ),
    )

    case_id: Mapped[int] = mapped_column(
        Identifier, ForeignKey("feedback_case.id"), primary_key=True, autoincrement=False
    )
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    mark: Mapped[digest] = mapped_column(ForeignKey("answer_invitation.mark"), unique=True)
    closed_on: Mapped[day]
    #: The last word of the writer that was followed.
    turn: Mapped[int] = mapped_column(default=0)
    #: Counts the texts, so that whoever confirms has read the one that is published.
    draft: Mapped[int] = mapped_column(default=0)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    writer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: The day on which it is to be published; empty before it is confirmed and once it was.
    publish_on: Mapped[day | None]
    #: What it is called among the published answers.
    published: Mapped[uid | None] = mapped_column(unique=True)


class PublishedAnswer(Base):
    """An answer that everybody may read. The quarter is the one in which its case was closed."""

    __tablename__ = "published_answer"
    __table_args__ = (
        Index("ix_published_answer_order", "quarter", "uid"),
        {"sqlite_with_rowid": False},
    )

    #: Random, so that the order of the rows tells nothing either.
    uid: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    topic: Mapped[Topic] = mapped_column(stored_enum(Topic))
    #: The year times ten and the number of the quarter: 20263.
    quarter: Mapped[number]
    words: Mapped[str] = mapped_column(Text())
