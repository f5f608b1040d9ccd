"""Writing an import: rows that lie ready go into the register in one short transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from moderation.access import committee_mark, member_mark
from moderation.excluding import add_marks
from moderation.importing.founding import write_organisations
from moderation.importing.outcomes import CELL, POST, STANDING
from moderation.importing.staging import CHANGED, MEMBER, NEW, SOURCE
from moderation.journal import write_down
from moderation.office import Office
from moderation.ties import grants_of
from portal.db import queue_for
from portal.models import (
    Case,
    Exclusion,
    ImportWrite,
    JournalEntry,
    Member,
    Membership,
    MemberSource,
    Post,
    RegisterImport,
    Standing,
)
from portal.models.register_import import ImportKind, ImportState, Verdict
from portal.vocabulary import Deed, Kind, PostTitle, Role
from portal.vocabulary.journal import OF_THE_REGISTER

_W = ImportWrite.__table__.c


#: Whoever sits on a committee, for whom cases about them are hidden from it.
_SEATS = [title for title in PostTitle if title.on_committee]


class Outdated(Exception):
    """The register was changed since the preview was made."""


def changed_since(session: Session, entry: int) -> bool:
    """Whether anything was entered into the register after an entry of the journal."""
    return bool(
        session.scalar(
            select(exists().where(JournalEntry.id > entry, JournalEntry.deed.in_(OF_THE_REGISTER)))
        )
    )


def write_all(
    session: Session, office: Office, import_id: int, organisations: Iterable[dict[str, Any]]
) -> None:
    """Write all of it: what lies ready, or these organisations.

    Raises Outdated where something has changed meanwhile, before the commit.
    """
    queue_for(session, b"register")
    row = session.scalars(
        select(RegisterImport).where(RegisterImport.id == import_id).with_for_update(key_share=True)
    ).one()
    if row.state is not ImportState.CONFIRMED or changed_since(session, row.seen_entry or 0):
        raise Outdated
    if row.kind is ImportKind.MEMBERS and not _is_whole(session, row):
        raise Outdated
    write_organisations(session, organisations)
    _write_members(session, import_id)
    _write_rows(session, import_id, office)
    _hide_from_committees(session, office, import_id)
    row.state, row.finished_at, row.taken_until = ImportState.DONE, office.at, None
    row.box = row.about = None
    session.flush()
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.REGISTER_IMPORTED,
        account_id=row.account_id,
        organisation_id=_place_of(session, office, row.account_id),
    )


def _is_whole(session: Session, row: RegisterImport) -> bool:
    """Whether exactly what the preview counted lies ready, whoever else prepared it meanwhile."""
    ready = _of(row.id, MEMBER + NEW) | _of(row.id, MEMBER + CHANGED)
    there = session.scalar(select(func.count()).select_from(ImportWrite).where(ready))
    return there == sum(row.tally.get(verdict, 0) for verdict in (Verdict.ADD, Verdict.CHANGE))


def _write_members(session: Session, import_id: int) -> None:
    """Write new members in the order of their numbers, which is that of the index; and count what
    was entered about the others, none of whom may have been changed since.
    """
    columns = ("id", "name", "folded", "given", "placed", "birth_year", "managed_by_id", "version")
    new: Select[Any] = select(
        _W.member_id,
        _W.name,
        _W.folded,
        _W.given,
        _W.placed,
        _W.birth_year,
        _W.managed_by_id,
        literal(1),
    )
    where = _of(import_id, MEMBER + NEW)
    session.execute(insert(Member).from_select(columns, new.where(where).order_by(_W.member_id)))
    changed = _of(import_id, MEMBER + CHANGED)
    there = session.scalar(select(func.count()).select_from(ImportWrite).where(changed))
    done = session.execute(
        update(Member)
        .where(Member.id == _W.member_id, Member.version == _W.version, changed)
        .values(
            name=_W.name,
            folded=_W.folded,
            given=_W.given,
            placed=_W.placed,
            birth_year=_W.birth_year,
            managed_by_id=_W.managed_by_id,
            version=Member.version + 1,
        )
        .execution_options(synchronize_session=False)
    ).rowcount  # type: ignore[attr-defined]
    if done != there:
        raise Outdated


def _write_rows(session: Session, import_id: int, office: Office) -> None:
    """Write cells, standings, posts and keys."""
    days = (_W.valid_from, _W.valid_to)
    cells = select(_W.member_id, _W.organisation_id, _W.term, *days)
    standings = select(_W.member_id, _W.term, *days)
    posts = select(_W.member_id, _W.organisation_id, _W.term, _W.words, *days)
    ends = ("valid_from", "valid_to")
    new: list[tuple[Any, str, tuple[str, ...], Select[Any]]] = [
        (Membership, CELL, ("member_id", "organisation_id", "kind", *ends), cells),
        (Standing, STANDING, ("member_id", "status", *ends), standings),
        (Post, POST, ("member_id", "organisation_id", "title", "words", *ends), posts),
        (MemberSource, SOURCE, ("mark", "member_id"), select(_W.mark, _W.member_id)),
    ]
    for model, target, columns, found in new:
        wanted = found.where(_of(import_id, target + NEW)).order_by(_W.member_id, _W.id)
        session.execute(insert(model).from_select(columns, wanted))
    for model, target, _columns, _found in new[:3]:
        session.execute(
            update(model)
            .where(model.id == _W.row_id, _of(import_id, target + CHANGED))
            .values(valid_from=_W.valid_from, valid_to=_W.valid_to)
            .execution_options(synchronize_session=False)
        )
    # An end that is told anew was entered today, also where another was entered before.
    moved = select(_W.row_id).where(_of(import_id, POST + CHANGED))
    session.execute(
        update(Post)
        .where(Post.valid_to.is_not(None), or_(Post.ended_on.is_(None), Post.id.in_(moved)))
        .where(Post.member_id.in_(select(_W.member_id).where(_W.import_id == import_id)))
        .values(ended_on=office.today)
        .execution_options(synchronize_session=False)
    )


def _hide_from_committees(session: Session, office: Office, import_id: int) -> None:
    """Hide cases about somebody from the committee on which they now sit. Praise stays open.

    Whom a case was hidden from before it stays hidden from: no mark is ever taken away here.
    """
    search = office.ring.search
    seats = session.execute(
        select(ImportWrite.member_id, ImportWrite.organisation_id).where(
            _of(import_id, POST + NEW), _W.version.is_not(None), _W.term.in_(_SEATS)
        )
    ).all()
    marks: dict[bytes, set[bytes]] = {}
    for seat in seats:
        of_committee = committee_mark(search, seat.organisation_id)
        marks.setdefault(member_mark(search, seat.member_id), set()).add(of_committee)
    hidden = session.execute(
        select(Exclusion.case_id, Exclusion.mark).where(Exclusion.mark.in_(marks))
    ).all()
    for found in hidden:
        case = session.get_one(Case, found.case_id)
        if case.kind is not Kind.PRAISE:
            add_marks(session, case=case, marks=marks[found.mark])


def _place_of(session: Session, office: Office, account_id: int) -> int | None:
    """Where somebody is registrar: the first place, at which it is written down."""
    grants = grants_of(session, account_id=account_id, on=office.today)
    return next((place for role, place, _kind in grants if role is Role.REGISTRAR), None)


def _of(import_id: int, target: str) -> ColumnElement[bool]:
    """The rows of one sort of an import."""
    return (_W.import_id == import_id) & (_W.target == target)
