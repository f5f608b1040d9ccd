"""Receiving a submission: sealed as it arrives, written once, answered with a receipt.

The process that runs this can write the words and cannot read them back: only the code,
which it forgets with the request, or the staff key, which it does not have, opens them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.clock import local_date
from portal.ledger import Step, sealed_row
from portal.models import Case, Event, ResidentAct, Seal, Sequence, Submission
from portal.models.journal import Actor
from portal.models.submission import SealHolder, SealTarget, identity_of, reference_of
from portal.vault import (
    CannotOpen,
    Code,
    Ring,
    code_from_token,
    decrypt,
    encrypt,
    new_key,
    new_uid,
    seal_box,
)
from portal.vocabulary import ActKind, Channel, Context, HowKnown, Kind, PostLevel, Status
from portal.words import Words

#: How long the same form may ask for its receipt again (design rule).
RECEIPT_LASTS = timedelta(minutes=30)


class AlreadySent(Exception):
    """This form was sent before and its receipt is not given again."""


class OtherWords(Exception):
    """This form was sent before with other words: it takes a new form to send them."""


@dataclass(frozen=True)
class Entry:
    """A checked form: the words to seal and the few answers that are kept readable."""

    words: Words
    kind: Kind | None = None
    context: Context | None = None
    how_known: HowKnown | None = None
    post_level: PostLevel | None = None
    unit_id: int | None = None
    fears_retaliation: bool = False
    channel: Channel = Channel.WEB


@dataclass(frozen=True)
class Receipt:
    """What the writer gets to keep. The code exists here and nowhere else."""

    submission_id: int
    code: Code
    received_at: datetime

    @property
    def reference(self) -> str:
        """The number people quote; it is not a secret."""
        return reference_of(self.submission_id)


def receive(session: Session, *, ring: Ring, token: str, entry: Entry, at: datetime) -> Receipt:
    """Seal and store a submission and return its receipt.

    The same token with the same words gives the same receipt again, for 30 minutes and until
    the writer says that the code is saved. Raises AlreadySent after that, and OtherWords
    when the words differ. Never makes a second submission from one token.
    """
    code = code_from_token(token, ring.pepper)
    lookup = code.lookup(ring.pepper)
    found = session.execute(
        select(Submission.id, Submission.received_at, Submission.words).where(
            Submission.lookup == lookup
        )
    ).one_or_none()
    if found is not None:
        _check_repeat(session, ring=ring, code=code, found=found.tuple(), entry=entry, at=at)
        return Receipt(found.id, code, found.received_at)
    number = _store(session, ring=ring, code=code, lookup=lookup, entry=entry, at=at)
    return Receipt(number, code, at)


def confirm_saved(session: Session, *, submission_id: int, at: datetime) -> None:
    """Note that the writer has saved the code: the receipt is not given again."""
    session.execute(
        insert(ResidentAct).values(
            uid=new_uid(), submission_id=submission_id, kind=ActKind.SAVED, at=at, done_at=at
        )
    )


def submission_key(session: Session, *, ring: Ring, code: Code, submission_id: int) -> bytes:
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


def _check_repeat(
    session: Session,
    *,
    ring: Ring,
    code: Code,
    found: tuple[int, datetime, bytes],
    entry: Entry,
    at: datetime,
) -> None:
    """Raise unless the receipt of an earlier POST may be given again."""
    number, received_at, words = found
    key = submission_key(session, ring=ring, code=code, submission_id=number)
    if decrypt(key, words, "submission", number, "words") != entry.words.to_bytes():
        raise OtherWords
    saved = session.execute(
        select(ResidentAct.id).where(
            ResidentAct.submission_id == number, ResidentAct.kind == ActKind.SAVED
        )
    ).first()
    if saved or at - received_at > RECEIPT_LASTS:
        raise AlreadySent


def _store(
    session: Session, *, ring: Ring, code: Code, lookup: bytes, entry: Entry, at: datetime
) -> int:
    """Write case, submission, seals and first event; return the number given out."""
    number = identity_of(local_date(at).year, _next_number(session, local_date(at).year))
    key, public_key = new_key(), new_key()
    session.execute(
        insert(Case).values(
            id=number,
            status=Status.RECEIVED,
            arrived_at=at,
            kind=entry.kind,
            unit_id=entry.unit_id,
            fears_retaliation=entry.fears_retaliation,
        )
    )
    session.execute(
        insert(Submission).values(
            id=number,
            case_id=number,
            lookup=lookup,
            received_at=at,
            channel=entry.channel,
            kind=entry.kind,
            context=entry.context,
            how_known=entry.how_known,
            post_level=entry.post_level,
            unit_id=entry.unit_id,
            fears_retaliation=entry.fears_retaliation,
            words=encrypt(key, entry.words.to_bytes(), "submission", number, "words"),
        )
    )
    session.execute(insert(Seal), _seals(ring, code, number, key, public_key))
    step = Step(
        case_id=number,
        submission_id=number,
        action="receive",
        to_status=Status.RECEIVED,
        actor=Actor.RESIDENT,
        at=at,
        shown=True,
    )
    session.execute(insert(Event).values(sealed_row(step, public=key)))
    return number


def _seals(
    ring: Ring, code: Code, number: int, key: bytes, public_key: bytes
) -> list[dict[str, object]]:
    """The four seals of a fresh submission: its own key and its case's public key."""
    staff = ring.public[ring.version]
    boxes = (
        (SealTarget.SUBMISSION, SealHolder.STAFF, 0, seal_box(staff, key, "submission", number)),
        (
            SealTarget.SUBMISSION,
            SealHolder.CODE,
            0,
            encrypt(code.key(ring.pepper), key, "seal", number, "code"),
        ),
        (
            SealTarget.CASE_PUBLIC,
            SealHolder.STAFF,
            0,
            seal_box(staff, public_key, "case_public", number),
        ),
        (
            SealTarget.CASE_PUBLIC,
            SealHolder.SUBMISSION,
            number,
            encrypt(key, public_key, "seal", number, "case_public"),
        ),
    )
    versions = {SealHolder.STAFF: ring.version, SealHolder.CODE: ring.pepper_version}
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


def _next_number(session: Session, year: int) -> int:
    """The next number of the year, taken inside this transaction."""
    dialect = session.get_bind().dialect.name
    table = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = table(Sequence).values(name=f"submission-{year}", value=1)
    taken = statement.on_conflict_do_update(
        index_elements=["name"], set_={"value": Sequence.value + 1}
    ).returning(Sequence.value)
    return int(session.execute(taken).scalar_one())
