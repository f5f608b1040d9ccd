"""What pages show of reviews: lists of reviews, of cells, and of the members of one cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.appraising.judging import Lacking, groups_of, lacking
from moderation.appraising.listing import Listed, members_of, results_of
from moderation.appraising.recording import may_record
from moderation.appraising.standing import Work, holders, is_tied, parts_seen, reviews_seen
from moderation.office import Office
from moderation.register import exists_on, today_of
from portal.models import (
    Account,
    LegalBasis,
    Organisation,
    ReviewPart,
    ReviewResult,
    ScreeningReview,
)
from portal.text import place_key
from portal.vocabulary import PartState, ReviewState, ScreeningGroup


@dataclass(frozen=True)
class ReviewLine:
    """One review in a list: how many of its cells are how far, as far as the reader sees them."""

    review: ScreeningReview
    holder: str
    counts: dict[PartState, int]
    #: The only part that the reader sees, if it is the only one: it is opened at once.
    only: int | None


@dataclass(frozen=True)
class CellLine:
    """One cell of a review: how far it is, and of how many members something was recorded."""

    part: ReviewPart
    cell: str
    recorded: int
    signed_by: str | None
    confirmed_by: str | None


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


def list_reviews(session: Session, *, by: Person) -> list[ReviewLine]:
    """The reviews that somebody sees, the newest first, in two statements."""
    rows = session.execute(
        select(ScreeningReview, Organisation.name)
        .join(Organisation, Organisation.id == ScreeningReview.organisation_id)
        .where(ScreeningReview.id.in_(reviews_seen(by)))
        .order_by(ScreeningReview.id.desc())
    ).all()
    seen: dict[int, list[tuple[int, PartState]]] = {}
    held = set(holders(by))
    parts = session.execute(
        select(ReviewPart.id, ReviewPart.review_id, ReviewPart.state)
        .join(ScreeningReview)
        .where(ReviewPart.id.in_(parts_seen(by)) | ScreeningReview.organisation_id.in_(held))
    )
    for part_id, review_id, state in parts:
        seen.setdefault(review_id, []).append((part_id, state))
    return [_line(review, name, seen.get(review.id, [])) for review, name in rows]


def cells_in(session: Session, *, by: Person, review: ScreeningReview) -> list[CellLine]:
    """The cells of a review that somebody sees, in the order of lists, in two statements."""
    signer, confirmer = aliased(Account), aliased(Account)
    wanted = (
        select(ReviewPart, Organisation.name, signer.name, confirmer.name)
        .join(Organisation, Organisation.id == ReviewPart.organisation_id)
        .outerjoin(signer, signer.id == ReviewPart.signed_by_id)
        .outerjoin(confirmer, confirmer.id == ReviewPart.confirmed_by_id)
        .where(ReviewPart.review_id == review.id)
    )
    if review.organisation_id not in holders(by):
        wanted = wanted.where(ReviewPart.id.in_(parts_seen(by)))
    counted = session.execute(
        select(ReviewResult.part_id, func.count())
        .join(ReviewPart)
        .where(ReviewPart.review_id == review.id)
        .group_by(ReviewResult.part_id)
    )
    recorded: dict[int, int] = dict(iter(counted))
    lines = [
        CellLine(part, cell, recorded.get(part.id, 0), signed_by, confirmed_by)
        for part, cell, signed_by, confirmed_by in session.execute(wanted)
    ]
    return sorted(lines, key=lambda each: (place_key(each.cell), each.part.id))


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


def _line(review: ScreeningReview, holder: str, parts: list[tuple[int, PartState]]) -> ReviewLine:
    """One line of the list."""
    counts = {state: sum(each is state for _id, each in parts) for state in PartState}
    single = len(parts) == 1 and review.state is not ReviewState.DRAFT
    return ReviewLine(review, holder, counts, parts[0][0] if single else None)
