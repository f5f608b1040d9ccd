"""Who wrote, sealed apart from what was written, and the people whose keys must meet to open it.

Nothing here opens with a key of the portal alone: the secret of a box is divided among custodians,
and the private half of a custodian's key is locked by a passphrase that is stored nowhere.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Identifier, digest, key, moment, number, sealed, stored_enum, uid
from portal.vocabulary import IdentityOutcome

_HELD = text("retired_at IS NULL")


class Custodian(Base):
    """One person's key. Its private half is locked by their passphrase, and gone once retired."""

    __tablename__ = "custodian"
    __table_args__ = (
        Index(
            "ix_custodian_held",
            "account_id",
            unique=True,
            sqlite_where=_HELD,
            postgresql_where=_HELD,
        ),
    )

    id: Mapped[key]
    uid: Mapped[uid]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    public: Mapped[digest]
    #: By what the passphrase becomes the key of the lock, and how much work that takes.
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    rounds: Mapped[int]
    memory_kib: Mapped[int]
    locked: Mapped[sealed | None]
    #: A keyed hash by the staff over whose key it is: a row that was put in from outside has none.
    proof: Mapped[digest]
    made_at: Mapped[moment]
    #: From when on new identities are sealed to it.
    admitted_at: Mapped[moment | None]
    retired_at: Mapped[moment | None]


class CustodianRoster(Base):
    """Whose keys identities are sealed to, signed by the worker. Rows are only ever inserted."""

    __tablename__ = "custodian_roster"

    id: Mapped[int] = mapped_column(Identifier, primary_key=True, autoincrement=False)
    at: Mapped[moment]
    body: Mapped[str] = mapped_column(Text)
    key_version: Mapped[int]
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))


class Identity(Base):
    """Name, telephone and address of who wrote one submission, in one box."""

    __tablename__ = "identity"
    __table_args__ = (Index("ix_identity_roster_id", "roster_id", "submission_id"),)

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id"), primary_key=True, autoincrement=False
    )
    roster_id: Mapped[int] = mapped_column(ForeignKey("custodian_roster.id"))
    box: Mapped[sealed]
    #: Tells the holder of the code, and nobody else, whether the same was sent before.
    proof: Mapped[digest]


class IdentityShare(Base):
    """One custodian's part of the secret of one box: alone it says nothing."""

    __tablename__ = "identity_share"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("identity.submission_id"), primary_key=True, autoincrement=False
    )
    custodian_id: Mapped[int] = mapped_column(
        ForeignKey("custodian.id"), primary_key=True, autoincrement=False, index=True
    )
    #: Where on the line of the division it lies: 1, 2, 3 …
    place: Mapped[int]
    box: Mapped[sealed]


class NoticeAddress(Base):
    """Where a resident wants to be told that there is news; only the worker opens it."""

    __tablename__ = "notice_address"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id"), primary_key=True, autoincrement=False
    )
    key_version: Mapped[int]
    box: Mapped[sealed]
    proof: Mapped[digest]
    #: The newest step of which nothing was said yet, and when the next mail is due: both or none.
    news_at: Mapped[moment | None]
    next_at: Mapped[moment | None] = mapped_column(index=True)
    #: The last mail, and how often the server has refused the recipient since.
    told_at: Mapped[moment | None]
    tries: Mapped[int] = mapped_column(server_default="0")
    #: When the address was given up.
    refused_at: Mapped[moment | None]


class IdentityRequest(Base):
    """Somebody asks that one reader may see one identity. The reason lies under the case's key."""

    __tablename__ = "identity_request"
    __table_args__ = (
        Index("ix_identity_request_open", "outcome", "expires_at", "id"),
        Index("ix_identity_request_submission", "submission_id", "id"),
    )

    id: Mapped[key]
    uid: Mapped[uid]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[sealed]
    asked_at: Mapped[moment]
    #: When it ends by itself: sooner once a first custodian has agreed.
    expires_at: Mapped[moment]
    outcome: Mapped[IdentityOutcome | None] = mapped_column(stored_enum(IdentityOutcome))
    ended_at: Mapped[moment | None]


class IdentityApproval(Base):
    """What one custodian answered to one request."""

    __tablename__ = "identity_approval"
    __table_args__ = (UniqueConstraint("request_id", "account_id"),)

    id: Mapped[key]
    request_id: Mapped[int] = mapped_column(ForeignKey("identity_request.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    custodian_id: Mapped[int] = mapped_column(ForeignKey("custodian.id"))
    at: Mapped[moment]
    agreed: Mapped[bool]


class IdentityOpening(Base):
    """That an identity was opened for the reader of a request, and until when."""

    __tablename__ = "identity_opening"

    request_id: Mapped[int] = mapped_column(
        ForeignKey("identity_request.id"), primary_key=True, autoincrement=False
    )
    at: Mapped[moment]
    until: Mapped[moment]
    #: When the worker destroyed what had been opened.
    gone_at: Mapped[moment | None]


class CustodianSitting(Base):
    """Two custodians changed who they are; the worker divides every secret anew.

    Until that is done, both of their keys lie here, sealed to what only the worker holds.
    """

    __tablename__ = "custodian_sitting"
    __table_args__ = (CheckConstraint("first_id <> second_id", name="of_two"),)

    id: Mapped[key]
    at: Mapped[moment]
    first_id: Mapped[int] = mapped_column(ForeignKey("custodian.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("custodian.id"))
    key_version: Mapped[int]
    first_box: Mapped[sealed | None]
    second_box: Mapped[sealed | None]
    #: How many identities there were to divide, how many are done, and how many these two cannot.
    total: Mapped[number]
    done: Mapped[number] = mapped_column(default=0)
    lost: Mapped[number] = mapped_column(default=0)
    #: How far the worker has come, and whether it has begun again for what came meanwhile.
    reached: Mapped[number] = mapped_column(default=0)
    settled: Mapped[bool] = mapped_column(default=False)
    finished_at: Mapped[moment | None]
