"""Who may see a review and a cell's part of it, and as what: the cell, or a level above it.

A review is held by the committee of a ward, a commune or a higher level: it is that committee's to
decide that members are looked at, so the registrar, who keeps the list, opens none. A commission
and a section committee hold none either. Everybody else is answered like what does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from moderation.access import Person, member_mark
from moderation.office import Office
from moderation.register import below, exists_on, line
from portal.models import Organisation, ReviewPart, ScreeningReview, Succession
from portal.vocabulary import OrganisationKind, ReviewState, Role

_HOLDING = (OrganisationKind.CENTRAL, OrganisationKind.PROVINCE, OrganisationKind.WARD_COMMUNE)


class NoSuchReview(Exception):
    """There is none for this person; whether there is one at all is not told."""


@dataclass(frozen=True)
class Place:
    """What a person is to one cell: of its committee or its heir's, of one above it, or both."""

    at_cell: bool
    above: bool


@dataclass(frozen=True)
class Work:
    """One cell's part of a review as somebody may see it."""

    part: ReviewPart
    review: ScreeningReview
    cell: Organisation
    place: Place


def seats(by: Person) -> tuple[int, ...]:
    """The organisations on whose committee somebody acts; commissions review nobody."""
    return tuple(
        grant.organisation_id
        for grant in by.grants
        if grant.role is Role.COMMITTEE and grant.kind is not OrganisationKind.COMMISSION
    )


def holders(by: Person) -> tuple[int, ...]:
    """The organisations for which somebody may hold a review."""
    return tuple(
        grant.organisation_id
        for grant in by.grants
        if grant.role is Role.COMMITTEE and grant.kind in _HOLDING
    )


def holds(by: Person, review: ScreeningReview) -> bool:
    """Whether somebody may open a review, and end it."""
    return review.organisation_id in holders(by)


def parts_seen(by: Person) -> Select[int]:
    """The ids of the parts that somebody sees: of their cell and of cells below, once open.

    A cell that took over from another one goes on with its part.
    """
    cell = ReviewPart.organisation_id
    return (
        select(ReviewPart.id)
        .join(ScreeningReview)
        .where(
            or_(cell.in_(below(seats(by))), cell.in_(_taken_over(by))),
            ScreeningReview.state != ReviewState.DRAFT,
        )
    )


def reviews_seen(by: Person) -> Select[int]:
    """The ids of the reviews that somebody sees: those they hold, and those with such a part."""
    theirs = select(ReviewPart.review_id).where(ReviewPart.id.in_(parts_seen(by)))
    return select(ScreeningReview.id).where(
        or_(ScreeningReview.organisation_id.in_(holders(by)), ScreeningReview.id.in_(theirs))
    )


def find_review(
    session: Session, *, by: Person, review_id: int, to_change: bool = False
) -> ScreeningReview:
    """A review; ``to_change`` keeps others out until the work is done.

    Raises NoSuchReview, the same for every reason.
    """
    wanted = select(ScreeningReview).where(
        ScreeningReview.id == review_id, ScreeningReview.id.in_(reviews_seen(by))
    )
    if to_change:
        wanted = wanted.with_for_update(key_share=True, of=ScreeningReview)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NoSuchReview
    return found


def find_part(session: Session, *, by: Person, part_id: int, to_change: bool = False) -> Work:
    """A part with its cell; ``to_change`` keeps others out until the work is done.

    Raises NoSuchReview, the same for every reason.
    """
    wanted = (
        select(ReviewPart, ScreeningReview, Organisation)
        .join(ScreeningReview, ScreeningReview.id == ReviewPart.review_id)
        .join(Organisation, Organisation.id == ReviewPart.organisation_id)
        .where(ReviewPart.id == part_id, ReviewPart.id.in_(parts_seen(by)))
    )
    if to_change:
        wanted = wanted.with_for_update(key_share=True, of=ReviewPart)
    row = session.execute(wanted).one_or_none()
    if row is None:
        raise NoSuchReview
    part, review, cell = row
    mine, levels = set(seats(by)), line(cell.path)
    at_cell = cell.id in mine
    if not at_cell and not exists_on(cell, by.on):
        at_cell = cell.id in session.scalars(_taken_over(by)).all()
    place = Place(at_cell=at_cell, above=bool(mine & set(levels[:-1])))
    return Work(part, review, cell, place)


def _taken_over(by: Person) -> Select[int]:
    """The ids of what has ended and somebody's own organisations took over from, step by step."""
    start = (
        select(Succession.old_id.label("id"))
        .join(Organisation, Organisation.id == Succession.old_id)
        .where(Succession.new_id.in_(seats(by)), Organisation.valid_to < by.on)
    )
    ended = start.cte("ended", recursive=True)
    ended = ended.union(
        select(Succession.old_id)
        .join(ended, Succession.new_id == ended.c.id)
        .join(Organisation, Organisation.id == Succession.old_id)
        .where(Organisation.valid_to < by.on)
    )
    return select(ended.c.id)


def is_tied(by: Person, *, office: Office, member_id: UUID) -> bool:
    """Whether a member is somebody's own, or tied to them."""
    return member_mark(office.ring.search, member_id) in by.marks


def tied_among(by: Person, *, office: Office, member_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these members somebody is tied to."""
    return {each for each in member_ids if is_tied(by, office=office, member_id=each)}
