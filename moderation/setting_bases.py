"""Keeping the legal bases: what the portal rests on, with dates, and who compared it with the text.

Design rule: no number of a regulation stands in the program. A basis that nobody has compared with
its text is marked so, and residents do not read it; changing one lets it wait to be compared again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.administering.scope import NotYours, looks_after_all
from moderation.journal import write_down
from moderation.office import Office
from portal.models import Account, LegalBasis, ScreeningReview
from portal.vocabulary import BasisUse, Deed


class NoSuchBasis(Exception):
    """There is none with this number."""


class BasisChanged(Exception):
    """Somebody changed it in the meantime."""


class EndsBeforeItBegins(Exception):
    """The last day on which it holds is before the first."""


class StillUsed(Exception):
    """A review rests on it: it can end, and not go."""


@dataclass(frozen=True)
class BasisFacts:
    """What is known of a document; ``effective_to`` is its last day, or nothing while it holds."""

    code: str
    title: str
    effective_from: date
    effective_to: date | None = None
    url: str = ""
    uses: tuple[BasisUse, ...] = ()


def keep_basis(
    session: Session,
    *,
    office: Office,
    by: Person,
    facts: BasisFacts,
    number: int | None = None,
    version: int = 0,
) -> LegalBasis:
    """Keep a document: a new one, or that of a number as it was at a version.

    What is written of it anew nobody has compared yet. Raises NotYours, NoSuchBasis, BasisChanged,
    EndsBeforeItBegins.
    """
    if not looks_after_all(session, by=by):
        raise NotYours
    if facts.effective_to is not None and facts.effective_to < facts.effective_from:
        raise EndsBeforeItBegins
    row = _new(session) if number is None else _at(session, number, version)
    for name, value in asdict(facts).items():
        setattr(row, name, [each.value for each in value] if name == "uses" else value)
    row.verified_on, row.verified_by_id = None, None
    row.changed_at, row.changed_by_id = office.at, by.account_id
    session.flush()
    _write(session, office, by)
    return row


def verify_basis(
    session: Session, *, office: Office, by: Person, number: int, version: int
) -> None:
    """Write down that somebody compared it with its text today.

    Raises NotYours, NoSuchBasis, BasisChanged.
    """
    if not looks_after_all(session, by=by):
        raise NotYours
    row = _at(session, number, version)
    row.verified_on, row.verified_by_id = office.today, by.account_id
    session.flush()
    _write(session, office, by)


def drop_basis(session: Session, *, office: Office, by: Person, number: int, version: int) -> None:
    """Take out a document on which no review rests. Raises NotYours, StillUsed and as above."""
    if not looks_after_all(session, by=by):
        raise NotYours
    row = _at(session, number, version)
    if session.scalar(
        select(func.count()).select_from(ScreeningReview).where(ScreeningReview.basis_id == number)
    ):
        raise StillUsed
    session.delete(row)
    session.flush()
    _write(session, office, by)


def find_basis(session: Session, *, number: int) -> LegalBasis:
    """The document with this number. Raises NoSuchBasis."""
    row = session.get(LegalBasis, number)
    if row is None:
        raise NoSuchBasis
    return row


def all_bases(session: Session) -> list[Row[LegalBasis, str | None, str | None]]:
    """Every document, the newest first, with who changed it last and who compared it."""
    changer, reader = aliased(Account), aliased(Account)
    return list(
        session.execute(
            select(LegalBasis, changer.name, reader.name)
            .outerjoin(changer, changer.id == LegalBasis.changed_by_id)
            .outerjoin(reader, reader.id == LegalBasis.verified_by_id)
            .order_by(LegalBasis.effective_from.desc(), LegalBasis.id.desc())
        )
    )


def bases_for(session: Session, *, use: BasisUse, on: date) -> list[LegalBasis]:
    """The documents that are printed for something and hold on a day, the oldest first.

    Those that nobody has compared are among them: whoever shows them marks them.
    """
    rows = session.scalars(
        select(LegalBasis)
        .where(
            LegalBasis.effective_from <= on,
            LegalBasis.effective_to.is_(None) | (LegalBasis.effective_to >= on),
        )
        .order_by(LegalBasis.effective_from, LegalBasis.id)
    )
    return [row for row in rows if use.value in row.uses]


def _new(session: Session) -> LegalBasis:
    """A row that is filled in next."""
    row = LegalBasis()
    session.add(row)
    return row


def _at(session: Session, number: int, version: int) -> LegalBasis:
    """The document, as somebody saw it. Raises NoSuchBasis, BasisChanged."""
    row = find_basis(session, number=number)
    if row.version != version:
        raise BasisChanged
    return row


def _write(session: Session, office: Office, by: Person) -> None:
    """Write down that the table was changed."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.BASES_SET,
        account_id=by.account_id,
    )
