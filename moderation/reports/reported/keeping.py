"""Entering, correcting and striking out what others have reported. Only registrars do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.journal import write_down
from moderation.office import Office
from moderation.reports.columns import Column
from moderation.reports.reported.reading import NoSuchFigure, organisations_of, read_one
from moderation.reports.tables import MEMBERS, REPORTED_RATIOS
from portal.db import queue_for
from portal.models import ReportedFigure
from portal.text import one_line
from portal.vocabulary import Deed, MemberColumn, Role

#: No figure of a province is larger.
MOST = 9_999_999


class CannotReport(Exception):
    """A figure contradicts another one of its source: ``part`` would be more than ``whole``."""

    def __init__(self, part: Column, whole: Column) -> None:
        """Keep which."""
        super().__init__(part, whole)
        self.part, self.whole = part, whole


@dataclass(frozen=True)
class ReportedFacts:
    """What a source tells: of whom, of which days, and the figures; those it does not tell are not
    among them.
    """

    organisation_id: int
    since: date
    until: date
    figures: Mapping[MemberColumn, int]
    source: str
    note: str = ""


def report(session: Session, *, office: Office, by: Person, facts: ReportedFacts) -> ReportedFigure:
    """Enter what a source tells. Raises CannotReport, and NoSuchFigure for what is of others."""
    row = _row(session, office, by, facts)
    session.add(row)
    session.flush()
    _write(session, office, by, row, Deed.FIGURE_REPORTED)
    return row


def correct(
    session: Session, *, office: Office, by: Person, number: int, facts: ReportedFacts
) -> ReportedFigure:
    """Enter what a source really tells, in place of what was entered before; that stays as a row.

    Raises NoSuchFigure, also when somebody has corrected it meanwhile, and CannotReport.
    """
    row = _row(session, office, by, facts)
    return _replace(session, office, by, number, row, Deed.FIGURE_CORRECTED)


def strike(session: Session, *, office: Office, by: Person, number: int) -> None:
    """Show no more what was entered by mistake. Raises NoSuchFigure."""
    old = read_one(session, by=by, number=number, role=Role.REGISTRAR)
    row = ReportedFigure(
        organisation_id=old.organisation_id,
        period_from=old.period_from,
        period_to=old.period_to,
        figures=old.figures,
        source=old.source,
        note=old.note,
        entered_by_id=by.account_id,
        entered_on=office.today,
        struck=True,
    )
    _replace(session, office, by, number, row, Deed.FIGURE_STRUCK)


def _replace(
    session: Session, office: Office, by: Person, number: int, row: ReportedFigure, deed: Deed
) -> ReportedFigure:
    """Put a row in the place of another one, once."""
    queue_for(session, b"reported_figure")
    old = read_one(session, by=by, number=number, role=Role.REGISTRAR)
    row.version, row.replaces_id = old.version + 1, old.id
    session.add(row)
    session.flush()
    _write(session, office, by, row, deed)
    return row


def _row(session: Session, office: Office, by: Person, facts: ReportedFacts) -> ReportedFigure:
    """What a source tells as a row, once it is sound."""
    there = organisations_of(session, by=by, role=Role.REGISTRAR)
    if facts.organisation_id not in {each.id for each in there}:
        raise NoSuchFigure
    for part, whole in REPORTED_RATIOS:
        told = {str(name): value for name, value in facts.figures.items()}
        if part in told and whole in told and told[part] > told[whole]:
            raise CannotReport(MEMBERS.column(part), MEMBERS.column(whole))
    return ReportedFigure(
        organisation_id=facts.organisation_id,
        period_from=facts.since,
        period_to=facts.until,
        figures={str(name): value for name, value in facts.figures.items()},
        source=one_line(facts.source),
        note=one_line(facts.note),
        entered_by_id=by.account_id,
        entered_on=office.today,
    )


def _write(session: Session, office: Office, by: Person, row: ReportedFigure, deed: Deed) -> None:
    """Write down what was done, at the organisation."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=by.account_id,
        organisation_id=row.organisation_id,
    )
