"""Who may decide on opening who wrote a letter: one rule for lists, for pages and for counting.

Custodians are other people than those who ask, are to read, or work on the case. Whoever is tied
to it is answered as if there were no request.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from moderation.access import Person, identify, not_excluded
from moderation.identity.holding import admitted, key_of, with_role
from moderation.office import Office
from portal.models import (
    Account,
    Case,
    CasePart,
    CaseScope,
    Custodian,
    IdentityApproval,
    IdentityRequest,
    IdentityShare,
)
from portal.models.case import Part, Room
from portal.vocabulary import Role


def requests_before(session: Session, *, by: Person, at: datetime) -> Select[int]:
    """The ids of the requests that wait for an answer of this person."""
    custodian = key_of(session, account_id=by.account_id)
    return (
        select(IdentityRequest.id)
        .join(Case, Case.id == IdentityRequest.case_id)
        .where(
            IdentityRequest.outcome.is_(None),
            IdentityRequest.expires_at > at,
            IdentityRequest.asked_by_id != by.account_id,
            IdentityRequest.reader_id != by.account_id,
            may_decide(by, custodian.id if custodian else 0),
            ~exists().where(
                IdentityApproval.request_id == IdentityRequest.id,
                IdentityApproval.account_id == by.account_id,
            ),
        )
    )


def may_decide(by: Person, custodian_id: int) -> ColumnElement[bool]:
    """That somebody may be custodian of the case and of the submission of a request's row."""
    return and_(
        _stands_apart(by, IdentityRequest.case_id),
        exists().where(
            IdentityShare.submission_id == IdentityRequest.submission_id,
            IdentityShare.custodian_id == custodian_id,
        ),
    )


def deciders_of(
    session: Session, *, office: Office, case: Case, submission_id: int, without: set[int]
) -> list[Custodian]:
    """The custodians who may decide on who wrote this submission, less these accounts."""
    search, today = office.ring.search, office.today
    found = []
    for custodian in admitted(with_role(session, office=office)):
        if custodian.account_id in without:
            continue
        account = session.get_one(Account, custodian.account_id)
        person = identify(session, search=search, account=account, today=today)
        holds = select(IdentityShare.place).where(
            IdentityShare.submission_id == submission_id,
            IdentityShare.custodian_id == custodian.id,
        )
        apart = select(Case.id).where(Case.id == case.id, _stands_apart(person, Case.id))
        if session.scalar(holds) is not None and session.scalar(apart) is not None:
            found.append(custodian)
    return found


def _stands_apart(person: Person, case_id: ColumnElement[int] | object) -> ColumnElement[bool]:
    """That a case lies below where somebody is custodian, and that they have no part in it.

    ``Case`` must be among the tables of the statement. Whoever holds the case now works on it.
    """
    mine = person.account_id
    return and_(
        exists().where(
            CaseScope.case_id == case_id,
            CaseScope.room == Room.DESK,
            CaseScope.organisation_id.in_(person.organisations(Role.CUSTODIAN)),
        ),
        not_excluded(person, case_id),
        ~exists().where(
            CasePart.case_id == case_id,
            CasePart.account_id == mine,
            CasePart.part != Part.CUSTODIAN,
        ),
        or_(Case.claimant_id.is_(None), Case.claimant_id != mine),
        or_(Case.proposer_id.is_(None), Case.proposer_id != mine),
    )
