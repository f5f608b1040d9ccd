"""Writing a submission: case, words, seals and first event, in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert
from sqlalchemy.dialects import postgresql, sqlite

from portal.clock import local_date
from portal.db import Base, RowSession, dialect_of
from portal.ledger import RECEIVE, Step, sealed_row
from portal.models import Case, Event, Seal, Sequence, Submission
from portal.models.journal import Actor
from portal.models.submission import SealHolder, SealTarget, identity_of
from portal.prepared import Prepared
from portal.receiving.entry import Entry
from portal.recognising import newest_version
from portal.vault import Agreement, Code, Ring, encrypt, new_key
from portal.vocabulary import Status

_INSERT_CASE, _INSERT_SUBMISSION, _INSERT_SEALS, _INSERT_EVENT = (
    Prepared(insert(Base.metadata.tables[model.__tablename__]))
    for model in (Case, Submission, Seal, Event)
)
_SEQUENCE = Base.metadata.tables[Sequence.__tablename__]
_TAKE = {
    dialect: Prepared(
        make(_SEQUENCE)
        .values(name=bindparam("name"), value=1)
        .on_conflict_do_update(index_elements=["name"], set_={"value": _SEQUENCE.c.value + 1})
        .returning(_SEQUENCE.c.value)
    )
    for dialect, make in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


class Keys:
    """The fresh keys of one submission, made before the database is locked for it."""

    def __init__(self, ring: Ring) -> None:
        """Make them, and agree with staff on how they will be sealed."""
        self.own, self.case_public, self.version = new_key(), new_key(), ring.version
        staff = ring.public[self.version]
        self.for_own, self.for_case_public = Agreement(staff), Agreement(staff)


def store(
    session: RowSession,
    *,
    ring: Ring,
    keys: Keys,
    code: Code | None,
    lookup: bytes,
    entry: Entry,
    at: datetime,
    typed_by: int | None = None,
) -> tuple[int, bytes]:
    """Write case, submission, seals and first event; return the number given out and its key.

    Without a code, no seal is made for one. ``typed_by`` is who of the staff typed it.
    """
    number = identity_of(local_date(at).year, take_number(session, local_date(at).year))
    # Who changes the staff key waits for all who have a number: from here on it cannot pass us by.
    if newest_version(session, ring=ring) != keys.version:
        keys = Keys(ring)
    words = encrypt(keys.own, entry.words.to_bytes(), "submission", number, "words")
    sealed: dict[str, object] = {"lookup": lookup, "words": words}
    if typed_by is not None:
        sealed["typed_by_id"] = typed_by
    _INSERT_CASE.put(session, _case_row(number, entry, at))
    _INSERT_SUBMISSION.put(session, _submission_row(number, entry, at) | sealed)
    _INSERT_SEALS.put(session, *_seals(ring, code, number, keys))
    step = Step(
        case_id=number,
        submission_id=number,
        action=RECEIVE,
        to_status=Status.RECEIVED,
        actor=Actor.RESIDENT if typed_by is None else Actor.MODERATOR,
        account_id=typed_by,
        at=at,
        shown=True,
    )
    _INSERT_EVENT.put(session, sealed_row(step, public=keys.own))
    return number, keys.own


def take_number(session: RowSession, year: int) -> int:
    """The next number of the year, taken inside this transaction."""
    taken = _TAKE[dialect_of(session)]
    return int(taken.rows(session, name=f"submission-{year}")[0].value)


def _case_row(number: int, entry: Entry, at: datetime) -> dict[str, object]:
    """The case that a submission begins, alone in it at first."""
    return {
        "id": number,
        "status": Status.RECEIVED,
        "arrived_at": at,
        "kind": entry.kind,
        "sent_as": entry.kind,
        "unit_id": entry.unit_id,
        "fears_retaliation": entry.fears_retaliation,
        "possible_denunciation": entry.possible_denunciation,
    }


def _submission_row(number: int, entry: Entry, at: datetime) -> dict[str, object]:
    """What is kept readable of a submission."""
    return {
        "id": number,
        "case_id": number,
        "received_at": at,
        "channel": entry.channel,
        "kind": entry.kind,
        "context": entry.context,
        "how_known": entry.how_known,
        "post_level": entry.post_level,
        "unit_id": entry.unit_id,
        "fears_retaliation": entry.fears_retaliation,
        "suspicion": entry.suspicion,
    }


def _seals(ring: Ring, code: Code | None, number: int, keys: Keys) -> list[dict[str, object]]:
    """The four seals of a fresh submission: its own key and its case's public key."""
    boxes = [
        (
            SealTarget.SUBMISSION,
            SealHolder.STAFF,
            0,
            keys.for_own.seal(keys.own, "submission", number),
        ),
        (
            SealTarget.CASE_PUBLIC,
            SealHolder.STAFF,
            0,
            keys.for_case_public.seal(keys.case_public, "case_public", number),
        ),
        (
            SealTarget.CASE_PUBLIC,
            SealHolder.SUBMISSION,
            number,
            encrypt(keys.own, keys.case_public, "seal", number, "case_public"),
        ),
    ]
    if code is not None:
        box = encrypt(code.key(ring.pepper), keys.own, "seal", number, "code")
        boxes.append((SealTarget.SUBMISSION, SealHolder.CODE, 0, box))
    versions = {SealHolder.STAFF: keys.version, SealHolder.CODE: ring.pepper_version}
    return [
        {
            "target": target,
            "target_id": number,
            "holder": holder,
            "holder_id": holder_id,
            "key_version": versions.get(holder, 0),
            "box": box,
        }
        for target, holder, holder_id, box in boxes
    ]
