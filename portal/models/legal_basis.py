"""What staff keep of the law, with dates."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, key, line, moment, word


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
