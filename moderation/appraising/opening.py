"""Drafting a review, and opening it to the cells as they are on that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.appraising.changing import check_version, write
from moderation.appraising.enlisting import enlist
from moderation.appraising.standing import NoSuchReview, holders, holds
from moderation.office import Office
from moderation.register import below, places_of_today, today_of
from moderation.setting_bases import find_basis
from portal.models import Organisation, ReviewPart, ScreeningReview
from portal.vault import new_uid
from portal.vocabulary import CELLS, Deed, OrganisationKind, PartState, ReviewState


class BadPeriod(Exception):
    """The last day of the period is before the first."""


class NoCells(Exception):
    """None of what was chosen is a cell below that exists today."""


class NotDraft(Exception):
    """It is open already, or over."""


@dataclass(frozen=True)
class Plan:
    """What a review is to be; both days of the period count.

    ``chosen_ids`` are organisations directly below the one that holds it.
    """

    title: str
    basis_id: int
    organisation_id: int
    period_from: date
    period_to: date
    chosen_ids: frozenset[int]


def directly_below(
    session: Session, *, organisation_ids: tuple[int, ...], on: date
) -> list[Organisation]:
    """The organisations one level below that exist on a day: wards of a province, cells of a ward.

    Commissions review nobody and are not among them.
    """
    found = places_of_today(session, among=below(organisation_ids), on=on)
    return [
        each
        for each in found
        if each.parent_id in organisation_ids and each.kind is not OrganisationKind.COMMISSION
    ]


def cells_of(
    session: Session, *, organisation_ids: tuple[int, ...], on: date
) -> list[Organisation]:
    """The cells below organisations that exist on a day, in the order of lists."""
    found = places_of_today(session, among=below(organisation_ids), on=on)
    return [each for each in found if each.kind in CELLS]


def draft_review(session: Session, *, office: Office, by: Person, plan: Plan) -> ScreeningReview:
    """Draft a review of some cells. Nobody but its own committee sees it before it is opened.

    Raises NoSuchReview for a committee that may hold none there, NoSuchBasis, BadPeriod, NoCells.
    """
    if plan.organisation_id not in holders(by):
        raise NoSuchReview
    if plan.period_to < plan.period_from:
        raise BadPeriod
    find_basis(session, number=plan.basis_id)
    below_it = directly_below(session, organisation_ids=(plan.organisation_id,), on=office.today)
    within = tuple(each.id for each in below_it if each.id in plan.chosen_ids)
    cells = cells_of(session, organisation_ids=within, on=office.today)
    if not cells:
        raise NoCells
    review = ScreeningReview(
        title=plan.title,
        basis_id=plan.basis_id,
        organisation_id=plan.organisation_id,
        period_from=plan.period_from,
        period_to=plan.period_to,
        state=ReviewState.DRAFT,
        made_at=office.at,
        made_by_id=by.account_id,
    )
    session.add(review)
    session.flush()
    session.add_all(_part(review, cell.id) for cell in cells)
    session.flush()
    _write(session, office, by, review, Deed.REVIEW_DRAFTED)
    return review


def open_review(
    session: Session, *, office: Office, by: Person, review: ScreeningReview, version: int
) -> None:
    """Open a draft to its cells, and fix whose results they record.

    For a cell that has ended since stands what took over from it, if that is below, too.

    Raises NoSuchReview, PartChanged, NotDraft, NoCells.
    """
    _check_draft(by, review, version)
    _settle_cells(session, review, office.today)
    review.state, review.opened_at = ReviewState.OPEN, office.at
    session.flush()
    enlist(session, review=review, today=office.today)
    _write(session, office, by, review, Deed.REVIEW_OPENED)


def drop_draft(
    session: Session, *, office: Office, by: Person, review: ScreeningReview, version: int
) -> None:
    """Give a draft up: nothing was recorded in it. Raises NoSuchReview, PartChanged, NotDraft."""
    _check_draft(by, review, version)
    session.execute(delete(ReviewPart).where(ReviewPart.review_id == review.id))
    session.delete(review)
    session.flush()
    _write(session, office, by, review, Deed.REVIEW_DROPPED)


def _settle_cells(session: Session, review: ScreeningReview, today: date) -> None:
    """Put what took over in the place of cells that have ended. Raises NoCells for none left."""
    cells = cells_of(session, organisation_ids=(review.organisation_id,), on=today)
    there = {cell.id for cell in cells}
    parts = session.scalars(select(ReviewPart).where(ReviewPart.review_id == review.id)).all()
    kept, heirs = set[int](), set[int]()
    for part in parts:
        if part.organisation_id in there:
            kept.add(part.organisation_id)
            continue
        found = today_of(session, organisation_id=part.organisation_id, on=today)
        heirs |= {each.id for each in found} & there
        session.delete(part)
    if not kept | heirs:
        raise NoCells
    session.add_all(_part(review, number) for number in sorted(heirs - kept))
    session.flush()


def _part(review: ScreeningReview, cell_id: int) -> ReviewPart:
    """The part of one cell, before anything was recorded."""
    return ReviewPart(
        uid=new_uid(), review_id=review.id, organisation_id=cell_id, state=PartState.RECORDING
    )


def _check_draft(by: Person, review: ScreeningReview, version: int) -> None:
    """Raise unless somebody may still change a draft."""
    if not holds(by, review):
        raise NoSuchReview
    check_version(review.version, version)
    if review.state is not ReviewState.DRAFT:
        raise NotDraft


def _write(
    session: Session, office: Office, by: Person, review: ScreeningReview, deed: Deed
) -> None:
    """Write one deed down at the organisation that holds the review."""
    write(session, office=office, by=by, deed=deed, organisation_id=review.organisation_id)
