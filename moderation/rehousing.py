"""Each night: open cases whose organisation has ended, or has nobody who may see them, move on.

They go to the successor that holds the member now, else to the level above. What was looked at is
looked at together, some hundred cases in few statements; what moves is a unit of work of its own
that asks anew, so the walk may be killed at any moment and begun again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import identify
from moderation.claiming import claim_case
from moderation.escalating import hand_over
from moderation.excluding import desk_for
from moderation.noting import note
from moderation.office import Office
from moderation.papers import CaseKeys, open_keys
from moderation.raising import decider_of, handler_above
from moderation.register import accounts_at, cell_of, exists_on, today_of
from moderation.screening import seat_second
from moderation.screening.classifying import subject_of
from moderation.screening.looking_up import handled, marks_on
from moderation.workflow import Need
from moderation.workflow.availability import SCREENERS
from moderation.workflow.filing import file_case
from moderation.workflow.performing import Brought
from moderation.workflow.table import OPEN, PASSED_ON
from portal.db import Database
from portal.models import Case, CasePart, Exclusion, Notice, Organisation
from portal.models.journal import Actor
from portal.vocabulary import MembershipKind, OrganisationKind, Role

#: So many cases are looked at together.
LOOK = 500


Known = dict[tuple[int, Role], dict[int, frozenset[bytes]]]


@dataclass
class Crews:
    """Who holds a role where, with the marks that hide cases from them; asked for once a night."""

    session: Session
    office: Office
    known: Known = field(default_factory=dict)

    def able(self, place: int | None, role: Role, marks: Collection[bytes]) -> set[int]:
        """The accounts at an organisation of today that these marks do not hide a case from."""
        crew = self._crew(place or 0, role)
        return {account for account, own in crew.items() if not own.intersection(marks)}

    def _crew(self, place: int, role: Role) -> dict[int, frozenset[bytes]]:
        if (place, role) not in self.known:
            organisation, today = self.session.get(Organisation, place), self.office.today
            there = organisation is not None and exists_on(organisation, today)
            found = (
                accounts_at(self.session, organisation_ids=(place,), role=role, on=today)
                if there
                else []
            )
            search = self.office.ring.search
            self.known[place, role] = {
                each.id: identify(self.session, search=search, account=each, today=today).marks
                for each in found
            }
        return self.known[place, role]


def lost_cases(database: Database, *, office: Office, go_on: Callable[[], bool]) -> Iterator[int]:
    """The open cases that nobody is left for, looked for some hundred at a time."""
    known: Known = {}
    last, more = 0, True
    while more and go_on():
        with database.reading() as session:
            last, lost = look_at_some(session, crews=Crews(session, office, known), after=last)
        more = bool(last)
        yield from lost


def look_at_some(session: Session, *, crews: Crews, after: int) -> tuple[int, list[int]]:
    """The next open cases: the number of the last one, 0 at the end, and those that must move."""
    rows = session.execute(
        select(
            *(Case.id, Case.status, Case.desk_id, Case.handler_id, Case.proposal),
            *(Case.proposer_id, Case.decider_id, Case.keep_until),
        )
        .where(Case.id > after, Case.status.in_(OPEN), Case.prepared_at.is_not(None))
        .order_by(Case.id)
        .limit(LOOK)
    ).all()
    if not rows:
        return 0, []
    numbers = [row.id for row in rows]
    marks: dict[int, set[bytes]] = defaultdict(set)
    for case_id, mark in session.execute(
        select(Exclusion.case_id, Exclusion.mark).where(Exclusion.case_id.in_(numbers))
    ):
        marks[case_id].add(mark)
    screened: dict[int, set[int]] = defaultdict(set)
    for case_id, account in session.execute(
        select(CasePart.case_id, CasePart.account_id).where(
            CasePart.case_id.in_(numbers), CasePart.part.in_(SCREENERS)
        )
    ):
        screened[case_id].add(account)
    return numbers[-1], [
        row.id for row in rows if _is_lost(row, crews, marks[row.id], screened[row.id])
    ]


def rehouse(session: Session, *, office: Office, case_id: int) -> None:
    """Let an open case go where somebody may work on it. Nothing changes where somebody may."""
    case = claim_case(session, case_id=case_id)
    if case is None or case.status not in OPEN or case.keep_until is not None:
        return
    keys = open_keys(session, office=office, case_id=case.id)
    _rehouse_desk(session, office, keys, case)
    if case.status in PASSED_ON:
        _rehouse_handler(session, office, keys, case)
    _rehouse_decider(session, office, case)
    seat_second(session, office=office, case=case)


def _is_lost(row: Any, crews: Crews, marks: set[bytes], screened: set[int]) -> bool:
    """Whether nobody is left who may work on a case at its desk, its organisation or above it."""
    if row.keep_until is not None:
        return False
    moderators = crews.able(row.desk_id, Role.MODERATOR, marks)
    if not moderators:
        return True
    if row.proposal is not None and row.decider_id is None:
        return not moderators - {row.proposer_id}
    if row.decider_id is not None:
        roles = (Role.MODERATOR, Role.COMMITTEE)
        if not any(crews.able(row.decider_id, role, marks) for role in roles):
            return True
    if row.status not in PASSED_ON:
        return False
    return not crews.able(row.handler_id, Role.COMMITTEE, marks) - screened


def _rehouse_desk(session: Session, office: Office, keys: CaseKeys, case: Case) -> None:
    """Let the successor of an ended desk, or the nearest level above, screen the case."""
    desk = session.get(Organisation, case.desk_id) if case.desk_id else None
    if desk is None:
        return
    marks = marks_on(session, case)
    heirs = today_of(session, organisation_id=desk.id, on=office.today) or [desk]
    places = [desk_for(session, office=office, start=heir, marks=marks) for heir in heirs]
    # The successor itself rather than a level above another one.
    place = next((each for each in places if each in heirs), places[0])
    if place.id == case.desk_id:
        return
    case.desk_id = place.id
    note(
        session,
        keys=keys,
        case=case,
        action="pass_desk",
        actor=Actor.CLOCK,
        at=office.at,
        organisation_id=place.id,
    )
    session.add(Notice(kind="pass_desk", case_id=case.id, organisation_id=place.id, at=office.at))
    file_case(session, case=case)


def _rehouse_handler(session: Session, office: Office, keys: CaseKeys, case: Case) -> None:
    """Let another organisation handle the case, where its own has ended or has nobody."""
    own = session.get(Organisation, case.handler_id) if case.handler_id else None
    if own is None:
        return
    marks, exists = marks_on(session, case), exists_on(own, office.today)
    if exists and handled(session, office, case, own, marks):
        return
    heir = None if exists else _heir(session, office, keys, case, own, marks)
    target = heir or handler_above(session, office=office, case=case)
    if target is None or target.id == own.id:
        return
    hand_over(
        session,
        office=office,
        keys=keys,
        case=case,
        to=target,
        by=None,
        brought=Brought(met=(Need.PUBLIC_NOTE,), facts={"reason": "nobody" if exists else "ended"}),
    )


def _heir(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    ended: Organisation,
    marks: set[bytes],
) -> Organisation | None:
    """What succeeded an organisation and may see the case; of several the one that holds the
    member now. What only a commission may see stays with commissions.
    """
    heirs = today_of(session, organisation_id=ended.id, on=office.today)
    if len(heirs) > 1:
        member_id = subject_of(session, keys=keys, case=case)
        home = (
            cell_of(session, member_id=member_id, kind=MembershipKind.HOME, on=office.today)
            if member_id is not None
            else None
        )
        heirs = [heir for heir in heirs if heir is home]
    if case.restricted:
        heirs = [heir for heir in heirs if heir.kind is OrganisationKind.COMMISSION]
    return next((heir for heir in heirs if handled(session, office, case, heir, marks)), None)


def _rehouse_decider(session: Session, office: Office, case: Case) -> None:
    """Ask others for the answer or the confirmation where nobody is left of whom it was asked."""
    if case.decider_id is None:
        return
    crews, marks = Crews(session, office), marks_on(session, case)
    if any(crews.able(case.decider_id, role, marks) for role in (Role.MODERATOR, Role.COMMITTEE)):
        return
    if case.proposal is not None:
        # A second person is looked for anew.
        case.decider_id = None
    else:
        case.decider_id = decider_of(session, office=office, case=case)
        session.add(
            Notice(kind="decide", case_id=case.id, organisation_id=case.decider_id, at=office.at)
        )
    file_case(session, case=case)
