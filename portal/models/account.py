"""Staff accounts. The public process cannot read these tables."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, digest, key, line, moment, stored_enum, uid, word
from portal.text import fold, name_order
from portal.vocabulary import Role


def _folded(context: DefaultExecutionContext) -> str:
    """The name of a new account as it is searched."""
    return fold(context.get_current_parameters()["name"])


def _placed(context: DefaultExecutionContext) -> str:
    """Where the name stands among others."""
    return name_order(context.get_current_parameters()["name"])


class Account(Base):
    """A person who works in the portal."""

    __tablename__ = "account"
    __table_args__ = (Index("ix_account_placed", "placed", "id"),)

    id: Mapped[key]
    login: Mapped[word] = mapped_column(unique=True)
    name: Mapped[line]
    #: The name folded for searching, and where it stands among others, by given name.
    folded: Mapped[line] = mapped_column(default=_folded)
    placed: Mapped[str] = mapped_column(Text, default=_placed)
    password_hash: Mapped[str] = mapped_column(String(200))
    #: The member this person is; every account is tied to one or marked as none.
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    #: The organisation whose administrators look after the account.
    home_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    #: Whether it lets anybody in: not before the invitation is accepted, not after the end.
    active: Mapped[bool] = mapped_column(default=True)
    ended_at: Mapped[moment | None]
    created_at: Mapped[moment]
    language: Mapped[word | None]
    #: Where the owner is reached at work, and when they said that it is theirs.
    mail: Mapped[line | None]
    mail_confirmed_at: Mapped[moment | None]


class Grant(Base):
    """A role at an organisation, valid for everything below it.

    Nobody grants to themselves, and whoever confirms is a third person.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("granted_by_id <> account_id", name="not_to_oneself"),
        CheckConstraint(
            "confirmed_by_id <> account_id AND confirmed_by_id <> granted_by_id",
            name="by_a_second_person",
        ),
    )

    id: Mapped[key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(stored_enum(Role))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    valid_from: Mapped[day]
    valid_to: Mapped[day | None]
    #: When somebody took it away, and who; it then held until the day before.
    ended_at: Mapped[moment | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Tie(Base):
    """A declared tie between an account and a member, without the kind of kinship."""

    __tablename__ = "tie"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    declared_at: Mapped[moment]
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class StaffSession(Base):
    """A signed-in browser. Only the hash of its token is kept; ending the row ends it."""

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    #: The name of the row on pages: its owner and an administrator can end it by this.
    uid: Mapped[uid]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[moment]
    expires_at: Mapped[moment]
    ended_at: Mapped[moment | None]
    #: When its person last proved who they are, by password or second factor.
    proven_at: Mapped[moment]
    #: What a passkey must sign next; another one after every try.
    challenge: Mapped[digest]
    #: The sort of browser and device, never an address or a version.
    device: Mapped[word]
    #: The last day on which something was done with it.
    seen_on: Mapped[day]
