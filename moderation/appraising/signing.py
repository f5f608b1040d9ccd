"""The signature of a cell, and what the level above does with it: a second person, never the same.

After confirmation nothing changes but by a dated correction, see ``correcting``.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.appraising.changing import check_version, write
from moderation.appraising.judging import Lacking, lacking, needs_answer
from moderation.appraising.listing import Listed, members_of, results_of
from moderation.appraising.recording import check_recording
from moderation.appraising.sealing import key_for, seal_reason
from moderation.appraising.standing import NoSuchReview, Work, tied_among
from moderation.office import Office
from moderation.register import accounts_at, today_of
from portal.models import ReviewResult
from portal.vocabulary import Deed, PartState, ReviewState, Role


class NotReady(Exception):
    """Results still lack something; ``waiting`` names of whom, and what."""

    def __init__(self, waiting: Iterable[tuple[Listed, Lacking]]) -> None:
        """Keep them."""
        super().__init__()
        self.waiting = tuple(waiting)


class NotSigned(Exception):
    """There is no signature to confirm or to send back."""


def sign(session: Session, *, office: Office, by: Person, work: Work, version: int) -> None:
    """Sign what a cell recorded of all its members.

    Raises NoSuchReview for whoever does not sign there, NotRecording, PartChanged, NotReady.
    """
    if not may_sign(session, office=office, work=work):
        raise NoSuchReview
    check_recording(work)
    check_version(work.part.version, version)
    listed = members_of(session, work=work, today=office.today)
    results = results_of(session, work=work)
    if still := waiting(listed, results):
        raise NotReady(still)
    work.part.state = PartState.SIGNED
    work.part.signed_at, work.part.signed_by_id = office.at, by.account_id
    session.flush()
    _write(session, office, by, work, Deed.REVIEW_SIGNED)


def confirm(session: Session, *, office: Office, by: Person, work: Work, version: int) -> None:
    """Confirm what a cell signed. Raises NoSuchReview, NotSigned, PartChanged."""
    _check_signed(session, office, by, work, version)
    work.part.state = PartState.CONFIRMED
    work.part.confirmed_at, work.part.confirmed_by_id = office.at, by.account_id
    session.flush()
    _write(session, office, by, work, Deed.REVIEW_CONFIRMED)


def send_back(
    session: Session, *, office: Office, by: Person, work: Work, reason: str, version: int
) -> None:
    """Let a cell record again, with a reason that it reads.

    Raises NoSuchReview, NotSigned, PartChanged; ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("a part is sent back with a reason")
    _check_signed(session, office, by, work, version)
    part = work.part
    seal_reason(key_for(session, office=office, part_id=part.id), part, reason.strip())
    part.state, part.sent_back_at, part.sent_back_by_id = (
        PartState.RECORDING,
        office.at,
        by.account_id,
    )
    part.signed_at, part.signed_by_id = None, None
    session.flush()
    _write(session, office, by, work, Deed.REVIEW_SENT_BACK)


def may_sign(session: Session, *, office: Office, work: Work) -> bool:
    """Whether somebody signs for a cell: its committee, or the level above where it has nobody.

    For a cell that has ended its heirs stand.
    """
    if work.place.at_cell:
        return True
    cells = today_of(session, organisation_id=work.cell.id, on=office.today)
    there = accounts_at(
        session,
        organisation_ids=[each.id for each in cells],
        role=Role.COMMITTEE,
        on=office.today,
    )
    return work.place.above and not there


def may_confirm(
    by: Person, *, office: Office, work: Work, results: dict[UUID, ReviewResult]
) -> bool:
    """Whether somebody may judge what a cell signed.

    They are of a level above, neither signed it nor recorded any of it, and no result that is more
    than continuing is their own or of somebody they are tied to.
    """
    did = {row.recorded_by_id for row in results.values()} | {work.part.signed_by_id}
    judged = [each for each, row in results.items() if needs_answer(row)]
    return (
        work.place.above
        and by.account_id not in did
        and not tied_among(by, office=office, member_ids=judged)
    )


def waiting(
    listed: Iterable[Listed], results: dict[UUID, ReviewResult]
) -> list[tuple[Listed, Lacking]]:
    """Of whom something is still lacking, and what."""
    pairs = [(member, lacking(results.get(member.member_id))) for member in listed]
    return [(member, what) for member, what in pairs if what is not None]


def _check_signed(session: Session, office: Office, by: Person, work: Work, version: int) -> None:
    """Raise unless somebody may judge a signature as they saw it."""
    results = results_of(session, work=work)
    if not may_confirm(by, office=office, work=work, results=results):
        raise NoSuchReview
    check_version(work.part.version, version)
    if work.part.state is not PartState.SIGNED or work.review.state is not ReviewState.OPEN:
        raise NotSigned


def _write(session: Session, office: Office, by: Person, work: Work, deed: Deed) -> None:
    """Write one deed down at the cell."""
    write(session, office=office, by=by, deed=deed, organisation_id=work.cell.id)
