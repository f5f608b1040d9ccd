"""Passing an eligible case on: where to, why there, and the text that is shown there."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.excluding import desk_for, eligible_accounts
from moderation.office import Office
from moderation.papers import CaseKeys, file_paper, read_paper, submissions_of
from moderation.register import above, cell_of, commission_of, committees_of, intake
from moderation.routing import Facts, Proposal, Unit, propose
from moderation.screening.classifying import subject_of
from moderation.workflow import Action, Incomplete, Need, perform
from moderation.workflow.availability import is_praise
from moderation.workflow.filing import file_case
from moderation.workflow.performing import Brought
from portal.clock import local_date
from portal.models import Case, Exclusion, Member, Organisation
from portal.models.case import PaperKind
from portal.vocabulary import Context, MembershipKind, OrganisationKind, Role


class ParaphraseNeeded(Exception):
    """The shown text repeats the writer's own words although a reader could guess who wrote."""


class NoHandler(Exception):
    """The organisation has no active account that may see the case."""


def needs_paraphrase(case: Case) -> bool:
    """Whether the organisation must read a paraphrase instead of the writer's words."""
    return case.guessable or case.fears_retaliation


def propose_route(
    session: Session, *, office: Office, keys: CaseKeys, case: Case
) -> Proposal | None:
    """Where the rules would send the case; nothing while no member is matched."""
    member_id = subject_of(session, keys=keys, case=case)
    if member_id is None:
        return None
    return propose(_facts(session, office, case, member_id))


def route(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    organisation_id: int,
    shown: str,
    overriding: str = "",
) -> None:
    """Pass the case on with the text that is shown there.

    Raises ParaphraseNeeded, NoHandler, or Incomplete: another organisation than the proposed
    one needs a reason, and what fear or a possible denunciation restricts goes to a
    commission only.
    """
    proposal = propose_route(session, office=office, keys=keys, case=case)
    if proposal is None:
        raise Incomplete(Need.SUBJECT)
    target = session.get(Organisation, organisation_id)
    if target is None or not _exists(target, office):
        raise Incomplete(Need.ORGANISATION)
    overridden = target.id != proposal.unit.id
    if overridden and not overriding.strip():
        raise Incomplete(Need.REASON)
    if proposal.restricted and overridden and target.kind is not OrganisationKind.COMMISSION:
        raise Incomplete(Need.ORGANISATION)
    _check_text(session, keys, case, shown)
    marks = _marks(session, case)
    if not eligible_accounts(
        session, office=office, organisation_id=target.id, role=Role.COMMITTEE, marks=marks
    ):
        raise NoHandler
    _file(session, office, keys, case, by, proposal, target, shown, overriding)
    case.handler_id = target.id
    case.restricted = proposal.restricted
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.ROUTE,
        by=by,
        brought=Brought(reason=overriding, met=(Need.SHOWN_TEXT,), facts={"rule": proposal.rule}),
    )
    _raise_desk(session, office, case, marks)


def _file(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    proposal: Proposal,
    target: Organisation,
    shown: str,
    overriding: str,
) -> None:
    """Keep the text that is shown, and why the case went where it went."""
    for kind, body in (
        (PaperKind.SHOWN, {"text": shown.strip()}),
        (
            PaperKind.ROUTING,
            {
                "rule": proposal.rule,
                "reasons": list(proposal.reasons),
                "proposed": proposal.unit.id,
                "organisation": target.id,
                "overriding": overriding.strip(),
                "ask_residence": proposal.ask_residence.id if proposal.ask_residence else None,
            },
        ),
    ):
        file_paper(
            session,
            office=office,
            keys=keys,
            case=case,
            kind=kind,
            body=body,
            account_id=by.account_id,
        )


def _check_text(session: Session, keys: CaseKeys, case: Case, shown: str) -> None:
    """Raise unless there is a text, paraphrased where the writer could be guessed."""
    if not shown.strip():
        raise Incomplete(Need.SHOWN_TEXT)
    if not needs_paraphrase(case):
        return
    reading = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.READING) or {}
    own = " ".join(str(reading.get("words", {}).get("what", "")).split())
    if _repeats(own, " ".join(shown.split())):
        raise ParaphraseNeeded


def _repeats(own: str, shown: str, run: int = 8) -> bool:
    """Whether the text keeps a run of eight of the writer's words."""
    words = own.lower().split()
    if len(words) < run:
        return own.lower() in shown.lower()
    text = f" {' '.join(shown.lower().split())} "
    return any(f" {' '.join(words[at : at + run])} " in text for at in range(len(words) - run + 1))


def _raise_desk(session: Session, office: Office, case: Case, marks: set[bytes]) -> None:
    """Move the desk up when the subject turned out to sit on its committee."""
    desk = session.get(Organisation, case.desk_id) if case.desk_id else None
    if desk is None:
        return
    higher = desk_for(session, office=office, start=desk, marks=marks)
    if higher.id != case.desk_id:
        case.desk_id = higher.id
        file_case(session, case=case)


def _facts(session: Session, office: Office, case: Case, member_id: UUID) -> Facts:
    """Look up everything the routing rules ask for, as it stands now."""
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
    marks = _marks(session, case)
    submissions = submissions_of(session, case_id=case.id)
    context = next((s.context for s in submissions if s.context), None) or Context.UNSURE
    return Facts(
        praise=is_praise(case),
        possible_denunciation=case.possible_denunciation,
        fears_retaliation=case.fears_retaliation,
        context=context.value,
        home=_unit(home),
        residence=_unit(residence),
        level_above_home=_unit(level),
        commission=_unit(commission),
        managed_by=_unit(manager),
        managing_commission=_unit(managing),
        on_home_committee=home is not None and home.id in sits_on,
        on_level_above_committee=level is not None and level.id in sits_on,
        home_has_handler=_handled(session, office, home, marks),
        level_above_has_handler=_handled(session, office, level, marks),
        commission_has_handler=_handled(session, office, commission, marks),
        managing_has_handler=_handled(session, office, managing, marks),
        intake=_certain(intake(session)),
        sits_on=sits_on,
    )


def _marks(session: Session, case: Case) -> set[bytes]:
    """Who must not see the case."""
    return set(session.scalars(select(Exclusion.mark).where(Exclusion.case_id == case.id)))


def _handled(
    session: Session, office: Office, organisation: Organisation | None, marks: set[bytes]
) -> bool:
    """Whether an organisation has an active account that may see the case."""
    return organisation is not None and bool(
        eligible_accounts(
            session,
            office=office,
            organisation_id=organisation.id,
            role=Role.COMMITTEE,
            marks=marks,
        )
    )


def _exists(organisation: Organisation, office: Office) -> bool:
    """Whether an organisation exists today."""
    return organisation.valid_from <= office.today and (
        organisation.valid_to is None or organisation.valid_to >= office.today
    )


def _certain(organisation: Organisation) -> Unit:
    """An organisation as routing sees it."""
    return Unit(organisation.id, organisation.kind.value, organisation.name)


def _unit(organisation: Organisation | None) -> Unit | None:
    """An organisation as routing sees it, where there is one."""
    return _certain(organisation) if organisation is not None else None
