"""What every row of an import is compared with, and the file itself, opened."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.access import Person, identify
from moderation.importing.places import Place, Places
from moderation.office import Office
from moderation.registering.scope import READS_CASES
from moderation.ties import committees_ever_of, members_tied_to
from portal.files.memory import nameless
from portal.files.sealing import opened_pieces
from portal.files.storing import FileStore
from portal.models import Account, JournalEntry, Organisation
from portal.vocabulary import Role


@dataclass(frozen=True)
class Frame:
    """What every row is compared with: the organisations, whose import it is, and the day."""

    office: Office
    places: Places
    by: Person
    #: The members about whom they enter nothing: themself, and those to whom they are tied.
    close: frozenset[UUID]
    #: The organisations whose cases they read, or on whose committee they sat.
    seats: frozenset[int]


def newest_entry(session: Session) -> int:
    """The newest entry of the journal: whatever is entered into the register has a later one."""
    return session.scalar(select(func.max(JournalEntry.id))) or 0


def read_frame(session: Session, *, office: Office, account_id: int) -> Frame:
    """What the rows of somebody's import are compared with."""
    account = session.get_one(Account, account_id)
    by = identify(session, search=office.ring.search, account=account, today=office.today)
    places = read_places(session, tops=by.organisations(Role.REGISTRAR), today=office.today)
    close = set(members_tied_to(session, account_id=account_id))
    seats = {grant.organisation_id for grant in by.grants if grant.role in READS_CASES}
    if account.member_id is not None:
        close.add(account.member_id)
        seats |= committees_ever_of(session, member_id=account.member_id)
    return Frame(office, places, by, frozenset(close), frozenset(seats))


def read_places(session: Session, *, tops: Collection[int], today: date) -> Places:
    """All organisations, in one statement; somebody is registrar at ``tops``."""
    rows = session.execute(
        select(
            Organisation.id,
            Organisation.kind,
            Organisation.name,
            Organisation.short_name,
            Organisation.parent_id,
            Organisation.path,
            Organisation.valid_from,
            Organisation.valid_to,
            Organisation.unit_kind,
        )
    )
    return Places((Place(*row) for row in rows), tops=tops, today=today)


@contextmanager
def opened(files: FileStore, key: bytes, uid: bytes) -> Iterator[BinaryIO]:
    """The file, in memory without a name. Raises Gone and CannotOpen."""
    with nameless() as plain:
        for piece in opened_pieces(key, uid, files.get(uid.hex())):
            plain.write(piece)
        plain.flush()
        plain.seek(0)
        yield plain
