"""Keeping the authorities that residents are pointed to: who, where, when open, for what.

Design rule: none of it is stated as law, and one administrator of the highest level answers for it;
who changed an entry last, and when, stands beside it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.scope import NotYours, looks_after_all
from moderation.journal import write_down
from moderation.office import Office
from portal.models import Account, Authority
from portal.vocabulary import Deed, Matter


class NoSuchAuthority(Exception):
    """There is none with this number."""


@dataclass(frozen=True)
class Facts:
    """What is known of an authority; it is named for at least one matter."""

    name: str
    matters: tuple[Matter, ...]
    address: str = ""
    telephone: str = ""
    hours: str = ""
    note: str = ""


def keep_authority(
    session: Session, *, office: Office, by: Person, facts: Facts, number: int | None = None
) -> Authority:
    """Keep what is known of an authority: a new one, behind the others, or that of a number.

    Raises NotYours for whoever does not look after the whole portal, NoSuchAuthority.
    """
    if not looks_after_all(session, by=by):
        raise NotYours
    row = _new(session) if number is None else find_authority(session, number=number)
    for name, value in asdict(facts).items():
        setattr(row, name, [each.value for each in value] if name == "matters" else value)
    row.changed_at, row.changed_by_id = office.at, by.account_id
    session.flush()
    _write(session, office, by)
    return row


def drop_authority(session: Session, *, office: Office, by: Person, number: int) -> None:
    """Name an authority no longer; what cases say of it stays. Raises NotYours, NoSuchAuthority."""
    if not looks_after_all(session, by=by):
        raise NotYours
    session.delete(find_authority(session, number=number))
    session.flush()
    _write(session, office, by)


def find_authority(session: Session, *, number: int) -> Authority:
    """The authority with this number. Raises NoSuchAuthority."""
    row = session.get(Authority, number)
    if row is None:
        raise NoSuchAuthority
    return row


def all_authorities(session: Session) -> list[Row[Authority, str | None]]:
    """Every authority in its order, with who changed it last."""
    return list(
        session.execute(
            select(Authority, Account.name)
            .outerjoin(Account, Account.id == Authority.changed_by_id)
            .order_by(Authority.place, Authority.id)
        )
    )


def _new(session: Session) -> Authority:
    """A row behind all others."""
    last = session.scalar(select(func.max(Authority.place))) or 0
    row = Authority(place=last + 1, name="")
    session.add(row)
    return row


def _write(session: Session, office: Office, by: Person) -> None:
    """Write down that the list was changed."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.AUTHORITIES_SET,
        account_id=by.account_id,
    )
