"""Whether the sample is loaded, and which submissions are its own."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Account, Member, Organisation, Setting, Submission
from portal.models.submission import identity_of

#: The setting that marks every page, and the one that says how far the sample's numbers go.
MARKER = "sample"
_LAST = "sample_last_numbers"
SETTINGS = (MARKER, _LAST)


class NoSuchSample(Exception):
    """There is no sample of this name; the message says which there are."""


class NotEmpty(Exception):
    """The database holds what must not be mixed with the sample, or wiped out with it."""


def is_whole(wanted: str | None) -> bool:
    """Whether the whole ward is wanted, as it is unless told otherwise. Raises NoSuchSample."""
    if wanted not in {None, "", "whole", "small"}:
        raise NoSuchSample(f"SAMPLE must be whole or small, not {wanted!r}.")
    return wanted != "small"


def is_loaded(session: Session) -> bool:
    """Whether the sample data is in this database."""
    return session.scalar(select(Setting.value).where(Setting.name == MARKER)) == "1"


def check_empty(session: Session) -> None:
    """Raise NotEmpty unless the sample may be loaded here."""
    if is_loaded(session):
        raise NotEmpty("The sample data is loaded already: clear it first to load it anew.")
    if _any(session, Submission):
        raise NotEmpty("The database holds real submissions: the sample is never loaded there.")
    if _any(session, Organisation) or _any(session, Member) or _any(session, Account):
        raise NotEmpty("The database holds a real register: the sample is never loaded there.")


def check_only_sample(session: Session) -> None:
    """Raise NotEmpty unless the sample is here and every submission is its own."""
    if not is_loaded(session):
        raise NotEmpty("There is no sample data in this database: nothing was cleared.")
    last = _last_numbers(session)
    for number in session.scalars(select(Submission.id)):
        if not any(identity_of(int(year), 0) < number <= last[year] for year in last):
            raise NotEmpty(
                "The database holds submissions of its own: nothing was cleared. To begin anew, "
                "stop the portal, move the database away and run make run again."
            )


def mark_loaded(session: Session) -> None:
    """Mark the database: from now on every page says that this is sample data."""
    session.add(Setting(name=MARKER, value="1"))
    session.add(Setting(name=_LAST, value="{}"))


def mark_own(session: Session, *, number: int, year: int) -> None:
    """Note that the submissions of a year up to this number are the sample's."""
    last = _last_numbers(session) | {str(year): number}
    session.get_one(Setting, _LAST).value = json.dumps(last)


def _last_numbers(session: Session) -> dict[str, int]:
    """The last number of the sample for each year."""
    found: dict[str, int] = json.loads(session.get_one(Setting, _LAST).value)
    return found


def _any(session: Session, table: type[Submission | Organisation | Member | Account]) -> bool:
    return session.scalars(select(table.id).limit(1)).first() is not None
