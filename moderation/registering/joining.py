"""Merging organisations, and splitting one: who takes over, and who goes where.

Nobody does it whose own reading of cases it touches: who reads cases of one of them, or would read
those of another because of it. Nor does anybody who belongs to one of them, or is tied to somebody
who does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.office import Office
from moderation.registering.calling_off import remember
from moderation.registering.changing import move_below
from moderation.registering.checks import Problem, day_before
from moderation.registering.founding import Founded, found_below
from moderation.registering.outcomes import Before, Outcome, write_organisation
from moderation.registering.rows import refuse
from moderation.registering.scope import (
    OwnInterest,
    check_own_cell,
    find_organisation,
    is_above,
    open_organisation,
    sits_at,
    would_see_more,
)
from moderation.registering.winding_up import hand_members, staying, wind_up
from portal.models import Organisation
from portal.vocabulary import Deed


def merge(
    session: Session,
    *,
    office: Office,
    by: Person,
    organisation_id: int,
    seen: int,
    others: Collection[int],
    name: str,
    short_name: str,
    on: date,
) -> Outcome:
    """Let an organisation take over from others or, under a new name, let a new one take over from
    all of them, from a day on.

    Raises what ``open_organisation`` does, OwnInterest, Refused.
    """
    first = open_organisation(session, by=by, organisation_id=organisation_id, seen=seen)
    ending = [
        find_organisation(session, by=by, organisation_id=number, locked=True)
        for number in sorted(set(others) - {first.id})
    ]
    refuse(_merge_problems(by, first, ending))
    _check_interest(session, office, by, [first, *ending], first.path)
    heir = first
    if name:
        wanted = Founded(first.kind, first.unit_kind, name, short_name or name)
        parent = session.get_one(Organisation, first.parent_id)
        heir = found_below(session, office=office, parent=parent, wanted=wanted, on=on)
        ending = [first, *ending]
    founded = [heir.id] if name else []
    refuse([Problem.NOT_THERE] if heir.valid_from > on else [])
    told = Outcome(heir, refiles=True)
    for row in ending:
        told = _pass_on(session, office, by, row, on, told, heirs=[heir])
    remember(session, office=office, on=on, before=told.before, founded=founded)
    write_organisation(
        session, office=office, row=heir, deed=Deed.ORGANISATIONS_MERGED, by_id=by.account_id
    )
    return told


def split(
    session: Session,
    *,
    office: Office,
    by: Person,
    organisation_id: int,
    seen: int,
    parts: Sequence[tuple[str, str]],
    members: Mapping[int, int],
    below: Mapping[int, int],
    on: date,
) -> Outcome:
    """Let several new organisations take over from one, from a day on.

    ``parts`` are their names and short names; ``members`` gives each membership, ``below`` each
    organisation below, to one of them by its place. Raises what ``open_organisation`` does,
    OwnInterest, Refused.
    """
    row = open_organisation(session, by=by, organisation_id=organisation_id, seen=seen)
    _check_interest(session, office, by, [row], row.path)
    refuse([Problem.TOO_FEW] if len(parts) < 2 or row.parent_id is None else [])
    parent = session.get_one(Organisation, row.parent_id)
    heirs = [
        found_below(
            session,
            office=office,
            parent=parent,
            wanted=Founded(row.kind, row.unit_kind, name, short_name),
            on=on,
        )
        for name, short_name in parts
    ]
    told = Outcome(row, refiles=True)
    told = _pass_on(session, office, by, row, on, told, heirs=heirs, members=members, below=below)
    founded = [heir.id for heir in heirs]
    remember(session, office=office, on=on, before=told.before, founded=founded)
    write_organisation(
        session, office=office, row=row, deed=Deed.ORGANISATION_SPLIT, by_id=by.account_id
    )
    return told


def directly_below(session: Session, *, organisation_id: int, on: date) -> list[Organisation]:
    """What stands directly below an organisation now and exists on a day or later."""
    return list(
        session.scalars(
            select(Organisation)
            .where(
                Organisation.parent_id == organisation_id,
                or_(Organisation.valid_to.is_(None), Organisation.valid_to >= on),
            )
            .order_by(Organisation.id)
        )
    )


def _merge_problems(
    by: Person, first: Organisation, ending: Collection[Organisation]
) -> list[Problem]:
    """Whether these can be one: several of one kind, all kept from above, none ended."""
    every = [first, *ending]
    return [
        *([] if ending and first.parent_id is not None else [Problem.TOO_FEW]),
        *([Problem.NOT_BELOW] if len({row.kind for row in every}) > 1 else []),
        *([Problem.ENDED] if any(row.valid_to is not None for row in every) else []),
        *([] if all(is_above(by, row) for row in every) else [Problem.WITH_ITSELF]),
    ]


def _check_interest(
    session: Session, office: Office, by: Person, rows: Collection[Organisation], after: str
) -> None:
    """Raise OwnInterest where somebody reads cases of one of these, would read more, or belongs to
    one.
    """
    for row in rows:
        check_own_cell(session, by=by, organisation=row, on=office.today)
        if sits_at(session, by=by, organisation_id=row.id) or would_see_more(
            by, before=row.path, after=after
        ):
            raise OwnInterest


def _pass_on(
    session: Session,
    office: Office,
    by: Person,
    row: Organisation,
    on: date,
    told: Outcome,
    *,
    heirs: Sequence[Organisation],
    members: Mapping[int, int] | None = None,
    below: Mapping[int, int] | None = None,
) -> Outcome:
    """End one organisation and give everything it has to those that take over."""
    cells = staying(session, organisation_id=row.id, on=on)
    under = directly_below(session, organisation_id=row.id, on=on)
    to = _given([cell.id for cell in cells], heirs, members)
    places = _given([unit.id for unit in under], heirs, below)
    moved = hand_members(
        session, ended=row.id, to={key: heir.id for key, heir in to.items()}, on=on
    )
    pairs = [[old.id, new.id] for old, new in zip(cells, moved, strict=True)]
    numbers = [unit.id for unit in under]
    for unit in under:
        move_below(session, office=office, by=by, row=unit, parent=places[unit.id], on=on)
    last = day_before(on)
    gone = wind_up(session, office=office, by=by, row=row, last=last, heirs=heirs)
    before = Before(row.id, {**gone.before, "cells": pairs, "below": numbers})
    return Outcome(
        told.organisation,
        members=told.members + len(moved),
        posts=told.posts + gone.posts,
        roles=told.roles + gone.roles,
        names=told.names + gone.names,
        below=told.below + len(under),
        refiles=told.refiles,
        moved=(*told.moved, *(cell.id for cell in moved)),
        under=(*told.under, *numbers),
        before=(*told.before, before),
    )


def _given(
    ids: Collection[int], heirs: Sequence[Organisation], places: Mapping[int, int] | None
) -> dict[int, Organisation]:
    """To which heir each of these goes. Raises Refused when one is given to none."""
    if places is None:
        return dict.fromkeys(ids, heirs[0])
    refuse([] if set(ids) <= set(places) else [Problem.UNASSIGNED])
    return {number: heirs[places[number]] for number in ids}
