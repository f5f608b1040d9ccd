"""What pages show of one cell in a review: its members with what was recorded of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.appraising.judging import Lacking, groups_of, lacking
from moderation.appraising.listing import Listed, members_of, results_of
from moderation.appraising.recording import may_record
from moderation.appraising.standing import Work, is_tied
from moderation.office import Office
from moderation.register import exists_on, today_of
from portal.models import (
    LegalBasis,
    ReviewResult,
    ScreeningReview,
)
from portal.vocabulary import ScreeningGroup


@dataclass(frozen=True)
class MemberLine:
    """One member of a cell. A result that is hidden from the reader is not here at all."""

    member: Listed
    hidden: bool
    recordable: bool
    result: ReviewResult | None
    lacks: Lacking | None
    #: Whether something is lacking, which everybody who signs must know.
    is_open: bool

    @property
    def groups(self) -> tuple[ScreeningGroup, ...]:
        """The groups that the member was recorded in."""
        return groups_of(self.result) if self.result is not None else ()


def table_of(session: Session, *, office: Office, by: Person, work: Work) -> list[MemberLine]:
    """The members of a cell with their results, in a fixed number of statements.

    Of themselves and of whom they are tied to nobody reads a result, nor what became of them.
    """
    results = results_of(session, work=work)
    lines = []
    for member in members_of(session, work=work, today=office.today):
        hidden = is_tied(by, office=office, member_id=member.member_id)
        row = results.get(member.member_id)
        missing = lacking(row)
        lines.append(
            MemberLine(
                member=replace(member, left=None) if hidden else member,
                hidden=hidden,
                recordable=may_record(by, office=office, work=work, member=member),
                result=None if hidden else row,
                lacks=None if hidden else missing,
                is_open=missing is not None,
            )
        )
    return lines


def heirs_of(session: Session, *, work: Work, today: date) -> list[str] | None:
    """The names of what took over from a cell that has ended; nothing for one that exists."""
    if exists_on(work.cell, today):
        return None
    return [each.name for each in today_of(session, organisation_id=work.cell.id, on=today)]


def basis_of(session: Session, *, review: ScreeningReview) -> Row[str, str, date | None]:
    """Number, title and day of comparison of the document on which a review rests."""
    return session.execute(
        select(LegalBasis.code, LegalBasis.title, LegalBasis.verified_on).where(
            LegalBasis.id == review.basis_id
        )
    ).one()
