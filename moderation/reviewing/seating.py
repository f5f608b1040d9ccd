"""Who decides on what was contested, and who handles it once more. It only looks.

Design rule: an answer is looked at by the committee, else the commission, of the nearest level
above the organisation that gave it; a refusal by the moderators, else the commission, of a level
above the desk. What only a commission may see stays with commissions. There must be somebody who
may see the case and had no part in it. Where nothing stands above, others of the same place decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from moderation.excluding import eligible_accounts
from moderation.office import Office
from moderation.register import above, commission_of
from moderation.screening.looking_up import marks_on, those_with
from moderation.versions import needs_paraphrase
from moderation.workflow.table import REFUSALS
from portal.models import Case, Organisation
from portal.models.case import Part
from portal.vocabulary import Role

_Seat = tuple[Organisation, Role]


def reviewer_of(session: Session, *, office: Office, case: Case) -> int | None:
    """Whose people decide on a case that was contested: the first place with somebody free.

    Where nobody is free at all it is the last place that was asked: every case has an owner.
    """
    refused = case.contested_from in REFUSALS
    start = session.get(Organisation, case.desk_id if refused else case.handler_id)
    if start is None:
        return case.desk_id
    seats = _of_refusal(session, office, start) if refused else _of_answer(session, office, case)
    last = start
    for place, role in (*seats, (start, Role.MODERATOR if refused else Role.COMMITTEE)):
        last = place
        if is_free(session, office=office, case=case, place=place, role=role):
            return place.id
    return last.id


def handler_anew(
    session: Session, *, office: Office, case: Case, decider_id: int, without: int
) -> int:
    """Which organisation handles a case anew: the deciding one, where somebody else than
    ``without`` is free there, else its commission, else the nearest above, else the deciding one.
    """
    start = session.get_one(Organisation, decider_id)
    beside = _commission(session, office, start)
    places = [start, *([beside] if beside else [])]
    places += _upwards(session, office, start, only_commissions=_guarded(case))
    role = Role.COMMITTEE
    for place in places:
        if is_free(session, office=office, case=case, place=place, role=role, without=without):
            return place.id
    return decider_id


def is_free(
    session: Session,
    *,
    office: Office,
    case: Case,
    place: Organisation,
    role: Role,
    without: int | None = None,
) -> bool:
    """Whether somebody at a place may see the case and had no part in it."""
    able = eligible_accounts(
        session,
        office=office,
        organisation_id=place.id,
        role=role,
        marks=marks_on(session, case),
    )
    return bool({each.id for each in able} - those_with(session, case, Part) - {without})


def _of_answer(session: Session, office: Office, case: Case) -> Iterator[_Seat]:
    """Above the organisation that gave an answer: committees and commissions by turns."""
    start = session.get_one(Organisation, case.handler_id)
    for place in _upwards(session, office, start, only_commissions=_guarded(case)):
        yield place, Role.COMMITTEE


def _of_refusal(session: Session, office: Office, desk: Organisation) -> Iterator[_Seat]:
    """Above the desk: moderators and commissions by turns; then the desk's own commission."""
    level = above(session, organisation=desk, on=office.today)
    while level is not None:
        yield level, Role.MODERATOR
        commission = _commission(session, office, level)
        if commission is not None:
            yield commission, Role.COMMITTEE
        level = above(session, organisation=level, on=office.today)
    own = _commission(session, office, desk)
    if own is not None:
        yield own, Role.COMMITTEE


def _upwards(
    session: Session, office: Office, start: Organisation, *, only_commissions: bool
) -> Iterator[Organisation]:
    """The places above one, the nearest first: of each level its committee, then its commission."""
    level = above(session, organisation=start, on=office.today)
    while level is not None:
        if not only_commissions:
            yield level
        commission = _commission(session, office, level)
        if commission is not None and commission.id != start.id:
            yield commission
        level = above(session, organisation=level, on=office.today)


def _commission(session: Session, office: Office, level: Organisation) -> Organisation | None:
    """The commission of this very level."""
    found = commission_of(session, organisation=level, on=office.today)
    return found if found is not None and found.parent_id == level.id else None


def _guarded(case: Case) -> bool:
    """Whether only commissions may read what its writer has to say."""
    return case.restricted or needs_paraphrase(case)
