"""What stands beside a case: others that may be the same matter, and the letters merged into it.

Visibility is part of the question: of a case that is hidden from a person nothing is told here,
not even that there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from moderation.access import Person, visible_to
from moderation.merging import may_take_in, movable
from moderation.office import Office
from moderation.papers import read_readings
from moderation.reading.letters import Words, words_of
from portal.clock import local_date
from portal.models import Case, LookAlike, Stay, Submission
from portal.models.case import Room
from portal.models.submission import FIRST_STAY, reference_of
from portal.vocabulary import Status

#: So many are shown on one page.
PER_PAGE: Final = 20


@dataclass(frozen=True)
class Alike:
    """Another case beside this one. ``percent`` is 0 where a person asked for it by its number.

    ``goes_in``: it may be merged into this one; ``takes_in``: this one rather into it; ``waits``:
    somebody has to decide on one of the two before.
    """

    case_id: int
    reference: str
    status: Status
    arrived_on: date
    words: Words
    percent: int
    same_person: bool
    letter_count: int
    goes_in: bool
    takes_in: bool
    waits: bool


@dataclass(frozen=True)
class _Other:
    """Another case, with what was found that it has in common with this one."""

    case: Case
    percent: int
    same_person: bool


@dataclass(frozen=True)
class Inside:
    """A letter in a case. ``home_id`` is the case in which it began, where that was another one."""

    number: int
    reference: str
    arrived_on: date
    words: Words
    home_id: int | None


def count_alike(session: Session, *, person: Person, case: Case) -> int:
    """How many cases that this person sees may be about the same matter, in one statement."""
    return session.scalar(select(func.count()).select_from(_proposed(person, case).subquery())) or 0


def read_alike(
    session: Session, *, office: Office, person: Person, case: Case, also: int | None = None
) -> tuple[Alike, ...]:
    """The likest of them with their masked words; first the one with the number ``also``, where
    this person sees it at the desk.
    """
    proposed = _proposed(person, case).order_by(LookAlike.percent.desc(), Case.id).limit(PER_PAGE)
    others = [_Other(*row) for row in session.execute(proposed)]
    if also is not None:
        first = [each for each in others if each.case.id == also]
        first = first or _asked_for(session, person, case, also)
        others = [*first, *(each for each in others if each.case.id != also)]
    words = read_words(session, office=office, case_ids=[each.case.id for each in others])
    return tuple(_alike(each, case, words) for each in others)


def read_inside(
    session: Session, *, office: Office, case: Case, after: int = 0
) -> tuple[tuple[Inside, ...], int | None]:
    """A page of the letters in a case, in the order of their numbers, each with its masked words;
    and the number after which the next page begins, where there is one.
    """
    rows = session.execute(
        select(Submission.id, Submission.received_at, Stay.case_id)
        .outerjoin(Stay, and_(Stay.submission_id == Submission.id, Stay.after_id == FIRST_STAY))
        .where(Submission.case_id == case.id, Submission.state.is_(None), Submission.id > after)
        .order_by(Submission.id)
        .limit(PER_PAGE + 1)
    ).all()
    shown = rows[:PER_PAGE]
    words = read_words(session, office=office, case_ids={row.case_id or case.id for row in shown})
    inside = tuple(
        Inside(
            number=row.id,
            reference=reference_of(row.id),
            arrived_on=local_date(row.received_at),
            words=words.get(row.case_id or case.id, Words()),
            home_id=row.case_id if row.case_id != case.id else None,
        )
        for row in shown
    )
    return inside, (shown[-1].id if len(rows) > PER_PAGE else None)


def read_words(session: Session, *, office: Office, case_ids: Iterable[int]) -> dict[int, Words]:
    """The masked words of several cases as the worker filed them."""
    papers = read_readings(session, office=office, case_ids=case_ids)
    return {case_id: words_of(paper) for case_id, paper in papers.items()}


def _proposed(person: Person, case: Case) -> Select[Case, int, bool]:
    """The pairs with this case, of which somebody sees the other one and nobody said no."""
    other: ColumnElement[bool] = or_(
        and_(LookAlike.case_id == case.id, Case.id == LookAlike.earlier_id),
        and_(LookAlike.earlier_id == case.id, Case.id == LookAlike.case_id),
    )
    return (
        select(Case, LookAlike.percent, LookAlike.same_person)
        .join(LookAlike, other)
        .where(
            LookAlike.apart_at.is_(None),
            Case.status != Status.WITHDRAWN,
            Case.id.in_(visible_to(person, (Room.DESK,))),
        )
    )


def _asked_for(session: Session, person: Person, case: Case, number: int) -> list[_Other]:
    """A case by its number, where this person sees it and it is not this one."""
    seen = select(Case).where(
        Case.id == number, Case.id != case.id, Case.id.in_(visible_to(person, (Room.DESK,)))
    )
    return [_Other(found, 0, same_person=False) for found in session.scalars(seen)]


def _alike(found: _Other, case: Case, words: Mapping[int, Words]) -> Alike:
    """One of them. Of two that wait, the later one goes into the earlier."""
    other = found.case
    goes_in = movable(other) and may_take_in(case)
    takes_in = movable(case) and may_take_in(other)
    return Alike(
        case_id=other.id,
        reference=reference_of(other.id),
        status=other.status,
        arrived_on=local_date(other.arrived_at),
        words=words.get(other.id, Words()),
        percent=found.percent,
        same_person=found.same_person,
        letter_count=other.letter_count,
        goes_in=goes_in and not (takes_in and other.id < case.id),
        takes_in=takes_in and not (goes_in and other.id > case.id),
        waits=any(each.proposal or each.keep_until for each in (case, other)),
    )
