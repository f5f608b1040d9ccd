"""What a deed on organisations brings with it, as a preview says it before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from moderation.journal import write_down
from moderation.office import Office
from portal.models import Organisation
from portal.vocabulary import Deed


class Before(NamedTuple):
    """How everything was that ends with an organisation, in plain numbers, days and ids."""

    organisation_id: int
    kept: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """The organisation to look at afterwards, and how much of what moves or ends.

    ``moved`` are the memberships that begin in an heir, ``under`` what stands below one from then
    on. ``refiles`` says that open cases follow where there are any; whether there are is not looked
    up, because whoever keeps the register reads none. ``before`` is how everything was that ends;
    ``back`` says that it does not end after all, ``founded`` how many will not be founded then.
    """

    organisation: Organisation
    members: int = 0
    posts: int = 0
    roles: int = 0
    names: int = 0
    below: int = 0
    refiles: bool = False
    moved: tuple[int, ...] = ()
    under: tuple[int, ...] = ()
    before: tuple[Before, ...] = ()
    back: bool = False
    founded: int = 0


def write_organisation(
    session: Session, *, office: Office, row: Organisation, deed: Deed, by_id: int | None
) -> None:
    """Write down a deed on an organisation, at that organisation."""
    session.flush()
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=by_id,
        organisation_id=row.id,
    )
