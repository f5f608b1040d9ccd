"""The sealed papers of a case: filed under a key, opened under it, newest of a kind first."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.staff_keys import make_staff_key
from portal.models import Case, Paper, Seal, Submission
from portal.models.case import PaperKind
from portal.models.submission import SealHolder, SealTarget
from portal.prepared import Prepared, numbered
from portal.vault import CannotOpen, decrypt, encrypt, new_uid, open_box

log = logging.getLogger(__name__)

Body = dict[str, Any]


@dataclass(frozen=True, repr=False)
class CaseKeys:
    """The two keys of a case, opened with the staff key."""

    public: bytes
    internal: bytes


def open_keys(session: Session, *, office: Office, case_id: int) -> CaseKeys:
    """Open both keys of a case in one statement. Raises CannotOpen."""
    found = _open(session, office, [case_id], (SealTarget.CASE_PUBLIC, SealTarget.CASE_INTERNAL))
    try:
        return CaseKeys(
            public=found[case_id, SealTarget.CASE_PUBLIC],
            internal=found[case_id, SealTarget.CASE_INTERNAL],
        )
    except KeyError as error:
        raise CannotOpen("a seal of the case is gone") from error


def open_internal_keys(
    session: Session, *, office: Office, case_ids: Iterable[int]
) -> dict[int, bytes]:
    """The internal keys of several cases, in one statement: all that a list needs.

    A key whose seal is gone or damaged is left out: one bad row must not empty a list.
    """
    wanted, found = list(case_ids), {}
    for row in _seals(session, wanted, (SealTarget.CASE_INTERNAL,)):
        try:
            found[row.target_id] = _key_in(office, row)
        except CannotOpen:
            continue
    return found


def make_internal_key(session: Session, *, office: Office, case_id: int) -> bytes:
    """Give a case its internal key, sealed to the staff key only."""
    return make_staff_key(session, office=office, target=SealTarget.CASE_INTERNAL, number=case_id)


def open_submission_key(session: Session, *, office: Office, submission_id: int) -> bytes:
    """The key of a submission's words, opened with the staff key. Raises CannotOpen."""
    row = session.execute(
        select(Seal.key_version, Seal.box).where(
            Seal.target == SealTarget.SUBMISSION,
            Seal.target_id == submission_id,
            Seal.holder == SealHolder.STAFF,
        )
    ).one_or_none()
    if row is None:
        raise CannotOpen("the seal of the submission is gone")
    return open_box(office.ring.private[row.key_version], row.box, "submission", submission_id)


def file_paper(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    kind: PaperKind,
    body: Body,
    account_id: int | None = None,
) -> None:
    """Seal a paper under the internal key and file it with the case."""
    uid = new_uid()
    plain = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    session.add(
        Paper(
            uid=uid,
            case_id=case.id,
            kind=kind,
            body=encrypt(keys.internal, plain, "paper", uid, "body"),
            at=office.at,
            account_id=account_id,
        )
    )


def read_papers(
    session: Session, *, keys: CaseKeys, case_id: int, kinds: Iterable[PaperKind]
) -> dict[PaperKind, Body]:
    """The newest paper of each kind, opened, in one statement."""
    newest = _newest(session, case_id, kinds)
    return {kind: _body(keys.internal, uid, body) for kind, (uid, body) in newest.items()}


def read_what_opens(
    session: Session, *, keys: CaseKeys, case_id: int, kinds: Iterable[PaperKind]
) -> tuple[dict[PaperKind, Body], bool]:
    """The same for a page, without what does not open, and whether there was such a paper.

    Only for reading: what decides something asks ``read_papers``, which fails instead.
    """
    found: dict[PaperKind, Body] = {}
    newest = _newest(session, case_id, kinds)
    for kind, (uid, body) in newest.items():
        try:
            found[kind] = _body(keys.internal, uid, body)
        except CannotOpen:
            tell_shut(case_id, f"paper {kind.value}")
    return found, len(found) < len(newest)


def read_readings(
    session: Session, *, office: Office, case_ids: Iterable[int], first: bool = False
) -> dict[int, Body]:
    """The masked words of several cases as they were filed last, in two statements; as they were
    filed ``first``, that is as they came, where that is asked for.

    Only for reading: what does not open is left out.
    """
    keys = open_internal_keys(session, office=office, case_ids=case_ids)
    rows = session.execute(
        select(Paper.case_id, Paper.uid, Paper.body)
        .where(Paper.case_id.in_(keys), Paper.kind == PaperKind.READING)
        .order_by(Paper.id.desc() if first else Paper.id)
    )
    found: dict[int, Body] = {}
    for row in rows:
        try:
            found[row.case_id] = _body(keys[row.case_id], row.uid, row.body)
        except CannotOpen:
            tell_shut(row.case_id, "the reading")
    return found


def forget_papers(session: Session, *, case_id: int, kind: PaperKind) -> None:
    """Delete the papers of one kind: only of what is looked up again, never of what was said."""
    session.execute(delete(Paper).where(Paper.case_id == case_id, Paper.kind == kind))


def tell_shut(case_id: int, what: str) -> None:
    """Log one line about something that does not open; never a word of what it holds."""
    log.error("case %s: %s does not open", case_id, what)


def read_paper(session: Session, *, keys: CaseKeys, case_id: int, kind: PaperKind) -> Body | None:
    """The newest paper of one kind, or nothing."""
    return read_papers(session, keys=keys, case_id=case_id, kinds=(kind,)).get(kind)


def submissions_of(session: Session, *, case_id: int) -> list[Submission]:
    """The submissions of a case that are still in it, oldest first."""
    return list(
        session.scalars(
            select(Submission)
            .where(Submission.case_id == case_id, Submission.state.is_(None))
            .order_by(Submission.id)
        )
    )


def _open(
    session: Session, office: Office, case_ids: Iterable[int], targets: Iterable[SealTarget]
) -> dict[tuple[int, SealTarget], bytes]:
    """Open these keys of these cases in one statement. Raises CannotOpen."""
    rows = _seals(session, case_ids, targets)
    return {(row.target_id, row.target): _key_in(office, row) for row in rows}


def _seals(session: Session, case_ids: Iterable[int], targets: Iterable[SealTarget]) -> list[Any]:
    """The staff's seals of these keys of these cases."""
    places = numbered("case", case_ids)
    kinds = numbered("target", targets)
    if not places:
        return []
    return _sealed(tuple(places), tuple(kinds)).rows(session, **places, **kinds)


@lru_cache(maxsize=128)
def _sealed(places: tuple[str, ...], kinds: tuple[str, ...]) -> Prepared:
    """The statement about so many cases, made ready."""
    return Prepared(
        select(Seal.target, Seal.target_id, Seal.key_version, Seal.box).where(
            Seal.target.in_([bindparam(name, type_=Seal.target.type) for name in kinds]),
            Seal.target_id.in_([bindparam(name, type_=Seal.target_id.type) for name in places]),
            Seal.holder == SealHolder.STAFF,
        )
    )


def _key_in(office: Office, seal: Any) -> bytes:
    """The key in a seal. Raises CannotOpen, for a key version that is gone as well."""
    private = office.ring.private.get(seal.key_version)
    if private is None:
        raise CannotOpen("no key of this version")
    return open_box(private, seal.box, seal.target.value, seal.target_id)


def _newest(
    session: Session, case_id: int, kinds: Iterable[PaperKind]
) -> dict[PaperKind, tuple[bytes, bytes]]:
    """The newest paper of each kind, as it lies."""
    rows = session.execute(
        select(Paper.kind, Paper.uid, Paper.body)
        .where(Paper.case_id == case_id, Paper.kind.in_(list(kinds)))
        .order_by(Paper.id)
    )
    return {row.kind: (row.uid, row.body) for row in rows}


def _body(internal: bytes, uid: bytes, body: bytes) -> Body:
    """A paper, opened. Raises CannotOpen."""
    found: Body = json.loads(decrypt(internal, body, "paper", uid, "body"))
    return found
