"""Looking up what the routing rules ask for, as it stands now."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.excluding import eligible_accounts
from moderation.office import Office
from moderation.papers import submissions_of
from moderation.register import above, cell_of, commission_of, committees_of, intake
from moderation.routing import Facts, Unit
from moderation.workflow.availability import APART, is_praise
from portal.clock import local_date
from portal.models import Case, CasePart, Exclusion, Member, Organisation
from portal.models.case import Part
from portal.vocabulary import Context, MembershipKind, Role


def facts(
    session: Session, *, office: Office, case: Case, member_id: UUID, marks: set[bytes]
) -> Facts:
    """Everything that routing decides on, for a case whose subject is this member.

    ``marks`` are those whom the case will be hidden from once it is passed on.
    """
    today = office.today
    member = session.get_one(Member, member_id)
    home = cell_of(session, member_id=member_id, kind=MembershipKind.HOME, on=today)
    residence = cell_of(session, member_id=member_id, kind=MembershipKind.RESIDENCE, on=today)
    level = above(session, organisation=home, on=today) if home else None
    commission = commission_of(session, organisation=level or intake(session), on=today)
    manager = session.get(Organisation, member.managed_by_id) if member.managed_by_id else None
    managing = commission_of(session, organisation=manager, on=today) if manager else None
    sits_on = frozenset(
        committees_of(session, member_id=member_id, days=(today, local_date(case.arrived_at)))
    )
    submissions = submissions_of(session, case_id=case.id)
    context = next((s.context for s in submissions if s.context), None) or Context.UNSURE
    return Facts(
        praise=is_praise(case),
        possible_denunciation=case.possible_denunciation,
        fears_retaliation=case.fears_retaliation,
        context=context.value,
        home=unit_of(home),
        residence=unit_of(residence),
        level_above_home=unit_of(level),
        commission=unit_of(commission),
        managed_by=unit_of(manager),
        managing_commission=unit_of(managing),
        on_home_committee=home is not None and home.id in sits_on,
        on_level_above_committee=level is not None and level.id in sits_on,
        home_has_handler=handled(session, office, case, home, marks),
        level_above_has_handler=handled(session, office, case, level, marks),
        commission_has_handler=handled(session, office, case, commission, marks),
        managing_has_handler=handled(session, office, case, managing, marks),
        intake=certain_unit(intake(session)),
        sits_on=sits_on,
    )


def marks_on(session: Session, case: Case) -> set[bytes]:
    """Who must not see the case."""
    return set(session.scalars(select(Exclusion.mark).where(Exclusion.case_id == case.id)))


def handled(
    session: Session,
    office: Office,
    case: Case,
    organisation: Organisation | None,
    marks: set[bytes],
) -> bool:
    """Whether an organisation has an active account that may see the case and neither screened nor
    reviewed it.

    Design rule: on one case the proposer, the confirmer, the reviewer and the handler are different
    people.
    """
    if organisation is None:
        return False
    able = eligible_accounts(
        session, office=office, organisation_id=organisation.id, role=Role.COMMITTEE, marks=marks
    )
    screened = those_with(session, case, APART) if able else set()
    return any(account.id not in screened for account in able)


def those_with(session: Session, case: Case, parts: Iterable[Part]) -> set[int]:
    """The accounts that did one of these parts on a case."""
    return set(
        session.scalars(
            select(CasePart.account_id).where(CasePart.case_id == case.id, CasePart.part.in_(parts))
        )
    )


def certain_unit(organisation: Organisation) -> Unit:
    """An organisation as routing sees it."""
    return Unit(organisation.id, organisation.kind.value, organisation.name)


def unit_of(organisation: Organisation | None) -> Unit | None:
    """An organisation as routing sees it, where there is one."""
    return certain_unit(organisation) if organisation is not None else None
