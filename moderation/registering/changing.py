"""Another name or another parent for an organisation, from a day on.

The organisation stays the one it is: members, posts, roles, place of cases and the marks that hide
them hold on to its number. Only a move changes what is above it, and so from where its cases are
seen. A change of a day to come waits beside the organisation; the worker begins it in that night.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.office import Office
from moderation.register import exists_on, line
from moderation.registering.checks import Problem, day_before, name_problems, place_problems
from moderation.registering.names import keep_old_name
from moderation.registering.outcomes import Outcome, write_organisation
from moderation.registering.refiling import count_below, repath
from moderation.registering.rows import Refused, refuse
from moderation.registering.scope import (
    OwnInterest,
    check_own_cell,
    find_organisation,
    open_organisation,
    would_see_more,
)
from moderation.registering.tree import since_of
from portal.models import Organisation, OrganisationEra
from portal.text import fold, one_line, place_order
from portal.vocabulary import Deed

#: Nothing is changed for a day further back (design rule): what was reported for it stands.
FURTHEST_BACK = timedelta(days=731)


class Wanted(NamedTuple):
    """A name, its short form, and a parent."""

    name: str
    short_name: str
    parent_id: int | None


def rename(
    session: Session,
    *,
    office: Office,
    by: Person,
    organisation_id: int,
    seen: int,
    name: str,
    short_name: str,
    on: date,
) -> Outcome:
    """Give an organisation another name from a day on; the old one stays as a name of the place.

    Raises what ``open_organisation`` does, OwnInterest, and Refused.
    """
    row = open_organisation(session, by=by, organisation_id=organisation_id, seen=seen)
    check_own_cell(session, by=by, organisation=row, on=office.today)
    refuse([*name_problems(name), *name_problems(short_name)])
    wanted = Wanted(one_line(name), one_line(short_name), row.parent_id)
    refuse(taken_problems(session, wanted, beside=row.id))
    _change(session, office, row, wanted, on)
    write_organisation(
        session, office=office, row=row, deed=Deed.ORGANISATION_RENAMED, by_id=by.account_id
    )
    return Outcome(row)


def move(
    session: Session,
    *,
    office: Office,
    by: Person,
    organisation_id: int,
    seen: int,
    parent_id: int,
    on: date,
) -> Outcome:
    """Let an organisation with all below it stand below another one from a day on.

    The registrar keeps both. Nobody moves an organisation to where they would read its cases, nor
    one with a cell of their own or of somebody tied to them. Raises what ``open_organisation``
    does, OwnInterest, and Refused.
    """
    row = open_organisation(session, by=by, organisation_id=organisation_id, seen=seen)
    parent = find_organisation(session, by=by, organisation_id=parent_id)
    below = count_below(session, organisation=row)
    move_below(session, office=office, by=by, row=row, parent=parent, on=on)
    write_organisation(
        session, office=office, row=row, deed=Deed.ORGANISATION_MOVED, by_id=by.account_id
    )
    return Outcome(row, below=below, refiles=True)


def move_below(
    session: Session,
    *,
    office: Office,
    by: Person,
    row: Organisation,
    parent: Organisation,
    on: date,
) -> None:
    """Move without asking who may; raises OwnInterest and Refused."""
    if would_see_more(by, before=row.path, after=f"{parent.path}{row.id}."):
        raise OwnInterest
    check_own_cell(session, by=by, organisation=row, on=office.today, below=True)
    inside = row.id in line(parent.path)
    refuse(
        [
            *place_problems(row.kind, below=parent.kind),
            *([Problem.WITH_ITSELF] if inside or parent.id == row.parent_id else []),
            *([] if exists_on(parent, on) and parent.valid_to is None else [Problem.ENDED]),
        ]
    )
    wanted = Wanted(row.name, row.short_name, parent.id)
    refuse(taken_problems(session, wanted, beside=row.id))
    _change(session, office, row, wanted, on)


def drop_plan(
    session: Session, *, office: Office, by: Person, organisation_id: int, seen: int
) -> Outcome:
    """Let a change that is to come not happen.

    Raises what ``open_organisation`` does, OwnInterest, and Refused.
    """
    row = open_organisation(session, by=by, organisation_id=organisation_id, seen=seen)
    check_own_cell(session, by=by, organisation=row, on=office.today)
    plan = planned(session, row)
    if plan is None:
        raise Refused([Problem.NOT_THERE])
    session.delete(plan)
    row.version += 1
    write_organisation(
        session, office=office, row=row, deed=Deed.CHANGE_DROPPED, by_id=by.account_id
    )
    return Outcome(row)


def taken_problems(session: Session, wanted: Wanted, *, beside: int | None = None) -> list[Problem]:
    """Whether another organisation of this name stands below the same one and has not ended."""
    found = session.scalars(
        select(Organisation.id).where(
            Organisation.parent_id == wanted.parent_id,
            Organisation.folded == fold(wanted.name),
            Organisation.name == wanted.name,
            Organisation.valid_to.is_(None),
        )
    )
    return [Problem.TAKEN] if set(found) - {beside} else []


def _change(session: Session, office: Office, row: Organisation, wanted: Wanted, on: date) -> None:
    """Let a name and a parent hold from a day on: now, or once that day has come."""
    past = _past(session, row)
    since = since_of(row, past)
    refuse(
        [
            *([Problem.ENDED] if row.valid_to is not None else []),
            *([Problem.PLANNED] if planned(session, row) else []),
            *([Problem.EARLIER] if on < since else []),
            *([Problem.FAR_DAY] if on < office.today - FURTHEST_BACK else []),
            *([Problem.FAR_DAY] if on > office.today + FURTHEST_BACK else []),
        ]
    )
    row.version += 1
    if on > office.today:
        session.add(_era(row, wanted, on, None))
        return
    hold(session, office, row, wanted, on)


def hold(session: Session, office: Office, row: Organisation, wanted: Wanted, on: date) -> None:
    """Let a name and a parent be those of the row; what was there until then stays beside it.

    What holds from the very day of the last change corrects that change.
    """
    since = since_of(row, _past(session, row))
    if on > since:
        before = Wanted(row.name, row.short_name, row.parent_id)
        session.add(_era(row, before, since, day_before(on)))
        if wanted.short_name != row.short_name:
            keep_old_name(session, organisation=row, until=day_before(on))
    row.name, row.short_name = wanted.name, wanted.short_name
    row.folded, row.placed = fold(wanted.name), place_order(wanted.name)
    moved = wanted.parent_id != row.parent_id
    row.parent_id = wanted.parent_id
    session.flush()
    if moved:
        repath(session, office=office, row=row)


def _era(row: Organisation, what: Wanted, since: date, until: date | None) -> OrganisationEra:
    """Another name and parent of an organisation."""
    return OrganisationEra(
        organisation_id=row.id,
        name=what.name,
        short_name=what.short_name,
        parent_id=what.parent_id,
        valid_from=since,
        valid_to=until,
    )


def _past(session: Session, row: Organisation) -> list[OrganisationEra]:
    """The names and parents that an organisation had."""
    return [era for era in _eras(session, row) if era.valid_to is not None]


def planned(session: Session, row: Organisation) -> OrganisationEra | None:
    """The change that is to come, if there is one."""
    return next((era for era in _eras(session, row) if era.valid_to is None), None)


def _eras(session: Session, row: Organisation) -> list[OrganisationEra]:
    return list(
        session.scalars(
            select(OrganisationEra)
            .where(OrganisationEra.organisation_id == row.id)
            .order_by(OrganisationEra.valid_from)
        )
    )
