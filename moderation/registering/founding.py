"""Founding an organisation, and ending one that nobody takes over from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.office import Office
from moderation.register import exists_on, held_ever
from moderation.registering.calling_off import remember
from moderation.registering.changing import FURTHEST_BACK, Wanted, taken_problems
from moderation.registering.checks import Problem, day_after, name_problems, place_problems
from moderation.registering.names import give_link
from moderation.registering.outcomes import Before, Outcome, write_organisation
from moderation.registering.rows import refuse
from moderation.registering.scope import (
    OwnInterest,
    check_own_cell,
    find_organisation,
    open_organisation,
    sits_at,
)
from moderation.registering.winding_up import wind_up
from portal.models import Membership, Organisation, OrganisationEra
from portal.text import fold, one_line
from portal.vocabulary import Deed, OrganisationKind, UnitKind


@dataclass(frozen=True)
class Founded:
    """What an organisation to be founded is and is called."""

    kind: OrganisationKind
    unit_kind: UnitKind | None
    name: str
    short_name: str


def found(
    session: Session,
    *,
    office: Office,
    by: Person,
    organisation_id: int,
    wanted: Founded,
    on: date,
) -> Outcome:
    """Found an organisation below one that the registrar keeps. Raises NotYours, Refused."""
    parent = find_organisation(session, by=by, organisation_id=organisation_id, locked=True)
    row = found_below(session, office=office, parent=parent, wanted=wanted, on=on)
    write_organisation(
        session, office=office, row=row, deed=Deed.ORGANISATION_FOUNDED, by_id=by.account_id
    )
    return Outcome(row)


def found_below(
    session: Session, *, office: Office, parent: Organisation, wanted: Founded, on: date
) -> Organisation:
    """Found without asking who may. It has no accounts until administrators give roles there."""
    there = exists_on(parent, on) and parent.valid_to is None
    name = Wanted(wanted.name, wanted.short_name, parent.id)
    refuse(
        [
            *name_problems(wanted.name),
            *name_problems(wanted.short_name),
            *place_problems(wanted.kind, below=parent.kind),
            *([] if there else [Problem.NOT_THERE]),
            *([Problem.FAR_DAY] if abs(on - office.today) > FURTHEST_BACK else []),
            *taken_problems(session, name),
        ]
    )
    row = Organisation(
        kind=wanted.kind,
        unit_kind=wanted.unit_kind,
        name=one_line(wanted.name),
        short_name=one_line(wanted.short_name),
        folded=fold(one_line(wanted.name)),
        parent_id=parent.id,
        path="",
        valid_from=on,
    )
    session.add(row)
    session.flush()
    row.path = f"{parent.path}{row.id}."
    give_link(session, organisation=row)
    session.flush()
    return row


def end(
    session: Session, *, office: Office, by: Person, organisation_id: int, seen: int, last: date
) -> Outcome:
    """End an organisation with a last day, when nobody belongs to it and nothing is below it.

    Posts and roles there end with it; open cases climb to the level above in that night. Raises
    what ``open_organisation`` does, OwnInterest, Refused.
    """
    row = open_organisation(session, by=by, organisation_id=organisation_id, seen=seen)
    if sits_at(session, by=by, organisation_id=row.id):
        raise OwnInterest
    check_own_cell(session, by=by, organisation=row, on=office.today)
    refuse(
        [
            *([Problem.HAS_MEMBERS] if _has_members(session, row, last) else []),
            *([Problem.HAS_BELOW] if _has_below(session, row, last) else []),
        ]
    )
    gone = wind_up(session, office=office, by=by, row=row, last=last, heirs=[])
    before = Before(row.id, {**gone.before, "cells": [], "below": []})
    remember(session, office=office, on=day_after(last), before=[before], founded=[])
    write_organisation(
        session, office=office, row=row, deed=Deed.ORGANISATION_ENDED, by_id=by.account_id
    )
    return Outcome(row, posts=gone.posts, roles=gone.roles, refiles=True)


def _has_members(session: Session, row: Organisation, last: date) -> bool:
    """Whether anybody belongs to it after its last day."""
    stays = exists().where(
        Membership.organisation_id == row.id,
        held_ever(Membership),
        or_(Membership.valid_to.is_(None), Membership.valid_to > last),
    )
    return bool(session.scalar(select(stays)))


def _has_below(session: Session, row: Organisation, last: date) -> bool:
    """Whether anything stands below it after its last day, or will."""
    stays = exists().where(
        Organisation.parent_id == row.id,
        or_(Organisation.valid_to.is_(None), Organisation.valid_to > last),
    )
    comes = exists().where(OrganisationEra.parent_id == row.id, OrganisationEra.valid_to.is_(None))
    return bool(session.scalar(select(or_(stays, comes))))
