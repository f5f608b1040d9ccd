"""Receiving once: the same form never makes a second submission."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select

from portal import identity
from portal.db import RowSession
from portal.identity import Roster
from portal.models import ResidentAct, Seal, Submission
from portal.models.submission import SealHolder, SealTarget
from portal.prepared import Prepared
from portal.receiving.entry import Entry, Receipt
from portal.receiving.storing import Keys, store
from portal.vault import CannotOpen, Code, Ring, code_from_token, decrypt, new_uid
from portal.vocabulary import ActKind

#: How long the same form may ask for its receipt again (design rule).
RECEIPT_LASTS = timedelta(minutes=30)
#: The answers that are kept readable beside the sealed words.
_READABLE = ("kind", "context", "how_known", "post_level", "unit_id", "fears_retaliation")


_submission = Submission.__table__.c
_FIND = Prepared(
    select(
        _submission.id,
        _submission.received_at,
        _submission.words,
        *(_submission[name] for name in _READABLE),
    ).where(_submission.lookup == bindparam("lookup"))
)


class AlreadySent(Exception):
    """This form was sent before and its receipt is not given again."""


class OtherWords(Exception):
    """This form was sent before with other answers: it takes a new form to send them."""


class NeverSent(Exception):
    """No submission was made from this form."""


def receive(
    session: RowSession,
    *,
    ring: Ring,
    token: str,
    entry: Entry,
    at: datetime,
    roster: Roster | None = None,
) -> Receipt:
    """Seal and store a submission and return its receipt.

    The same token with the same answers gives the same receipt again, for 30 minutes and until
    the writer says that the code is saved. Raises AlreadySent after that, and OtherWords
    when an answer differs. Never makes a second submission from one token. Who wrote is sealed to
    the ``roster``; raises IdentityNotTaken where that cannot be done.
    """
    code = code_from_token(token, ring.pepper)
    lookup, keys = code.lookup(ring.pepper), Keys(ring)
    found = _find(session, lookup)
    if found is not None:
        if not _says_the_same(session, ring=ring, code=code, found=found, entry=entry):
            raise OtherWords
        again = _again(session, code=code, found=found, at=at)
        return replace(again, possible_denunciation=entry.possible_denunciation)
    number, own = store(session, ring=ring, keys=keys, code=code, lookup=lookup, entry=entry, at=at)
    identity.keep(
        session,
        ring=ring,
        roster=roster,
        code=code,
        number=number,
        own=own,
        particulars=entry.particulars,
        notify=entry.notify,
    )
    return Receipt(number, code, at, entry.fears_retaliation, entry.possible_denunciation)


def repeat(session: RowSession, *, ring: Ring, token: str, at: datetime) -> Receipt:
    """The receipt of a form that was sent, once more, by the rules of ``receive``.

    Raises NeverSent and AlreadySent.
    """
    code = code_from_token(token, ring.pepper)
    found = _find(session, code.lookup(ring.pepper))
    if found is None:
        raise NeverSent
    return _again(session, code=code, found=found, at=at)


def confirm_saved(session: RowSession, *, submission_id: int, at: datetime) -> None:
    """Note that the writer has saved the code: the receipt is not given again."""
    session.execute(
        insert(ResidentAct).values(
            uid=new_uid(), submission_id=submission_id, kind=ActKind.SAVED, at=at, done_at=at
        )
    )


def submission_key(session: RowSession, *, ring: Ring, code: Code, submission_id: int) -> bytes:
    """The submission key, opened with the code. Raises CannotOpen."""
    box = session.execute(
        select(Seal.box).where(
            Seal.target == SealTarget.SUBMISSION,
            Seal.target_id == submission_id,
            Seal.holder == SealHolder.CODE,
        )
    ).scalar_one_or_none()
    if box is None:
        raise CannotOpen("the seal for the code is gone")
    return decrypt(code.key(ring.pepper), box, "seal", submission_id, "code")


def _find(session: RowSession, lookup: bytes) -> Any:
    """What lies under a lookup id, less the keys."""
    return next(iter(_FIND.rows(session, lookup=lookup)), None)


def _says_the_same(
    session: RowSession, *, ring: Ring, code: Code, found: Any, entry: Entry
) -> bool:
    """Whether an earlier POST brought the very same answers."""
    if any(getattr(found, name) != getattr(entry, name) for name in _READABLE):
        return False
    key = submission_key(session, ring=ring, code=code, submission_id=found.id)
    if decrypt(key, found.words, "submission", found.id, "words") != entry.words.to_bytes():
        return False
    return identity.same(
        session,
        ring=ring,
        code=code,
        number=found.id,
        particulars=entry.particulars,
        notify=entry.notify,
    )


def _again(session: RowSession, *, code: Code, found: Any, at: datetime) -> Receipt:
    """The receipt of an earlier POST; raises AlreadySent when its time is over."""
    saved = session.execute(
        select(ResidentAct.id).where(
            ResidentAct.submission_id == found.id, ResidentAct.kind == ActKind.SAVED
        )
    ).first()
    if saved or at - found.received_at > RECEIPT_LASTS:
        raise AlreadySent
    return Receipt(found.id, code, found.received_at, found.fears_retaliation)
