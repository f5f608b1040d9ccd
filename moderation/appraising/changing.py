"""What every deed of a review shares: the version that was seen, and the line in the journal."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.journal import write_down
from moderation.office import Office
from portal.vocabulary import Deed


class PartChanged(Exception):
    """Somebody else has worked on it since it was shown."""


def check_version(kept: int, seen: int) -> None:
    """Raise PartChanged unless nothing was changed since somebody saw it."""
    if kept != seen:
        raise PartChanged


def write(
    session: Session, *, office: Office, by: Person, deed: Deed, organisation_id: int
) -> None:
    """Write down who did what, at which organisation. Of whom and with what result is not said."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=by.account_id,
        organisation_id=organisation_id,
    )
