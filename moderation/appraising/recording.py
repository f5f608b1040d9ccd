"""Recording what a review comes to for one member, or for many who continue.

Nobody records what concerns themselves or somebody they are tied to, and no cell what concerns its
own secretary: a level above does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.appraising.changing import check_version, write
from moderation.appraising.fitting import (
    NotRecorded,
    Recorded,
    check_answer,
    check_days,
    check_said,
)
from moderation.appraising.judging import column_of
from moderation.appraising.listing import Listed, members_of, results_of
from moderation.appraising.sealing import key_for, seal_texts
from moderation.appraising.standing import NoSuchReview, Work, is_tied
from moderation.office import Office
from portal.models import ReviewResult
from portal.vault import new_uid
from portal.vocabulary import (
    Deed,
    PartState,
    ReviewOutcome,
    ReviewState,
    ScreeningGroup,
)


class NotRecording(Exception):
    """The cell has signed, or the review is not open."""


def record(
    session: Session,
    *,
    office: Office,
    by: Person,
    work: Work,
    member_id: UUID,
    recorded: Recorded,
    version: int = 0,
) -> ReviewResult:
    """Record what a member's result is so far; ``version`` is that of the result, 0 before it.

    It may still lack something: that is asked for before the signature. Raises NoSuchReview for
    whoever may not, NotRecording, PartChanged, and NotRecorded for what does not fit.
    """
    listed = members_of(session, work=work, today=office.today)
    member = find_listed(listed, by=by, office=office, work=work, member_id=member_id)
    check_recording(work)
    row = results_of(session, work=work).get(member.member_id)
    check_version(row.version if row else 0, version)
    row = row or _new(session, work, member.member_id)
    put(session, office=office, by=by, work=work, row=row, recorded=recorded, listed=listed)
    _write(session, office, by, work)
    return row


def record_rest(
    session: Session, *, office: Office, by: Person, work: Work, member_ids: Collection[UUID]
) -> int:
    """Record of each of these members that they were reviewed and continue; return of how many.

    Whoever has a result already keeps it; whom somebody may not record, and whoever has left since,
    is left out. Raises NotRecording.
    """
    check_recording(work)
    there = results_of(session, work=work)
    done = 0
    for member in members_of(session, work=work, today=office.today):
        wanted = member.member_id in member_ids and member.member_id not in there
        if wanted and not member.left and may_record(by, office=office, work=work, member=member):
            row = _new(session, work, member.member_id)
            _fill(row, Recorded(reviewed=True, outcome=ReviewOutcome.CONTINUE))
            row.recorded_at, row.recorded_by_id = office.at, by.account_id
            done += 1
    session.flush()
    if done:
        _write(session, office, by, work)
    return done


def may_record(by: Person, *, office: Office, work: Work, member: Listed) -> bool:
    """Whether somebody may record what a member comes to."""
    if is_tied(by, office=office, member_id=member.member_id):
        return False
    return work.place.above or (work.place.at_cell and not member.is_secretary)


def find_listed(
    listed: Iterable[Listed], *, by: Person, office: Office, work: Work, member_id: UUID
) -> Listed:
    """A member on the list whom somebody may record. Raises NoSuchReview."""
    for member in listed:
        if member.member_id == member_id and may_record(
            by, office=office, work=work, member=member
        ):
            return member
    raise NoSuchReview


def check_recording(work: Work) -> None:
    """Raise NotRecording unless the cell is still recording."""
    if work.part.state is not PartState.RECORDING or work.review.state is not ReviewState.OPEN:
        raise NotRecording


def put(
    session: Session,
    *,
    office: Office,
    by: Person,
    work: Work,
    row: ReviewResult,
    recorded: Recorded,
    listed: Iterable[Listed],
) -> None:
    """Put what was recorded into a row, its texts sealed. Raises NotRecorded."""
    check_said(recorded)
    row.recorded_at, row.recorded_by_id = office.at, by.account_id
    _fill(row, recorded)
    check_days(row, office.today)
    check_answer(row, recorded)
    colleagues = {each.member_id for each in listed} - {row.member_id}
    if row.mentor_id is not None and row.mentor_id not in colleagues:
        raise NotRecorded("mentor", "not_of_cell")
    if recorded.answer or recorded.note or row.texts is not None:
        texts = {
            "answer": recorded.answer,
            "read_back": recorded.read_back,
            "note": recorded.note,
        }
        seal_texts(key_for(session, office=office, part_id=work.part.id), row, texts)
    session.flush()


def _fill(row: ReviewResult, recorded: Recorded) -> None:
    """Put what was recorded into the columns; of whoever was not reviewed nothing is said."""
    row.reviewed = recorded.reviewed
    judged = bool(recorded.reviewed)
    for group in ScreeningGroup:
        setattr(row, column_of(group), group in recorded.groups if judged else None)
    row.outcome = recorded.outcome if judged else None
    row.reference = (recorded.reference.strip() or None) if judged else None
    row.decided_on = recorded.decided_on if judged else None
    row.mentor_id = recorded.mentor_id if judged else None
    row.mentoring_until = recorded.mentoring_until if judged else None
    row.answer_state = recorded.answer_state
    asked = recorded.answer_state is not None
    row.asked_on = recorded.asked_on if asked else None
    row.asked_again_on = recorded.asked_again_on if asked else None
    row.answered_on = recorded.answered_on if asked else None


def _new(session: Session, work: Work, member_id: UUID) -> ReviewResult:
    """A row for a member of whom nothing was recorded."""
    row = ReviewResult(uid=new_uid(), part_id=work.part.id, member_id=member_id)
    session.add(row)
    return row


def _write(session: Session, office: Office, by: Person, work: Work) -> None:
    """Write down that results were recorded: at which cell, and of nobody in particular."""
    write(
        session,
        office=office,
        by=by,
        deed=Deed.RESULTS_RECORDED,
        organisation_id=work.cell.id,
    )
