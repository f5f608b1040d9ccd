"""What every row of an import is compared with, and the file itself, opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.importing.places import Place, Places
from moderation.office import Office
from moderation.ties import grants_of
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
    own_member: Any


def newest_entry(session: Session) -> int:
    """The newest entry of the journal: whatever is entered into the register has a later one."""
    return session.scalar(select(func.max(JournalEntry.id))) or 0


def read_frame(session: Session, *, office: Office, account_id: int) -> Frame:
    """What the rows of somebody's import are compared with."""
    tops = [
        place
        for role, place, _kind in grants_of(session, account_id=account_id, on=office.today)
        if role is Role.REGISTRAR
    ]
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
        )
    )
    places = Places((Place(*row) for row in rows), tops=tops, today=office.today)
    own = session.scalar(select(Account.member_id).where(Account.id == account_id))
    return Frame(office, places, own)


@contextmanager
def opened(files: FileStore, key: bytes, uid: bytes) -> Iterator[BinaryIO]:
    """The file, in memory without a name. Raises Gone and CannotOpen."""
    with nameless() as plain:
        for piece in opened_pieces(key, uid, files.get(uid.hex())):
            plain.write(piece)
        plain.flush()
        plain.seek(0)
        yield plain
