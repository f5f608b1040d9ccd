"""Entering what came by telephone, in person or on paper, and the slip that its writer takes home.

The words are sealed as a resident's are, and never kept in any other form. Whoever typed them is
hidden from the case from the first moment on: they screen nothing of it and see nothing of it. The
code on the slip opens nothing but its exchange for one that nobody of the staff has seen.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import journal
from moderation.access import Person
from moderation.office import Office
from moderation.register import accounts_at
from portal import identity
from portal.files.attaching import attach
from portal.files.taking import Sealed
from portal.identity import Roster
from portal.models import Case, Slip, Submission
from portal.receiving import RECEIPT_LASTS, AlreadySent, Entry, NeverSent, OtherWords, Receipt
from portal.receiving.storing import Keys, store
from portal.tracking import Tracked
from portal.vault import CannotOpen, Code, code_from_token, decrypt, encrypt
from portal.vocabulary import Channel, Deed, Role
from portal.words import Words

#: By which ways words come that staff type.
TYPED = (Channel.TELEPHONE, Channel.IN_PERSON, Channel.PAPER, Channel.BOX)


@dataclass(frozen=True, repr=False)
class Typed:
    """What somebody typed some minutes ago, as long as its slip is in their hands."""

    receipt: Receipt
    case_id: int
    key: bytes


class NoWitness(Exception):
    """A letter box is opened by two people, and the second is not named."""


def enter(
    session: Session,
    *,
    office: Office,
    by: Person,
    token: str,
    entry: Entry,
    roster: Roster | None,
    witness_id: int | None = None,
) -> Typed:
    """Seal and store what somebody told or wrote; its receipt holds the code for the slip.

    The same token with the same words gives the same receipt until the slip is handed over, for 30
    minutes. Raises NoWitness for a letter box without a second person, OtherWords, AlreadySent, and
    IdentityNotTaken where who wrote cannot be sealed.
    """
    if entry.channel is Channel.BOX and witness_id in {None, by.account_id}:
        raise NoWitness
    try:
        found = reopen(session, office=office, by=by, token=token)
    except NeverSent:
        return _enter_new(session, office, by, token, entry, roster, witness_id)
    if _words(session, found) != entry.words:
        raise OtherWords
    again = replace(found.receipt, possible_denunciation=entry.possible_denunciation)
    return replace(found, receipt=again)


def colleagues(session: Session, *, office: Office, by: Person) -> list[tuple[int, str]]:
    """With whom a letter box of these desks may have been opened: their other moderators."""
    found = accounts_at(
        session,
        organisation_ids=by.organisations(Role.MODERATOR),
        role=Role.MODERATOR,
        on=office.today,
    )
    return [(each.id, each.name) for each in found if each.id != by.account_id]


def reopen(session: Session, *, office: Office, by: Person, token: str) -> Typed:
    """What this form has entered, for whoever typed it, until the slip was handed over.

    Raises NeverSent, and AlreadySent once it is over.
    """
    code = code_from_token(token, office.ring.pepper)
    row = session.execute(
        select(Slip, Submission)
        .join(Submission, Submission.id == Slip.submission_id)
        .where(Slip.lookup == code.lookup(office.ring.pepper))
    ).one_or_none()
    if row is None:
        raise NeverSent
    slip, submission = row
    late = office.at - submission.received_at > RECEIPT_LASTS
    if late or slip.given_at or slip.box is None or submission.typed_by_id != by.account_id:
        raise AlreadySent
    return Typed(
        Receipt(submission.id, code, submission.received_at, submission.fears_retaliation),
        submission.case_id,
        _open(office, code, slip),
    )


def hand_over(session: Session, *, office: Office, by: Person, token: str) -> None:
    """Note that the writer has the slip: it is not shown again. Raises NeverSent, AlreadySent."""
    found = reopen(session, office=office, by=by, token=token)
    session.get_one(Slip, found.receipt.submission_id).given_at = office.at


def tracked_of(session: Session, *, number: int, key: bytes) -> Tracked:
    """What stands on a slip, opened with its key; it opens no answer."""
    submission = session.get_one(Submission, number)
    case = session.get_one(Case, submission.case_id)
    return Tracked(
        submission_id=number,
        case_id=case.id,
        status=case.status,
        state=submission.state,
        rating=submission.rating,
        received_at=submission.received_at,
        extended=case.extended,
        fears_retaliation=submission.fears_retaliation,
        acted=True,
        key=key,
        public_key=b"",
        moved_at=submission.moved_at,
    )


def attach_scan(session: Session, *, office: Office, found: Typed, sealed: Sealed) -> None:
    """Give what was typed a picture of its paper. Raises CannotAct, TooMany and Twice."""
    tracked = tracked_of(session, number=found.receipt.submission_id, key=found.key)
    attach(session, tracked=tracked, sealed=sealed, at=office.at)


def _enter_new(
    session: Session,
    office: Office,
    by: Person,
    token: str,
    entry: Entry,
    roster: Roster | None,
    witness_id: int | None,
) -> Typed:
    """Store it with a slip in place of a code, who wrote beside it, and write down who typed."""
    ring = office.ring
    code, keys = code_from_token(token, ring.pepper), Keys(ring)
    number, own = store(
        session,
        ring=ring,
        keys=keys,
        code=None,
        # No code leads to it until one was exchanged.
        lookup=secrets.token_bytes(32),
        entry=entry,
        at=office.at,
        typed_by=by.account_id,
    )
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
    session.add(_slip(office, code, number, own))
    session.flush()
    _write_down(session, office, by, session.get_one(Case, number), witness_id)
    grave = entry.possible_denunciation
    receipt = Receipt(number, code, office.at, entry.fears_retaliation, grave)
    return Typed(receipt, number, own)


def _slip(office: Office, code: Code, number: int, own: bytes) -> Slip:
    """The code in the place where codes lie that staff know."""
    ring = office.ring
    return Slip(
        submission_id=number,
        lookup=code.lookup(ring.pepper),
        box=encrypt(code.key(ring.pepper), own, "seal", number, "code"),
        key_version=ring.pepper_version,
        at=office.at,
    )


def _write_down(
    session: Session, office: Office, by: Person, case: Case, witness_id: int | None
) -> None:
    """Who typed it, and with whom a letter box was opened."""
    journal.write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.TYPED,
        account_id=by.account_id,
        case=case,
    )
    if witness_id is not None:
        journal.write_about(
            session,
            search=office.ring.search,
            at=office.at,
            deed=Deed.BOX_OPENED,
            subject_id=witness_id,
            by_id=by.account_id,
        )


def _open(office: Office, code: Code, slip: Slip) -> bytes:
    """The key of what was typed. Raises NeverSent where the slip does not open."""
    try:
        key = code.key(office.ring.pepper)
        return decrypt(key, slip.box or b"", "seal", slip.submission_id, "code")
    except CannotOpen:
        raise NeverSent from None


def _words(session: Session, found: Typed) -> Words:
    """What was typed, as it lies sealed."""
    number = found.receipt.submission_id
    box = session.scalars(select(Submission.words).where(Submission.id == number)).one()
    return Words.from_bytes(decrypt(found.key, box, "submission", number, "words"))
