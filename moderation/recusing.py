"""Standing aside: whoever works on a case says themselves that they are tied to whom it is about.

It takes no administrator and no word on what the tie is: from the next page on they see nothing of
the member any more. A case that has nobody left then goes to the level above at once, as it would
at night (DOMAIN 7, S-04).
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.access import Person, identify, relate
from moderation.administering.tying import declare_own_tie
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.register import accounts_at
from moderation.rehousing import rehouse
from moderation.screening.classifying import subject_of
from moderation.screening.looking_up import handled, marks_on
from moderation.workflow import available
from moderation.workflow.table import OPEN, PASSED_ON
from portal.models import Case, Organisation
from portal.vocabulary import Role, Status

#: Here the writer or the clock goes on, so that nobody of the staff has to.
_WAITING = frozenset({Status.NEED_INFO, Status.ANSWERED})


class NobodyNamed(Exception):
    """The case is about nobody of the register, so nobody can be tied to them."""


class NobodyLeft(Exception):
    """Nobody else could go on with the case."""


def names_somebody(session: Session, *, keys: CaseKeys, case: Case) -> bool:
    """Whether a case is about a member to whom one can be tied."""
    return subject_of(session, keys=keys, case=case) is not None


def stand_aside(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person
) -> None:
    """Tie somebody to the member of a case, as they say themselves. Case and member are hidden
    from them.

    Raises NobodyNamed, AlreadyTied; NobodyLeft where an open case could not move on any more: an
    administrator has to name somebody first, and may then declare the tie.
    """
    member_id = subject_of(session, keys=keys, case=case)
    if member_id is None:
        raise NobodyNamed
    declare_own_tie(session, office=office, by=by, member_id=member_id)
    rehouse(session, office=office, case_id=case.id)
    if case.status in OPEN - _WAITING and not _goes_on(session, office, case):
        raise NobodyLeft


def _goes_on(session: Session, office: Office, case: Case) -> bool:
    """Whether whoever handles it still can, and somebody who sees it may do anything now."""
    if case.status in PASSED_ON:
        handler = session.get(Organisation, case.handler_id) if case.handler_id else None
        if not handled(session, office, case, handler, marks_on(session, case)):
            return False
    places = [each for each in (case.desk_id, case.handler_id, case.decider_id) if each]
    for role in (Role.MODERATOR, Role.COMMITTEE):
        for account in accounts_at(session, organisation_ids=places, role=role, on=office.today):
            person = identify(
                session, search=office.ring.search, account=account, today=office.today
            )
            if available(case, relate(session, person=person, case=case)):
                return True
    return False
