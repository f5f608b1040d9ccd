"""The code on a slip that staff printed, and what it was exchanged for.

A code that a member of staff has seen or heard lies here and not beside the submission: it opens
nothing but its exchange for a new one.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Identifier, digest, moment, sealed


class Slip(Base):
    """A code that somebody of the staff knows. Its box goes when the code is exchanged."""

    __tablename__ = "slip"

    submission_id: Mapped[int] = mapped_column(
        Identifier, ForeignKey("submission.id"), primary_key=True, autoincrement=False
    )
    #: Found by this, never by the code.
    lookup: Mapped[digest] = mapped_column(unique=True)
    #: The submission key, as the seal for the code holds it.
    box: Mapped[sealed | None]
    key_version: Mapped[int]
    at: Mapped[moment]
    #: When it was handed to the writer: from then on it is not shown again.
    given_at: Mapped[moment | None]
    exchanged_at: Mapped[moment | None]


class CodeExchange(Base):
    """A new code in place of one on a slip, until the worker has put it where codes lie."""

    __tablename__ = "code_exchange"

    submission_id: Mapped[int] = mapped_column(
        Identifier, ForeignKey("submission.id"), primary_key=True, autoincrement=False
    )
    lookup: Mapped[digest] = mapped_column(unique=True)
    #: The submission key, as the seal for the new code will hold it.
    box: Mapped[sealed]
    key_version: Mapped[int]
    at: Mapped[moment]
    #: What only the holder of the old code can have made: it binds the new look-up id and box.
    proof: Mapped[sealed]
