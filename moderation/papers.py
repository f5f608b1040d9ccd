"""The sealed papers of a case: filed under a key, opened under it, newest of a kind first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.office import Office
from portal.models import Case, Paper, Seal, Submission
from portal.models.case import PaperKind
from portal.models.submission import SealHolder, SealTarget
from portal.vault import CannotOpen, decrypt, encrypt, new_key, new_uid, open_box, seal_box

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
    """The internal keys of several cases, in one statement: all that a list needs."""
    opened = _open(session, office, case_ids, (SealTarget.CASE_INTERNAL,))
    return {case_id: key for (case_id, _target), key in opened.items()}


def make_internal_key(session: Session, *, office: Office, case_id: int) -> bytes:
    """Give a case its internal key, sealed to the staff key only."""
    key = new_key()
    version = office.ring.version
    session.add(
        Seal(
            target=SealTarget.CASE_INTERNAL,
            target_id=case_id,
            holder=SealHolder.STAFF,
            holder_id=0,
            key_version=version,
            box=seal_box(office.ring.public[version], key, "case_internal", case_id),
        )
    )
    return key


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
    rows = session.execute(
        select(Paper.kind, Paper.uid, Paper.body)
        .where(Paper.case_id == case_id, Paper.kind.in_(list(kinds)))
        .order_by(Paper.id)
    )
    newest = {row.kind: (row.uid, row.body) for row in rows}
    return {
        kind: json.loads(decrypt(keys.internal, body, "paper", uid, "body"))
        for kind, (uid, body) in newest.items()
    }


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
    rows = session.execute(
        select(Seal.target, Seal.target_id, Seal.key_version, Seal.box).where(
            Seal.target.in_(list(targets)),
            Seal.target_id.in_(list(case_ids)),
            Seal.holder == SealHolder.STAFF,
        )
    )
    return {
        (row.target_id, row.target): open_box(
            office.ring.private[row.key_version], row.box, row.target.value, row.target_id
        )
        for row in rows
    }
