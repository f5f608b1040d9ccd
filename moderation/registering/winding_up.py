"""What ends with an organisation, and what goes on with those that take over from it.

Rules: members go on in the heir that they are given to. Posts end; the heir's are entered anew.
Roles end too, and an heir has only those that administrators gave there, so that no deed of the
register lets anybody read more. Names of the place lead to every heir. What was hidden from the
committee is hidden from the heirs' committees at once, also where they begin later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.releasing import release_unseen
from moderation.office import Office
from moderation.register import held_ever, intake
from moderation.registering.checks import Problem, day_before
from moderation.registering.names import carry_names, pass_links
from moderation.registering.refiling import hide_from_heirs
from moderation.registering.rows import refuse
from portal.models import (
    Account,
    Grant,
    Member,
    Membership,
    Organisation,
    OrganisationEra,
    Post,
    Succession,
)
from portal.vocabulary import Role


class Gone(NamedTuple):
    """How many posts and roles have ended, how many names lead on, and how everything was before:
    ``posts`` (id, last day, when that was told, the new last day), ``roles`` (id, last day, the
    new one), ``names`` (ids of what was added), ``managed`` (members) and by whom they are now.
    """

    posts: int
    roles: int
    names: int
    before: dict[str, Any]


def wind_up(
    session: Session,
    *,
    office: Office,
    by: Person,
    row: Organisation,
    last: date,
    heirs: Collection[Organisation],
) -> Gone:
    """End an organisation with a last day, and say who takes over. Raises Refused."""
    refuse(_problems(session, office, row, last))
    row.valid_to = last
    row.version += 1
    ids = [heir.id for heir in heirs]
    session.add_all(Succession(old_id=row.id, new_id=number) for number in ids)
    names = carry_names(session, ended=row, heirs=heirs, until=last)
    session.flush()
    pass_links(session, on=office.today)
    hide_from_heirs(session, office=office, ended=[row.id], heirs=ids)
    manager = ids[0] if len(ids) == 1 else row.parent_id
    managed = session.scalars(
        update(Member)
        .where(Member.managed_by_id == row.id)
        .values(managed_by_id=manager)
        .returning(Member.id)
        .execution_options(synchronize_session=False)
    ).all()
    posts = _end_posts(session, office, row, last)
    roles = _end_roles(session, office, by, row, last)
    before = {
        "posts": posts,
        "roles": roles,
        "names": names,
        "managed": [str(number) for number in managed],
        "manager": manager,
    }
    return Gone(len(posts), len(roles), len(names), before)


def hand_members(
    session: Session, *, ended: int, to: Mapping[int, int], on: date
) -> list[Membership]:
    """Let memberships go on from a day in the organisations they are given to, by their ids; the
    new ones.
    """
    rows = staying(session, organisation_id=ended, on=on)
    new = []
    for row in rows:
        first = max(on, row.valid_from)
        new.append(
            Membership(
                member_id=row.member_id,
                organisation_id=to[row.id],
                kind=row.kind,
                valid_from=first,
                valid_to=row.valid_to,
            )
        )
        row.valid_to = day_before(first)
    session.add_all(new)
    session.execute(
        update(Member)
        .where(Member.id.in_({row.member_id for row in rows}))
        .values(version=Member.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.flush()
    return new


def staying(session: Session, *, organisation_id: int, on: date) -> list[Membership]:
    """The memberships in an organisation that hold on a day or later."""
    return list(
        session.scalars(
            select(Membership)
            .where(
                Membership.organisation_id == organisation_id,
                held_ever(Membership),
                or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
            )
            .order_by(Membership.id)
        )
    )


def _problems(session: Session, office: Office, row: Organisation, last: date) -> list[Problem]:
    """Why an organisation cannot end so."""
    plans = select(OrganisationEra.id).where(
        OrganisationEra.organisation_id == row.id, OrganisationEra.valid_to.is_(None)
    )
    keys = select(Grant.id).where(
        Grant.organisation_id == row.id,
        Grant.role == Role.CUSTODIAN,
        or_(Grant.valid_to.is_(None), Grant.valid_to >= office.today),
    )
    return [
        *([Problem.ENDED] if row.valid_to is not None else []),
        *([Problem.PLANNED] if session.scalars(plans).first() else []),
        *([Problem.HOLDS_KEYS] if session.scalars(keys).first() else []),
        *([Problem.TAKES_IN] if intake(session).id == row.id else []),
        *([Problem.ENDS_FIRST] if last < row.valid_from else []),
        *([Problem.FAR_DAY] if abs((last - office.today).days) > _FURTHEST else []),
    ]


def _end_posts(
    session: Session, office: Office, row: Organisation, last: date
) -> list[list[int | str | None]]:
    """End the posts there; to whom cases are hidden they count until today. How they were."""
    posts = session.scalars(
        select(Post).where(
            Post.organisation_id == row.id,
            held_ever(Post),
            or_(Post.valid_to.is_(None), Post.valid_to > last),
        )
    ).all()
    before = []
    for post in posts:
        until, told = post.valid_to, post.ended_on
        post.valid_to = max(last, day_before(post.valid_from))
        post.ended_on = office.today
        before.append([post.id, _written(until), _written(told), _written(post.valid_to)])
    return before


def _end_roles(
    session: Session, office: Office, by: Person, row: Organisation, last: date
) -> list[list[int | str | None]]:
    """End the roles there; what their holders had claimed and see no more goes back. How they
    were.
    """
    grants = session.scalars(
        select(Grant).where(
            Grant.organisation_id == row.id, or_(Grant.valid_to.is_(None), Grant.valid_to > last)
        )
    ).all()
    before = []
    for grant in grants:
        until = grant.valid_to
        grant.valid_to = max(last, day_before(grant.valid_from))
        before.append([grant.id, _written(until), _written(grant.valid_to)])
        grant.ended_at, grant.ended_by_id = office.at, by.account_id
    session.flush()
    if last < office.today:
        for number in sorted({grant.account_id for grant in grants}):
            release_unseen(session, office=office, account=session.get_one(Account, number))
    return before


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


#: Two years, as for every change of an organisation.
_FURTHEST = 731
