"""Which files of a case somebody may have, each room by its own rule.

What a resident has taken back is in neither list, like the words. What was released to one
organisation is not there for another that gets the case later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import CaseKeys, tell_shut
from moderation.releases import is_hidden
from portal.models import Attachment, Case, FollowUp, Seal, Submission
from portal.models.submission import SealHolder, SealTarget
from portal.vault import CannotOpen, decrypt, open_box
from portal.vocabulary import ActionKind, FileKind, Status, SubmissionState

_COLUMNS = (
    *(Attachment.id, Attachment.uid, Attachment.submission_id, Attachment.kind, Attachment.size),
    *(Attachment.at, Attachment.lock, Attachment.name, Attachment.released_to),
)
#: What residents sent and did not take back, with the staff's seal of each submission's key.
_SENT = (
    select(*_COLUMNS, Seal.key_version, Seal.box)
    .join(Submission, Submission.id == Attachment.submission_id)
    .outerjoin(
        Seal,
        and_(
            Seal.target == SealTarget.SUBMISSION,
            Seal.target_id == Submission.id,
            Seal.holder == SealHolder.STAFF,
        ),
    )
    .where(or_(Submission.state.is_(None), Submission.state != SubmissionState.WITHDRAWN))
    .order_by(Attachment.id)
)
#: What committees keep with what they did.
_KEPT = (
    select(*_COLUMNS, FollowUp.kind.label("deed"), FollowUp.done_on)
    .join(FollowUp, FollowUp.id == Attachment.follow_up_id)
    .order_by(Attachment.id)
)


@dataclass(frozen=True, repr=False)
class CaseFile:
    """One file as a page lists it. ``name`` is what its sender calls it, masked, or nothing.

    ``key`` is the file's own key; there is none where its seal does not open.
    """

    id: int
    uid: bytes
    number: int
    kind: FileKind
    size: int
    at: datetime
    name: str
    key: bytes | None
    submission_id: int | None
    released_to: int | None
    deed: ActionKind | None = None
    done_on: date | None = None


def files_for_desk(
    session: Session, *, office: Office, keys: CaseKeys, case: Case
) -> tuple[CaseFile, ...]:
    """All files of a case, the residents' first, in two statements."""
    sent = session.execute(_SENT.where(Submission.case_id == case.id)).all()
    kept = session.execute(_KEPT.where(Attachment.case_id == case.id)).all()
    return _listed(office, keys, sent, kept, named=True)


def files_for_committee(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, reviews: bool = False
) -> tuple[CaseFile, ...]:
    """What was released to the organisation that handles a case, without a word of its sender,
    and what that organisation keeps; in two statements. Whoever ``reviews`` it has that, too, and
    what was released to them.
    """
    handler = case.handler_id
    released = and_(Submission.case_id == case.id, _released(case, reviews=reviews))
    sent = session.execute(_SENT.where(released)).all()
    own = and_(Attachment.case_id == case.id, FollowUp.organisation_id == handler)
    kept = session.execute(_KEPT.where(own)).all()
    return _listed(office, keys, sent, kept, named=False)


def reader_of(case: Case) -> int | None:
    """To whom a file is released now: who handles the case, or who decides on it once more."""
    return case.decider_id if case.status is Status.REVIEW else case.handler_id


def _released(case: Case, *, reviews: bool) -> ColumnElement[bool]:
    """That a file may be had by who handles the case now; nothing may while the writer has gone."""
    if is_hidden(case) or case.handler_id is None:
        return Attachment.id.is_(None)
    places = {case.handler_id, reader_of(case)} if reviews else {case.handler_id}
    return Attachment.released_to.in_(places - {None})


def _listed(
    office: Office, keys: CaseKeys, sent: Iterable[Any], kept: Iterable[Any], *, named: bool
) -> tuple[CaseFile, ...]:
    """The rows as files, numbered. The words of a resident's name are for the desk only."""
    rows = [(row, _own_key(row, _submission_key(office, row)), named) for row in sent]
    rows += [(row, _own_key(row, keys.internal), True) for row in kept]
    return tuple(
        CaseFile(
            id=row.id,
            uid=row.uid,
            number=number,
            kind=row.kind,
            size=row.size,
            at=row.at,
            name=_name(office, row, key) if shown else "",
            key=key,
            submission_id=row.submission_id,
            released_to=row.released_to,
            deed=getattr(row, "deed", None),
            done_on=getattr(row, "done_on", None),
        )
        for number, (row, key, shown) in enumerate(rows, start=1)
    )


def _submission_key(office: Office, row: Any) -> bytes | None:
    """The key of the submission that a file came with, or nothing when its seal does not open."""
    if row.box is None:
        return None
    try:
        return open_box(
            office.ring.private[row.key_version], row.box, "submission", row.submission_id
        )
    except (KeyError, CannotOpen):
        return None


def _own_key(row: Any, owner: bytes | None) -> bytes | None:
    """The key of a file. A row that nobody with the code has written has none that opens."""
    try:
        return decrypt(owner, row.lock, "attachment", row.uid, "lock") if owner else None
    except CannotOpen:
        tell_shut(row.id, "the key of a file")
        return None


def _name(office: Office, row: Any, key: bytes | None) -> str:
    """What a file is called, masked as readers need it."""
    try:
        plain = decrypt(key, row.name, "attachment", row.uid, "name") if key else b""
    except CannotOpen:
        return ""
    return office.for_readers(plain.decode()).text
