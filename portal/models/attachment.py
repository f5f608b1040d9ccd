"""A file that came with a comment, or that a committee keeps with what it did."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, digest, key, moment, number, sealed, stored_enum, uid
from portal.vocabulary import FileKind


class Attachment(Base):
    """What is known of a file; its bytes lie in the store, under its uid.

    A resident's belongs to the submission, which may move to another case; a committee's belongs
    to the case and stays inside.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("(submission_id IS NULL) <> (case_id IS NULL)", name="one_owner"),
    )

    id: Mapped[key]
    uid: Mapped[uid]
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_case.id"), index=True)
    #: For a committee's: with which of its deeds it belongs, and who put it there.
    follow_up_id: Mapped[int | None] = mapped_column(ForeignKey("follow_up.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[FileKind] = mapped_column(stored_enum(FileKind))
    #: How many bytes it has when it is opened.
    size: Mapped[number]
    at: Mapped[moment]
    #: A keyed hash of the file as it was sent: the same file is not kept twice.
    mark: Mapped[digest] = mapped_column(unique=True)
    #: The file's own key, under the submission key or the case's internal key.
    lock: Mapped[sealed]
    #: What its sender calls it, under the file's own key.
    name: Mapped[sealed]
    #: Which organisation may read it since when; another one that gets the case later may not.
    released_to: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    released_at: Mapped[moment | None]
