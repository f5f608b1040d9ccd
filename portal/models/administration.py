"""What administrators hand out, and what they ask of each other. No public process reads it."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, digest, key, line, moment, stored_enum
from portal.vocabulary import Role


class RequestKind(enum.StrEnum):
    """What needs a second administrator."""

    GRANT = "grant"
    RESET_FACTOR = "reset_factor"
    UNTIE = "untie"
    CHANGE_MEMBER = "change_member"


class Outcome(enum.StrEnum):
    """What became of a request; one that nobody answered in time simply ends."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Invitation(Base):
    """A link that lets one person take over one account. Only the hash of its token is kept."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("invited_by_id <> account_id", name="not_to_oneself"),)

    id: Mapped[key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[digest] = mapped_column(unique=True)
    #: Empty for the first administrator, whom the command line invites.
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    invited_at: Mapped[moment]
    expires_at: Mapped[moment]
    used_at: Mapped[moment | None]
    #: A newer link makes the older ones useless.
    revoked_at: Mapped[moment | None]


class AccountRequest(Base):
    """What one administrator asks a second one to confirm about a third person's account."""

    __tablename__ = "account_request"
    __table_args__ = (
        CheckConstraint("asked_by_id <> account_id", name="not_for_oneself"),
        CheckConstraint("decided_by_id <> account_id", name="not_by_its_owner"),
        CheckConstraint(
            "outcome <> 'confirmed' OR "
            "(decided_by_id IS NOT NULL AND decided_by_id <> asked_by_id)",
            name="by_a_second_person",
        ),
        Index("ix_account_request_open", "outcome", "expires_at", "id"),
    )

    id: Mapped[key]
    kind: Mapped[RequestKind] = mapped_column(stored_enum(RequestKind))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role | None] = mapped_column(stored_enum(Role))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[line]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[moment]
    expires_at: Mapped[moment]
    outcome: Mapped[Outcome | None] = mapped_column(stored_enum(Outcome))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[moment | None]
