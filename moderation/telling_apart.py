"""What tells people of one name apart, and so tells of each of them: years of birth, and cells.

Design rule: a question reveals neither person's data. Whoever writes to a resident before it is
known who is meant asks for it, and never offers it to be chosen from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from moderation.register import in_force
from portal.models import Member, Membership, Organisation
from portal.text import fold


def told_apart(
    session: Session,
    *,
    members: Collection[UUID],
    words: Sequence[str],
    known: Sequence[str],
    today: date,
) -> Iterator[tuple[int, int]]:
    """Where folded words say a year of birth, or name a cell, of one of these members: from which
    word to which. What the writer has said is known and may be repeated. One statement.
    """
    for sign in _signs(session, members, today):
        if not any(_spans(known, sign)):
            yield from _spans(words, sign)


def _signs(session: Session, members: Collection[UUID], today: date) -> set[tuple[str, ...]]:
    """Years and cells, as folded words; a name of one word could be any word."""
    rows = session.execute(
        select(Member.birth_year, Organisation.short_name)
        .outerjoin(Membership, and_(Membership.member_id == Member.id, in_force(Membership, today)))
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Member.id.in_(members))
    )
    found = set[tuple[str, ...]]()
    for row in rows:
        cell = tuple(fold(row.short_name or "").removeprefix("chi bo ").split())
        found |= {(str(row.birth_year),)} | ({cell} if len(cell) > 1 else set())
    return found


def _spans(words: Sequence[str], sign: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where these words follow one another."""
    for start in range(len(words) - len(sign) + 1):
        if tuple(words[start : start + len(sign)]) == sign:
            yield start, start + len(sign)
