"""Staff accounts. The public process cannot read these tables."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, key, line, moment, stored_enum, word
from portal.vocabulary import Role


class Account(Base):
    """A person who works in the portal."""

    __tablename__ = "account"

    id: Mapped[key]
    login: Mapped[word] = mapped_column(unique=True)
    name: Mapped[line]
    password_hash: Mapped[str] = mapped_column(String(200))
    #: The member this person is; every account is tied to one or marked as none.
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[moment]
    language: Mapped[word | None]


class Grant(Base):
    """A role at an organisation, valid for everything below it."""

    __tablename__ = "role_grant"

    id: Mapped[key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(stored_enum(Role))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    valid_from: Mapped[day]
    valid_to: Mapped[day | None]


class Tie(Base):
    """A declared tie between an account and a member, without the kind of kinship."""

    __tablename__ = "tie"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    declared_at: Mapped[moment]


class StaffSession(Base):
    """A signed-in browser. Only the hash of its token is kept; ending the row ends it."""

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[moment]
    expires_at: Mapped[moment]
    ended_at: Mapped[moment | None]
