"""What a person of the staff proves beside their password, and where they stand in between.

The public process cannot read these tables.
"""

from __future__ import annotations

import enum

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, digest, key, line, moment, number, sealed, stored_enum, uid


class FactorKind(enum.StrEnum):
    """The two kinds of second factor."""

    APP = "app"
    PASSKEY = "passkey"


class SecondFactor(Base):
    """An app that makes one-time codes, or a passkey.

    It is written when it has proven itself once. The secret of an app opens only with a key of
    the staff and is bound to ``uid``; of a passkey only the public half is here.
    """

    __tablename__ = "second_factor"

    id: Mapped[key]
    uid: Mapped[uid]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[FactorKind] = mapped_column(stored_enum(FactorKind))
    name: Mapped[line]
    created_at: Mapped[moment]
    last_used_at: Mapped[moment | None]
    secret: Mapped[sealed | None]
    #: The time step of the last code that was taken: no code of it or before is taken again.
    last_step: Mapped[number | None]
    credential_id: Mapped[bytes | None] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary())
    sign_count: Mapped[number | None]


class RecoveryCode(Base):
    """One of the codes for whoever has lost their factors. Only a keyed hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    code_hash: Mapped[digest] = mapped_column(unique=True)
    used_at: Mapped[moment | None]


class HalfSignIn(Base):
    """A browser that has given the right password and nothing more yet. It opens no page."""

    __tablename__ = "half_sign_in"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    challenge: Mapped[digest]
    created_at: Mapped[moment]
    expires_at: Mapped[moment]
    #: How many wrong second factors were given; after a few the password is asked for again.
    tries: Mapped[int] = mapped_column(default=0)
    completed_at: Mapped[moment | None]
    ended_at: Mapped[moment | None]
