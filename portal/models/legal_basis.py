"""What staff keep of the law, with dates, and the numbers that residents are to call at once."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, key, line, moment, stored_enum, word
from portal.vocabulary import Emergency


class LegalBasis(Base):
    """One document on which something rests, from a day to a day. Never stated in the program.

    Nobody has compared it with the document until ``verified_on``: residents do not see it before.
    """

    __tablename__ = "legal_basis"

    id: Mapped[key]
    #: Number and sign, as it is quoted.
    code: Mapped[word]
    title: Mapped[line]
    effective_from: Mapped[day]
    #: The last day on which it holds; empty while it does.
    effective_to: Mapped[day | None]
    #: Where its text stands.
    url: Mapped[line] = mapped_column(default="")
    #: Where it is printed, as values of ``BasisUse``.
    uses: Mapped[list[str]] = mapped_column(JSON, default=list)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    verified_on: Mapped[day | None]
    changed_at: Mapped[moment]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class EmergencyNumber(Base):
    """The telephone number for one kind of emergency."""

    __tablename__ = "emergency_number"

    purpose: Mapped[Emergency] = mapped_column(stored_enum(Emergency), primary_key=True)
    telephone: Mapped[word]
    #: Empty for what the program itself put in, which nobody has checked.
    changed_at: Mapped[moment | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
