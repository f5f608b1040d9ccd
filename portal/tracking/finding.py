"""Finding a submission by its code. What is not found and what does not open look alike."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, select

from portal.db import RowSession
from portal.models import Case, CodeExchange, ResidentAct, Seal, Submission
from portal.models.submission import SealHolder, SealTarget, reference_of
from portal.prepared import Prepared
from portal.vault import CannotOpen, Code, Ring, decrypt
from portal.vocabulary import ActKind, Kind, Rating, Status, SubmissionState
from portal.words import Words

_FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


class Tracked(NamedTuple):
    """One submission, opened by its code for the length of one request."""

    submission_id: int
    case_id: int
    status: Status
    state: SubmissionState | None
    rating: Rating | None
    received_at: datetime
    extended: bool
    fears_retaliation: bool
    #: Whether the writer ever came back to do something.
    acted: bool
    key: bytes
    public_key: bytes
    #: When its words first went into another case; empty for most.
    moved_at: datetime | None = None
    #: When it was parted into two matters; and whether this is the part that went.
    divided_at: datetime | None = None
    is_part: bool = False
    #: Whether its writer named somebody outstanding; whatever it is read as, the page speaks so.
    nominates: bool = False

    def __repr__(self) -> str:
        """Hide the keys from logs and tracebacks."""
        return f"Tracked({self.reference})"

    @property
    def reference(self) -> str:
        """The number people quote."""
        return reference_of(self.submission_id)


# The statement brings the two seals along: each statement more costs as much as opening both.
_submission, _case, _act = (model.__table__.c for model in (Submission, Case, ResidentAct))
#: The seal of a submission's own key, as it is opened by whoever looks for it.
own_seal = Seal.__table__.alias("own")
_case_seal = Seal.__table__.alias("of_case")
_exchange = CodeExchange.__table__


def found_by(boxes: Any, belongs: ColumnElement[bool], wanted: ColumnElement[bool]) -> Prepared:
    """The statement that finds a submission, with the box of its own key."""
    return Prepared(
        select(
            _submission.id,
            _submission.case_id,
            _case.status,
            _submission.state,
            _submission.rating,
            _submission.received_at,
            _case.extended,
            _submission.fears_retaliation,
            _submission.kind,
            _submission.moved_at,
            _submission.divided_at,
            boxes.c.box.label("own_box"),
            _case_seal.c.box.label("case_box"),
            exists().where(_act.submission_id == _submission.id).label("acted"),
        )
        .join_from(Submission.__table__, Case.__table__, _case.id == _submission.case_id)
        .join(boxes, belongs)
        .join(
            _case_seal,
            (_case_seal.c.target == SealTarget.CASE_PUBLIC)
            & (_case_seal.c.target_id == _submission.case_id)
            & (_case_seal.c.holder == SealHolder.SUBMISSION)
            & (_case_seal.c.holder_id == _submission.id),
        )
        .where(wanted)
    )


_FIND = found_by(
    own_seal,
    (own_seal.c.target == SealTarget.SUBMISSION)
    & (own_seal.c.target_id == _submission.id)
    & (own_seal.c.holder == SealHolder.CODE),
    _submission.lookup == bindparam("lookup"),
)
#: The same by a code that was exchanged seconds ago, which the worker has not moved yet.
_FIND_EXCHANGED = found_by(
    _exchange,
    _exchange.c.submission_id == _submission.id,
    _exchange.c.lookup == bindparam("lookup"),
)


def find(session: RowSession, *, ring: Ring, code: Code) -> Tracked | None:
    """The submission that ``code`` opens, or nothing.

    One statement for a code that opens something, two for one that was exchanged just now.
    """
    for wanted, pepper in product((_FIND, _FIND_EXCHANGED), ring.peppers.values()):
        for row in wanted.rows(session, lookup=code.lookup(pepper)):
            found = opened(row, code.key(pepper), "code")
            if found is not None:
                return found
    return None


def opened(row: Any, by: bytes, holder: str, *, is_part: bool = False) -> Tracked | None:
    """The submission of a row, its seals opened by the key that ``holder`` names; nothing where
    one of them does not open.
    """
    try:
        key = decrypt(by, row.own_box, "seal", row.id, holder)
        public_key = decrypt(key, row.case_box, "seal", row.case_id, "case_public")
    except CannotOpen:
        return None
    return Tracked(
        submission_id=row.id,
        case_id=row.case_id,
        status=row.status,
        state=row.state,
        rating=row.rating,
        received_at=row.received_at,
        extended=row.extended,
        fears_retaliation=row.fears_retaliation,
        moved_at=row.moved_at,
        divided_at=row.divided_at,
        acted=row.acted,
        key=key,
        public_key=public_key,
        is_part=is_part,
        nominates=row.kind is Kind.NOMINATION,
    )


def shown_until(session: RowSession, *, tracked: Tracked) -> datetime:
    """Until when the writer reads what becomes of the case: for ever, or until taking it back.

    A submission that was withdrawn has left its case, even when the case goes on without it.
    """
    if tracked.state is not SubmissionState.WITHDRAWN:
        return _FOR_EVER
    left = session.execute(
        select(_act.done_at).where(
            _act.submission_id == tracked.submission_id,
            _act.kind == ActKind.WITHDRAW,
            _act.refused.is_(None),
        )
    ).scalar()
    return left or tracked.received_at


def own_words(session: RowSession, *, tracked: Tracked) -> Words:
    """The writer's own words, as written."""
    box = session.execute(
        select(Submission.words).where(Submission.id == tracked.submission_id)
    ).scalar_one()
    plain = decrypt(tracked.key, box, "submission", tracked.submission_id, "words")
    return Words.from_bytes(plain)
