"""Taking a letter back once more, after an older database was put in place.

Its writer took it back and believes it gone. Nobody must read it because a machine was lost.
"""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from moderation.carrying_out.acts import Matter, withdraw
from moderation.claiming import claim_case
from moderation.office import Office
from moderation.preparing import prepare
from moderation.workflow import NotAvailable
from portal.models import ResidentAct, Submission
from portal.vocabulary import ActKind


def withdraw_again(session: Session, *, office: Office, submission_id: int) -> bool:
    """Take a letter back whose writer had, whatever its case had come to; whether that was done.

    It is not where the case has been answered meanwhile: what was answered can only be judged.
    """
    submission = session.get_one(Submission, submission_id)
    if submission.state is not None:
        return False
    prepare(session, office=office, case_id=submission.case_id)
    case = claim_case(session, case_id=submission.case_id)
    if case is None or case.prepared_at is None:
        return False
    try:
        withdraw(session, Matter(office, case, submission))
    except NotAvailable:
        return False
    # The act may have waited when the backup was made: it is done.
    session.execute(
        update(ResidentAct)
        .where(ResidentAct.submission_id == submission_id, ResidentAct.kind == ActKind.WITHDRAW)
        .where(ResidentAct.done_at.is_(None))
        .values(done_at=office.at)
    )
    return True
