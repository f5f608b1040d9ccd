"""Calling off an end that is to come, with the merger or the split that it belongs to.

What ends with an organisation is written into its rows when the deed is entered, also for a day to
come. How it was before is kept beside it until that day, so that everything goes back to exactly
that: no role lasts longer than it was given, and what somebody has changed since stays as it is.
What was hidden from a committee stays hidden: marks are never taken away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.office import Office
from moderation.register import held_ever
from moderation.registering.checks import Problem, day_before
from moderation.registering.outcomes import Before, Outcome, write_organisation
from moderation.registering.rows import Refused, refuse
from moderation.registering.scope import (
    OwnInterest,
    check_own_cell,
    find_organisation,
    is_above,
    open_organisation,
    sits_at,
)
from portal.models import (
    Grant,
    Member,
    Membership,
    Organisation,
    OrganisationEra,
    PlaceName,
    PlannedEnd,
    Post,
    Succession,
)
from portal.vault import new_uid
from portal.vocabulary import Deed


def remember(
    session: Session, *, office: Office, on: date, before: Iterable[Before], founded: Iterable[int]
) -> None:
    """Keep how everything was that ends by one deed, if the day on which heirs begin is to come."""
    if on <= office.today:
        return
    uid, new = new_uid(), list(founded)
    session.add_all(
        PlannedEnd(organisation_id=one.organisation_id, deed=uid, before=one.kept, founded=new)
        for one in before
    )
    session.flush()


def forget_past(session: Session, *, on: date) -> None:
    """Forget how it was before ends whose day is over: they cannot be called off any more."""
    over = select(Organisation.id).where(Organisation.valid_to < on)
    session.execute(delete(PlannedEnd).where(PlannedEnd.organisation_id.in_(over)))


def planned_end(session: Session, *, row: Organisation, on: date) -> PlannedEnd | None:
    """The end of an organisation that is to come and can be called off, if there is one."""
    if row.valid_to is None or row.valid_to < on:
        return None
    return session.get(PlannedEnd, row.id)


def call_off(
    session: Session, *, office: Office, by: Person, organisation_id: int, seen: int
) -> Outcome:
    """Let an organisation and all that were to end with it by one deed go on as before.

    Raises what ``open_organisation`` does, OwnInterest as for the deed itself, and Refused where
    there is no such plan, or where something was entered for an heir that would not be.
    """
    row = open_organisation(session, by=by, organisation_id=organisation_id, seen=seen)
    plan = planned_end(session, row=row, on=office.today)
    if plan is None:
        raise Refused([Problem.NOT_THERE])
    plans = session.scalars(
        select(PlannedEnd)
        .where(PlannedEnd.deed == plan.deed)
        .order_by(PlannedEnd.organisation_id)
        .with_for_update(key_share=True)
    ).all()
    ended = [_opened(session, office, by, one.organisation_id) for one in plans]
    kept = [one.before for one in plans]
    refuse(_built_upon(session, plan.founded, kept))
    told = Outcome(
        row,
        members=sum(_give_back_cells(session, one["cells"]) for one in kept),
        posts=sum(_give_back_posts(session, one) for one in kept),
        roles=sum(_give_back_roles(session, one) for one in kept),
        back=True,
        founded=len(plan.founded),
    )
    for old, one in zip(ended, kept, strict=True):
        _give_back_rest(session, old, one)
        write_organisation(
            session, office=office, row=old, deed=Deed.CHANGE_DROPPED, by_id=by.account_id
        )
    _unfound(session, office, plan.founded, by)
    session.execute(delete(PlannedEnd).where(PlannedEnd.deed == plan.deed))
    session.flush()
    return told


def _opened(session: Session, office: Office, by: Person, number: int) -> Organisation:
    """One of those that were to end, for whoever may say so. Raises NotYours, OwnInterest."""
    row = find_organisation(session, by=by, organisation_id=number, locked=True)
    check_own_cell(session, by=by, organisation=row, on=office.today)
    if not is_above(by, row) or sits_at(session, by=by, organisation_id=row.id):
        raise OwnInterest
    return row


def _built_upon(
    session: Session, founded: Collection[int], kept: Iterable[dict[str, Any]]
) -> list[Problem]:
    """What was entered since for heirs that would not be: members of their own, or a plan."""
    handed = {new for one in kept for _old, new in one["cells"]}
    own = select(Membership.id).where(
        Membership.organisation_id.in_(founded),
        Membership.id.not_in(handed),
        held_ever(Membership),
    )
    eras = select(OrganisationEra.id).where(OrganisationEra.organisation_id.in_(founded))
    ends = select(PlannedEnd.organisation_id).where(PlannedEnd.organisation_id.in_(founded))
    return [
        *([Problem.HAS_MEMBERS] if session.scalars(own.limit(1)).first() else []),
        *([Problem.PLANNED] if session.scalars(eras.limit(1)).first() else []),
        *([Problem.PLANNED] if session.scalars(ends.limit(1)).first() else []),
    ]


def _give_back_cells(session: Session, pairs: Iterable[list[int]]) -> int:
    """Let memberships go on where they were, to the day on which they would have ended in the heir;
    how many do. One that was taken back there since ends as planned.
    """
    count = 0
    for old_id, new_id in pairs:
        old, new = session.get_one(Membership, old_id), session.get_one(Membership, new_id)
        if new.valid_to is not None and new.valid_to < new.valid_from:
            continue
        old.valid_to, new.valid_to = new.valid_to, day_before(new.valid_from)
        session.get_one(Member, old.member_id).version += 1
        count += 1
    return count


def _give_back_posts(session: Session, kept: dict[str, Any]) -> int:
    """Let posts be held as before; how many are."""
    count = 0
    for number, until, told, planned in kept["posts"]:
        post = session.get_one(Post, number)
        if post.valid_to == _day(planned):
            post.valid_to, post.ended_on = _day(until), _day(told)
            count += 1
    return count


def _give_back_roles(session: Session, kept: dict[str, Any]) -> int:
    """Let roles hold as long as they were given; how many do."""
    count = 0
    for number, until, planned in kept["roles"]:
        grant = session.get_one(Grant, number)
        if grant.valid_to == _day(planned):
            grant.valid_to, grant.ended_at, grant.ended_by_id = _day(until), None, None
            count += 1
    return count


def _give_back_rest(session: Session, row: Organisation, kept: dict[str, Any]) -> None:
    """Let an organisation go on, with what stands below it, its names, and whom it manages."""
    heirs = session.scalars(select(Succession.new_id).where(Succession.old_id == row.id)).all()
    session.execute(
        delete(OrganisationEra).where(
            OrganisationEra.organisation_id.in_(kept["below"]),
            OrganisationEra.parent_id.in_(heirs),
            OrganisationEra.valid_to.is_(None),
        )
    )
    session.execute(delete(PlaceName).where(PlaceName.id.in_(kept["names"])))
    session.execute(delete(Succession).where(Succession.old_id == row.id))
    session.execute(
        update(Member)
        .where(
            Member.id.in_([UUID(one) for one in kept["managed"]]),
            Member.managed_by_id == kept["manager"],
        )
        .values(managed_by_id=row.id)
        .execution_options(synchronize_session=False)
    )
    row.valid_to = None
    row.version += 1


def _unfound(session: Session, office: Office, founded: Collection[int], by: Person) -> None:
    """Let organisations that were to begin hold on no day, with posts and roles given there."""
    for row in session.scalars(select(Organisation).where(Organisation.id.in_(founded))):
        row.valid_to = day_before(row.valid_from)
        row.version += 1
    for post in session.scalars(select(Post).where(Post.organisation_id.in_(founded))):
        post.valid_to, post.ended_on = day_before(post.valid_from), office.today
    open_roles = select(Grant).where(
        Grant.organisation_id.in_(founded),
        or_(Grant.valid_to.is_(None), Grant.valid_to >= Grant.valid_from),
    )
    for grant in session.scalars(open_roles):
        grant.valid_to = day_before(office.today)
        grant.ended_at, grant.ended_by_id = office.at, by.account_id
    session.execute(delete(PlaceName).where(PlaceName.organisation_id.in_(founded)))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
