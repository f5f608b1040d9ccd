"""Which words are abuse in this installation: the built-in list, as administrators changed it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import AbuseWord
from portal.text import Lexicon


def read_lexicon(session: Session) -> Lexicon:
    """The words in force, in one statement."""
    rows = session.execute(select(AbuseWord.form, AbuseWord.masked)).all()
    return Lexicon(
        added=frozenset(row.form for row in rows if row.masked),
        kept=frozenset(row.form for row in rows if not row.masked),
    )
