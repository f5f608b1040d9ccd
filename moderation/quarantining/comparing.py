"""Comparing a text with those before it, by signatures that tell nothing of its words.

A signature is made of the least keyed hashes of the text's five-letter pieces. Two texts that
share most of their pieces share most of their signature, and are found by one look-up, however
many there are: nothing is compared with everything.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.pieces import BANDS, keyed_hash, least_pieces
from portal.models import Case, Likeness
from portal.text import fold
from portal.vault import mark
from portal.vocabulary import Status
from portal.words import Words

#: With seven bands of sixteen, two thirds of the pieces are common (design rule).
SHARED = 7
#: How long a text can still have copies.
LASTS = timedelta(days=30)

Signature = tuple[bytes, ...]


def signature_of(words: Words, *, search: bytes, desk_id: int) -> Signature:
    """The signature of a text at a desk, about one person as the writer names them.

    Diacritics, case and spaces do not count. The same words about somebody else, or sent to
    another desk, have nothing in common with it: a decision on copies is never one on others.
    """
    key = mark(search, "likeness")
    least = least_pieces(fold(words.what), key)
    subject = fold(words.about)
    return tuple(
        keyed_hash(key, f"{desk_id}|{subject}|{band}|{least[band * 2]}|{least[band * 2 + 1]}", 16)
        for band in range(BANDS)
    )


def first_alike(session: Session, *, signature: Signature) -> int | None:
    """The case on the desk that a text is a copy of, in one statement; none if there is none."""
    return session.scalars(
        select(Likeness.case_id)
        .join(Case, Case.id == Likeness.case_id)
        .where(Likeness.value.in_(signature), Case.status != Status.WITHDRAWN)
        .group_by(Likeness.case_id)
        .having(func.count() >= SHARED)
        .order_by(Likeness.case_id)
        .limit(1)
    ).first()


def remember(session: Session, *, office: Office, case_id: int, signature: Signature) -> None:
    """Write down the signature of a text that is like none before it."""
    rows = [
        {"case_id": case_id, "band": band, "value": value, "on": office.today}
        for band, value in enumerate(signature)
    ]
    session.execute(insert(Likeness), rows)


def forget_signatures(session: Session, *, today: date) -> None:
    """Forget the signatures whose time is over."""
    session.execute(delete(Likeness).where(Likeness.on < today - LASTS))
