"""In which cases a letter has been: most were never moved, and are read without asking this.

A letter that was merged into another case reads on there, from the step on with which it came. What
happened there before is not its own.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select

from portal.db import RowSession
from portal.models import Event, Seal, Stay
from portal.models.submission import SealHolder, SealTarget
from portal.prepared import Prepared
from portal.tracking.finding import Tracked
from portal.vault import CannotOpen, decrypt

_stay, _seal = (model.__table__.c for model in (Stay, Seal))
_KEYS = Prepared(
    select(_stay.case_id, _seal.box)
    .join_from(
        Stay.__table__,
        Seal.__table__,
        and_(
            _seal.target == SealTarget.CASE_PUBLIC,
            _seal.target_id == _stay.case_id,
            _seal.holder == SealHolder.SUBMISSION,
            _seal.holder_id == _stay.submission_id,
        ),
    )
    .where(_stay.submission_id == bindparam("submission"))
    .order_by(_stay.after_id)
)


def keys_of(session: RowSession, *, tracked: Tracked) -> dict[int, bytes]:
    """The public key of each case that a letter has been in, in their order.

    No statement for a letter that was never moved. A seal that is damaged is left out.
    """
    if tracked.moved_at is None:
        return {tracked.case_id: tracked.public_key}
    found: dict[int, bytes] = {}
    for row in _KEYS.rows(session, submission=tracked.submission_id):
        try:
            found[row.case_id] = decrypt(tracked.key, row.box, "seal", row.case_id, "case_public")
        except CannotOpen:
            continue
    return found


def own_events(tracked: Tracked) -> tuple[ColumnElement[bool], ...]:
    """That an event is of a case while the letter was in it, and concerns no other letter."""
    mine = or_(Event.submission_id.is_(None), Event.submission_id == tracked.submission_id)
    if tracked.moved_at is None:
        return Event.case_id == tracked.case_id, mine
    there = (
        exists()
        .where(
            Stay.submission_id == tracked.submission_id,
            Stay.case_id == Event.case_id,
            Stay.after_id < Event.id,
        )
        .correlate(Event)
    )
    return there, mine
