"""Indexing anew what waits, and joining the parts of SQLite's index, so that what is gone goes.

The rows are the queue: whoever is cut short leaves the rest to the next run or to the worker, and
the site goes on meanwhile.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import open_keys, tell_shut
from moderation.searching.indexing import index_case
from portal.models import Case, SearchResidue, SearchStale
from portal.vault import CannotOpen

#: So many pages of SQLite's index are joined in one transaction: a writer waits no longer for it
#: than for any other.
_PAGES: Final = 200

#: A negative number begins to join all parts into one; a positive one goes on with it.
_MERGE = text("INSERT INTO search_index(search_index, rank) VALUES ('merge', :pages)")
_CHANGES = text("SELECT total_changes()")
#: The statement alone counts as one change, and one more when a part was joined.
_NOTHING_LEFT: Final = 2


def waiting(session: Session, *, limit: int = 50) -> list[int]:
    """The cases that wait to be indexed anew, oldest first."""
    wanted = select(SearchStale.case_id).order_by(SearchStale.case_id).limit(limit)
    return list(session.scalars(wanted))


def left(session: Session) -> int:
    """How many cases wait: so far the index may be behind."""
    return session.scalar(select(func.count()).select_from(SearchStale)) or 0


def ask_for_all(session: Session) -> None:
    """Have every prepared case indexed anew, in place of what was waiting."""
    session.execute(delete(SearchStale))
    every = select(Case.id).where(Case.prepared_at.is_not(None))
    session.execute(insert(SearchStale).from_select(["case_id"], every))


def index_anew(session: Session, *, office: Office, case_id: int) -> None:
    """Index one case that waits. One whose keys are lost is found no more, and waits no more."""
    case = session.get(Case, case_id, with_for_update={"key_share": True})
    if case is None or session.get(SearchStale, case_id) is None:
        return
    try:
        keys = open_keys(session, office=office, case_id=case_id)
    except CannotOpen:
        tell_shut(case_id, "what search should find")
        session.execute(delete(SearchStale).where(SearchStale.case_id == case_id))
        return
    index_case(session, office=office, keys=keys, case=case)


def has_residue(session: Session, *, office: Office) -> bool:
    """Whether terms that went on an earlier day may still lie in older parts of the index."""
    found = select(SearchResidue.entry_id).where(SearchResidue.on < office.today).limit(1)
    return session.scalars(found).first() is not None


def join_parts(session: Session, *, office: Office) -> bool:
    """Join some pages of SQLite's index; tell whether there is more to do.

    Terms that are gone are written down as gone, and stay in older parts until these are joined.
    Then nothing is left of them: what was freed is overwritten with zeros.
    """
    if not has_residue(session, office=office):
        return False
    begun = session.scalars(select(SearchResidue.entry_id).where(SearchResidue.begun).limit(1))
    pages = _PAGES
    if begun.first() is None:
        session.execute(update(SearchResidue).values(begun=True))
        pages = -_PAGES
    before = session.scalar(_CHANGES) or 0
    session.execute(_MERGE, {"pages": pages})
    if (session.scalar(_CHANGES) or 0) - before >= _NOTHING_LEFT:
        return True
    session.execute(delete(SearchResidue).where(SearchResidue.begun))
    return False
