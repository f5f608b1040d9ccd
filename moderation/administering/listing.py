"""The list of accounts, page by page, narrowed by name, role, state and place.

A page goes on from an account, never from a number of rows, so that it costs the same anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.accounts import states_of
from moderation.administering.scope import inside, is_seen
from moderation.cursors import Cursor
from moderation.register import in_force
from moderation.registering.checks import ENDS
from portal.models import Account, Grant, Organisation, Standing
from portal.text import fold
from portal.vocabulary import AccountState, MembershipStatus, OrganisationKind, Role

PAGE = 40


#: Which accounts a list has. Who has not enrolled a second factor yet is among those in use.
_STANDS: dict[AccountState, ColumnElement[bool]] = {
    AccountState.ACTIVE: Account.active.is_(True),
    AccountState.INVITED: and_(Account.active.is_(False), Account.ended_at.is_(None)),
    AccountState.ENDED: Account.ended_at.is_not(None),
}
LISTS = tuple(_STANDS)


@dataclass(frozen=True)
class Wanted:
    """Which list it is, and by what it is narrowed.

    ``departed``: only those who hold a role and, by the register, are no members here any more.
    Their roles are not ended by that, because whoever keeps the register would then decide who may
    work; an administrator does.
    """

    name: str = ""
    role: Role | None = None
    state: AccountState = AccountState.ACTIVE
    organisation_id: int | None = None
    departed: bool = False


@dataclass(frozen=True)
class Held:
    """One role at one place, as a line of a list names it."""

    role: Role
    kind: OrganisationKind
    place: str


@dataclass(frozen=True)
class Line:
    """One account of the list."""

    id: int
    name: str
    login: str
    home: str
    state: AccountState
    held: tuple[Held, ...]


@dataclass(frozen=True)
class Page:
    """Some lines, and where the list goes on in both directions."""

    lines: tuple[Line, ...] = field(default=())
    earlier: Cursor | None = None
    later: Cursor | None = None


def turn_to(
    session: Session,
    *,
    by: Person,
    wanted: Wanted,
    cursor: Cursor | None,
    today: date,
    size: int = PAGE,
) -> Page:
    """One page of the accounts that an administrator sees, sorted by given name."""
    rows = _accounts(by, wanted, today)
    anchor = _anchor(session, rows, cursor)
    back = anchor is not None and cursor is not None and cursor.back
    place = tuple_(Account.placed, Account.id)
    if anchor is not None:
        rows = rows.where(place < tuple_(*anchor) if back else place > tuple_(*anchor))
    order = (Account.placed, Account.id)
    rows = rows.order_by(*(each.desc() for each in order) if back else order)
    found = list(session.execute(rows.limit(size + 1)))
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Page()
    first, last = found[0][0].id, found[-1][0].id
    return Page(
        lines=_lines(session, found, today),
        earlier=Cursor(first, back=True) if (more if back else anchor is not None) else None,
        later=Cursor(last) if (True if back else more) else None,
    )


def count_departed(session: Session, *, by: Person, today: date) -> int:
    """How many accounts an administrator sees that hold a role and whose owner has departed."""
    seen = select(func.count()).select_from(Account).where(is_seen(by, today), _has_departed(today))
    return session.scalar(seen) or 0


def _has_departed(today: date) -> ColumnElement[bool]:
    """That somebody holds a role and their membership ended, or went out of the area."""
    gone = select(Standing.member_id).where(
        Standing.status.in_({*ENDS, MembershipStatus.TRANSFERRED}), in_force(Standing, today)
    )
    holds = select(Grant.account_id).where(in_force(Grant, today))
    return and_(Account.ended_at.is_(None), Account.member_id.in_(gone), Account.id.in_(holds))


def _accounts(by: Person, wanted: Wanted, today: date) -> Select[*tuple[Any, ...]]:
    """The accounts that are wanted, with the names of their homes."""
    rows: Select[*tuple[Any, ...]] = (
        select(Account, Organisation.short_name)
        .outerjoin(Organisation, Organisation.id == Account.home_id)
        .where(is_seen(by, today), _STANDS[wanted.state])
    )
    for word in fold(wanted.name).split():
        rows = rows.where(
            or_(Account.folded.contains(word), Account.login.contains(word, autoescape=True))
        )
    if wanted.role is not None:
        holds = select(Grant.account_id).where(
            Grant.role == wanted.role, Grant.organisation_id.in_(inside(by)), in_force(Grant, today)
        )
        rows = rows.where(Account.id.in_(holds))
    if wanted.departed:
        rows = rows.where(_has_departed(today))
    if wanted.organisation_id is not None:
        rows = rows.where(_is_at(wanted.organisation_id, today))
    return rows


def _is_at(organisation_id: int, today: date) -> ColumnElement[bool]:
    """That an account has its home or a role at an organisation or below it."""
    top, below = aliased(Organisation), aliased(Organisation)
    places = (
        select(below.id).join(top, below.path.startswith(top.path)).where(top.id == organisation_id)
    )
    holds = select(Grant.account_id).where(
        Grant.organisation_id.in_(places), in_force(Grant, today)
    )
    return or_(Account.home_id.in_(places), Account.id.in_(holds))


def _anchor(
    session: Session, rows: Select[*tuple[Any, ...]], cursor: Cursor | None
) -> tuple[str, int] | None:
    """Where the account of a cursor stands in this list; an account that is not in it is none."""
    if cursor is None:
        return None
    found = session.execute(rows.where(Account.id == cursor.row_id)).first()
    return (found[0].placed, found[0].id) if found else None


def _lines(session: Session, found: Iterable[Any], today: date) -> tuple[Line, ...]:
    """The accounts with their roles of today, in one more statement."""
    accounts = [(account, home) for account, home in found]
    held: dict[int, list[Held]] = {account.id: [] for account, _home in accounts}
    rows = session.execute(
        select(Grant.account_id, Grant.role, Organisation.kind, Organisation.short_name)
        .join(Organisation, Organisation.id == Grant.organisation_id)
        .where(Grant.account_id.in_(held), in_force(Grant, today))
        .order_by(Grant.id)
    )
    for account_id, role, kind, place in rows:
        held[account_id].append(Held(role, kind, place))
    states = states_of(session, account_ids=held)
    return tuple(
        Line(
            id=account.id,
            name=account.name,
            login=account.login,
            home=home or "",
            state=states[account.id],
            held=tuple(held[account.id]),
        )
        for account, home in accounts
    )
