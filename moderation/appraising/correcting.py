"""Changing a confirmed result: the level above, with a reason, and what stood before is kept."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.appraising.changing import check_version, write
from moderation.appraising.fitting import Recorded
from moderation.appraising.judging import groups_of, lacking
from moderation.appraising.listing import members_of, results_of
from moderation.appraising.recording import find_listed, put
from moderation.appraising.sealing import Body, key_for, seal_correction
from moderation.appraising.signing import NotReady
from moderation.appraising.standing import NoSuchReview, Work
from moderation.office import Office
from portal.models import Account, ReviewCorrection, ReviewResult
from portal.vault import new_uid
from portal.vocabulary import Deed, PartState


class NotConfirmed(Exception):
    """It is not confirmed yet: the cell itself records."""


def correct(
    session: Session,
    *,
    office: Office,
    by: Person,
    work: Work,
    member_id: UUID,
    recorded: Recorded,
    reason: str,
    version: int,
) -> ReviewResult:
    """Set a confirmed result right. It is whole afterwards, and what stood before is kept sealed.

    Raises NoSuchReview for whoever is not of a level above, or is tied to the member; NotConfirmed,
    PartChanged, NotRecorded; NotReady for a result that lacks something; ValueError without reason.
    """
    if not reason.strip():
        raise ValueError("a correction has a reason")
    if not work.place.above:
        raise NoSuchReview
    listed = members_of(session, work=work, today=office.today)
    member = find_listed(listed, by=by, office=office, work=work, member_id=member_id)
    if work.part.state is not PartState.CONFIRMED:
        raise NotConfirmed
    row = results_of(session, work=work)[member.member_id]
    check_version(row.version, version)
    before = _as_it_stands(row)
    put(session, office=office, by=by, work=work, row=row, recorded=recorded, listed=listed)
    if what := lacking(row):
        raise NotReady([(member, what)])
    _keep(session, office, by, work, row, {"before": before, "reason": reason.strip()})
    return row


def corrections_of(session: Session, *, result_id: int) -> list[Row[ReviewCorrection, str]]:
    """What was corrected in a result and by whom, the newest first."""
    return list(
        session.execute(
            select(ReviewCorrection, Account.name)
            .join(Account, Account.id == ReviewCorrection.account_id)
            .where(ReviewCorrection.result_id == result_id)
            .order_by(ReviewCorrection.id.desc())
        )
    )


def _keep(
    session: Session, office: Office, by: Person, work: Work, row: ReviewResult, body: Body
) -> None:
    """Keep what stood before, and write down that something was corrected at the cell."""
    uid, key = new_uid(), key_for(session, office=office, part_id=work.part.id)
    session.add(
        ReviewCorrection(
            uid=uid,
            result_id=row.id,
            at=office.at,
            account_id=by.account_id,
            body=seal_correction(key, uid, body),
        )
    )
    session.flush()
    write(
        session,
        office=office,
        by=by,
        deed=Deed.RESULT_CORRECTED,
        organisation_id=work.cell.id,
    )


def _as_it_stands(row: ReviewResult) -> Body:
    """A result in the words of the vocabulary, as it is kept."""
    return {
        "reviewed": row.reviewed,
        "groups": [group.value for group in groups_of(row)],
        "outcome": row.outcome.value if row.outcome else None,
        "reference": row.reference,
        "decided_on": row.decided_on.isoformat() if row.decided_on else None,
        "mentoring_until": row.mentoring_until.isoformat() if row.mentoring_until else None,
        "mentor_id": row.mentor_id.hex if row.mentor_id else None,
        "answer_state": row.answer_state.value if row.answer_state else None,
    }
