"""Setting which words are masked as abuse: adding forms, keeping others, taking either back.

What was masked when a letter arrived stays as it is; a new list holds for what is read afterwards.
"""

from __future__ import annotations

import re

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.scope import NotYours, looks_after_all
from moderation.journal import write_down
from moderation.office import Office
from moderation.setting import keep_settings
from portal.models import AbuseWord
from portal.text import fold, one_line
from portal.vocabulary import Deed

#: Letters enough to be a word, and no more than a phrase.
LEAST, MOST = 2, 40
#: One syllable without marks that Vietnamese could have stands for many ordinary words: "cac" is
#: written for "các" as well, and nobody who types without marks must be hidden (design rule).
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)


class NotAWord(Exception):
    """It is too short, too long, or holds no letter."""


class LooksOrdinary(Exception):
    """Typed without marks it stands for ordinary words, too."""


def set_word(
    session: Session, *, office: Office, by: Person, form: str, masked: bool
) -> AbuseWord | None:
    """Mask a form beside the built-in ones or, not ``masked``, never mask it; nothing where that is
    so already.

    Raises NotYours for whoever does not look after the whole portal, NotAWord, LooksOrdinary.
    """
    if not looks_after_all(session, by=by):
        raise NotYours
    word = one_line(form).lower()
    if not LEAST <= len(word) <= MOST or not any(map(str.isalpha, word)):
        raise NotAWord
    if masked and fold(word) == word and _SYLLABLE.fullmatch(word):
        raise LooksOrdinary
    known = session.get(AbuseWord, word)
    if known is not None and known.masked is masked:
        return None
    row = AbuseWord(form=word, masked=masked)
    keep_settings(session, office=office, by=by, rows=[row])
    _write(session, office, by)
    return row


def forget_word(session: Session, *, office: Office, by: Person, form: str) -> bool:
    """Take back what was set for a form, so that the built-in list holds for it; whether something
    was. Raises NotYours.
    """
    if not looks_after_all(session, by=by):
        raise NotYours
    gone = session.execute(delete(AbuseWord).where(AbuseWord.form == form)).rowcount  # type: ignore[attr-defined]
    if gone:
        _write(session, office, by)
    return bool(gone)


def words_set(session: Session) -> list[AbuseWord]:
    """What administrators have set, in the order of the letters."""
    return sorted(session.scalars(select(AbuseWord)), key=lambda row: (fold(row.form), row.form))


def _write(session: Session, office: Office, by: Person) -> None:
    """Write down that the list was changed."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.WORDS_SET,
        account_id=by.account_id,
    )
