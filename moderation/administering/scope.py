"""Whose accounts an administrator looks after: one rule for lists, for pages and for verbs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.register import below, exists_on, in_force
from portal.models import Account, Grant, Organisation
from portal.vocabulary import Role


class NotYours(Exception):
    """There is no such thing for this administrator; whether there is one at all is not told."""


def inside(person: Person) -> Select[int]:
    """The ids of the organisations at or below which somebody is administrator."""
    return below(person.organisations(Role.ADMINISTRATOR))


def looks_after_all(session: Session, *, by: Person) -> bool:
    """Whether somebody is administrator of a highest organisation: what concerns all is theirs."""
    highest = select(Organisation.id).where(
        Organisation.id.in_(by.organisations(Role.ADMINISTRATOR)), Organisation.parent_id.is_(None)
    )
    return session.scalars(highest).first() is not None


def is_seen(person: Person, on: date) -> ColumnElement[bool]:
    """That an account has its home, or holds a role on a day, where somebody is administrator."""
    places = inside(person)
    holds = select(Grant.account_id).where(Grant.organisation_id.in_(places), in_force(Grant, on))
    return or_(Account.home_id.in_(places), Account.id.in_(holds))


def is_managed(person: Person, on: date) -> ColumnElement[bool]:
    """That somebody may change an account: all of it lies below them, and it is another's.

    A role held elsewhere takes the account out of their hands: they could otherwise end what
    only a level above may end.
    """
    places = inside(person)
    elsewhere = select(Grant.account_id).where(
        Grant.organisation_id.not_in(places), in_force(Grant, on)
    )
    return and_(
        Account.home_id.in_(places),
        Account.id.not_in(elsewhere),
        Account.id != person.account_id,
    )


def find_account(
    session: Session, *, by: Person, account_id: int, on: date, managed: bool = False
) -> Account:
    """An account that an administrator sees or, ``managed``, may change. Raises NotYours."""
    rule = is_managed(by, on) if managed else is_seen(by, on)
    found = session.scalars(select(Account).where(Account.id == account_id, rule)).one_or_none()
    if found is None:
        raise NotYours
    return found


def find_place(session: Session, *, by: Person, organisation_id: int, on: date) -> Organisation:
    """An organisation of today at or below which somebody is administrator. Raises NotYours."""
    found = session.scalars(
        select(Organisation).where(
            Organisation.id == organisation_id, Organisation.id.in_(inside(by))
        )
    ).one_or_none()
    if found is None or not exists_on(found, on):
        raise NotYours
    return found
