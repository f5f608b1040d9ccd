"""Marking what is destroyed: in its own commit, so that no restored backup brings it back.

A mark is a keyed reference to one thing of one letter, bound to the moment at which the letter
came: where a number was given out anew after a restore, the old mark does not fit it. The worker
brings marks from the table into the purge list within seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from moderation.retention.purge_list import NAME, open_list
from portal.db import Database, dialect_of
from portal.models import Case, PurgeMark, Submission
from portal.vault import Ring, derive, mark

_PURPOSE = "purge mark"
_BYTES = 16
#: So many at once, in a statement and in a line of the list.
_SOME = 200
#: What a mark can stand for: a case; a letter that its writer took back; who wrote a letter; where
#: they wanted to be told of news; and how far the journal of the staff was trimmed.
CASE, WITHDRAWN, WRITER, ADDRESS, JOURNAL = "case", "withdrawn", "writer", "address", "journal"
#: That the answer to a letter is told to nobody any more: by its writer's no, or for good.
REFUSED, STOPPED = "answer refused", "answer stopped"


def letter_mark(search: bytes, thing: str, number: int, received_at: datetime | None) -> bytes:
    """What stands for one thing of the letter, or the case, of this number."""
    moment = "" if received_at is None else received_at.astimezone(UTC).isoformat()
    return _mark(search, f"{thing}:{number}:{moment}")


def journal_mark(search: bytes, chain: bytes) -> bytes:
    """What stands for the newest entry of the journal that was trimmed, by its chain."""
    return _mark(search, f"{JOURNAL}:{chain.hex()}")


def case_marks(session: Session, *, search: bytes, case_ids: Collection[int]) -> dict[int, bytes]:
    """The marks of these cases by their numbers. A case began with the letter of its number."""
    rows = session.execute(
        select(Case.id, Submission.received_at)
        .outerjoin(Submission, Submission.id == Case.id)
        .where(Case.id.in_(case_ids))
    )
    return {row.id: letter_mark(search, CASE, row.id, row.received_at) for row in rows}


def mark_letters(session: Session, *, search: bytes, thing: str, numbers: Collection[int]) -> None:
    """Mark that one thing of each of these letters is destroyed in this commit."""
    rows = session.execute(
        select(Submission.id, Submission.received_at).where(Submission.id.in_(numbers))
    )
    record(session, [letter_mark(search, thing, row.id, row.received_at) for row in rows])


def record(session: Session, marks: Iterable[bytes], *, listed: bool = False) -> None:
    """Keep these marks, those that are not kept yet; whether they stand in the list already."""
    make = sqlite.insert if dialect_of(session) == "sqlite" else postgresql.insert
    # Always in the same order: two that keep the same marks never wait for each other.
    rows = [{"mark": each, "listed": listed} for each in sorted(set(marks))]
    for start in range(0, len(rows), _SOME):
        some = make(PurgeMark).values(rows[start : start + _SOME])
        session.execute(some.on_conflict_do_nothing(index_elements=["mark"]))


def bring(database: Database, *, ring: Ring, folder: Path) -> int:
    """Bring into the list what waits; return how much that was.

    A list that was lost is written anew from all that the database knows. An older database brings
    nothing before the list was replayed: what waits in it would hide how old it is. Raises OSError
    when the list cannot be written; then everything waits.
    """
    brought = 0
    if not (folder / NAME).exists():
        let_all_wait(database)
    while some := _waiting(database):
        with open_list(folder, ring) as book:
            newest = book.read().newest_mark
            with database.writing() as session:
                if newest is not None and not knows(session, bytes.fromhex(newest)):
                    break
                book.went(some)
                listed = update(PurgeMark).where(PurgeMark.mark.in_(some)).values(listed=True)
                session.execute(listed)
        brought += len(some)
    return brought


def let_all_wait(database: Database) -> None:
    """Let everything that the database knows be written into a list that was lost."""
    with database.reading() as session:
        if not session.scalar(select(exists().where(PurgeMark.listed))):
            return
    with database.writing() as session:
        session.execute(update(PurgeMark).values(listed=False))


def knows(session: Session, one: bytes) -> bool:
    """Whether the database has this mark: one that is older than it has not."""
    return bool(session.scalar(select(exists().where(PurgeMark.mark == one))))


def _waiting(database: Database) -> list[bytes]:
    """Some marks that are not in the list yet."""
    wanted = select(PurgeMark.mark).where(PurgeMark.listed.is_(False)).order_by(PurgeMark.mark)
    with database.reading() as session:
        return list(session.scalars(wanted.limit(_SOME)))


def _mark(search: bytes, thing: str) -> bytes:
    """A keyed reference."""
    return mark(derive(search, _PURPOSE), thing)[:_BYTES]
