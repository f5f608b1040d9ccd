"""Figures that others have reported: from a paper, an article, or from before the portal."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, day, key, line


class ReportedFigure(Base):
    """What one source tells of one organisation in one period, as it was entered.

    Rows are only ever inserted: a correction is a row that replaces another one. What a source does
    not tell is not among the figures, and is no zero.
    """

    __tablename__ = "reported_figure"

    id: Mapped[key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    period_from: Mapped[day]
    period_to: Mapped[day]
    #: By values of ``MemberColumn``.
    figures: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    source: Mapped[line]
    note: Mapped[line] = mapped_column(default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entered_on: Mapped[day]
    #: How many times it was corrected, with this time; and the row that this one replaces.
    version: Mapped[int] = mapped_column(default=1)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("reported_figure.id"), unique=True)
    #: Entered by mistake: it is not shown any more.
    struck: Mapped[bool] = mapped_column(default=False)
