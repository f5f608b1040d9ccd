"""Who must not see a case, written down as keyed marks before anybody can see it.

Until a member is matched, everybody who could be meant is excluded with their committees;
once one is, that member and the committees they sat on when it mattered. When in doubt, hide.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from moderation.access import account_mark, committee_mark, identify, member_mark
from moderation.office import Office
from moderation.register import accounts_at, committees_of
from moderation.searching.following import refile
from moderation.workflow.filing import file_case
from portal.clock import local_date
from portal.models import Account, Case, Exclusion, Organisation, Submission
from portal.vocabulary import Role


def marks_of(
    session: Session,
    *,
    office: Office,
    case: Case,
    members: Iterable[UUID],
    happened: Iterable[date] = (),
    with_committees: bool = True,
) -> set[bytes]:
    """The marks of these members and, unless it is praise, of the committees they sit on.

    Committees count as held today, when the case arrived, and when it happened. With them comes
    whoever typed what is in the case: they know words that no reader of it may know.
    """
    search = office.ring.search
    days = {office.today, local_date(case.arrived_at), *happened}
    typists = session.scalars(
        select(Submission.typed_by_id).where(
            Submission.case_id == case.id, Submission.typed_by_id.is_not(None)
        )
    )
    marks = {account_mark(search, typist) for typist in typists if typist is not None}
    for member_id in members:
        marks.add(member_mark(search, member_id))
        if with_committees:
            for organisation_id in committees_of(session, member_id=member_id, days=days):
                marks.add(committee_mark(search, organisation_id))
    return marks


def write_marks(session: Session, *, case: Case, marks: set[bytes]) -> None:
    """Replace the exclusions of a case; those of whom merged cases are about stay beside them."""
    theirs = marks_within(session, case=case, matched=True) - marks
    session.execute(delete(Exclusion).where(Exclusion.case_id == case.id))
    _insert(session, case, marks)
    _insert(session, case, theirs, borrowed=True)
    refile(session, case_ids=[case.id])


def add_marks(session: Session, *, case: Case, marks: set[bytes]) -> set[bytes]:
    """Add exclusions to those that are there, and return all of them."""
    there = marks_on(session, case=case)
    mine = Exclusion.case_id == case.id
    session.execute(
        update(Exclusion)
        .where(mine, Exclusion.borrowed, Exclusion.mark.in_(marks))
        .values(borrowed=False)
        .execution_options(synchronize_session=False)
    )
    if marks - there:
        _insert(session, case, marks - there)
        refile(session, case_ids=[case.id])
    return there | marks


def borrow_marks(session: Session, *, case: Case, marks: set[bytes]) -> None:
    """Hide a case also from those from whom one is hidden that is merged into it."""
    _insert(session, case, marks - marks_on(session, case=case), borrowed=True)
    refile(session, case_ids=[case.id])


def return_marks(session: Session, *, case: Case) -> None:
    """Hide a case no longer for the sake of one that is not in it any more."""
    left = marks_within(session, case=case)
    session.execute(
        delete(Exclusion).where(
            Exclusion.case_id == case.id, Exclusion.borrowed, Exclusion.mark.not_in(left)
        )
    )
    refile(session, case_ids=[case.id])


def marks_on(session: Session, *, case: Case) -> set[bytes]:
    """All marks that hide a case."""
    return set(session.scalars(select(Exclusion.mark).where(Exclusion.case_id == case.id)))


def marks_within(session: Session, *, case: Case, matched: bool = False) -> set[bytes]:
    """The marks that hide the cases merged into one; of those whose member is known, if asked."""
    wanted = select(Exclusion.mark).join(Case).where(Case.merged_into_id == case.id)
    if matched:
        wanted = wanted.where(Case.subject_mark.is_not(None))
    return set(session.scalars(wanted))


def _insert(
    session: Session, case: Case, marks: Iterable[bytes], *, borrowed: bool = False
) -> None:
    """Write marks that are not there yet."""
    rows = [{"case_id": case.id, "mark": mark, "borrowed": borrowed} for mark in sorted(marks)]
    if rows:
        session.execute(insert(Exclusion), rows)


def eligible_accounts(
    session: Session, *, office: Office, organisation_id: int, role: Role, marks: set[bytes]
) -> list[Account]:
    """The active accounts with a role at an organisation that these marks do not hide."""
    search = office.ring.search
    return [
        account
        for account in accounts_at(
            session, organisation_ids=(organisation_id,), role=role, on=office.today
        )
        if not marks & identify(session, search=search, account=account, today=office.today).marks
    ]


def desk_for(
    session: Session, *, office: Office, start: Organisation, marks: set[bytes]
) -> Organisation:
    """The organisation whose moderators screen a case: the nearest upwards that may.

    It has a moderator who is not excluded, and no possible subject sits on its committee. If
    no level qualifies the highest one takes it, so that every case has an owner.
    """
    search = office.ring.search
    level: Organisation | None = start
    highest = start
    while level is not None:
        highest = level
        free = committee_mark(search, level.id) not in marks
        if free and eligible_accounts(
            session, office=office, organisation_id=level.id, role=Role.MODERATOR, marks=marks
        ):
            return level
        level = session.get(Organisation, level.parent_id) if level.parent_id else None
    return highest


def lift_desk(session: Session, *, office: Office, case: Case, marks: set[bytes]) -> None:
    """Let the nearest level above screen a case when its own desk may not any more."""
    desk = session.get(Organisation, case.desk_id) if case.desk_id else None
    if desk is None:
        return
    higher = desk_for(session, office=office, start=desk, marks=marks)
    if higher.id != case.desk_id:
        case.desk_id = higher.id
        file_case(session, case=case)
