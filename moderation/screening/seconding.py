"""Who confirms a proposal where no moderator is left who could: people of a commission.

Design rule: where no second person is in scope, it is a moderator of the level above, who sees
every desk below anyway, then the commission of that level; no proposal waits for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from moderation.excluding import eligible_accounts
from moderation.office import Office
from moderation.register import above, commission_of, line
from moderation.screening.looking_up import marks_on, those_with
from moderation.workflow.availability import APART
from moderation.workflow.filing import file_case
from portal.models import Case, Notice, Organisation
from portal.models.case import Part
from portal.vocabulary import Role


def seat_second(session: Session, *, office: Office, case: Case) -> None:
    """Let a commission see a waiting proposal, decide on it, and know, if no moderator can.

    It is asked of the level above the desk, else of the desk's own. Nothing changes where a
    moderator can confirm, and where nobody of a commission may see the case either.
    """
    desk = session.get(Organisation, case.desk_id) if case.desk_id else None
    if case.proposal is None or case.decider_id is not None or desk is None:
        return
    marks = marks_on(session, case)
    handled = those_with(session, case, (Part.HANDLER, Part.REVIEWER))
    moderators = _able(session, office, line(desk.path), Role.MODERATOR, marks)
    if moderators - handled - {case.proposer_id}:
        return
    screened = handled | those_with(session, case, APART)
    for level in (above(session, organisation=desk, on=office.today), desk):
        found = commission_of(session, organisation=level, on=office.today) if level else None
        if found and _able(session, office, [found.id], Role.COMMITTEE, marks) - screened:
            _seat(session, office, case, found)
            return


def _seat(session: Session, office: Office, case: Case, commission: Organisation) -> None:
    """Write down who decides, and let them see it and know."""
    case.decider_id = commission.id
    file_case(session, case=case)
    session.add(Notice(kind="second", case_id=case.id, organisation_id=commission.id, at=office.at))


def _able(
    session: Session, office: Office, places: Iterable[int], role: Role, marks: set[bytes]
) -> set[int]:
    """The accounts with a role at these organisations that may see the case."""
    return {
        account.id
        for place in places
        for account in eligible_accounts(
            session, office=office, organisation_id=place, role=role, marks=marks
        )
    }
