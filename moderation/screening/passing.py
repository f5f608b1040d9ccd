"""Passing an eligible case on: where to, why there, and the text that is shown there."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.excluding import lift_desk
from moderation.office import Office
from moderation.papers import Body, CaseKeys, file_paper, open_keys, read_paper
from moderation.register import exists_on
from moderation.routing import Proposal, propose
from moderation.screening.classifying import marks_of_subject, subject_of
from moderation.screening.looking_up import facts, handled, marks_on
from moderation.screening.nominating import facts_of_nomination
from moderation.titling import headline
from moderation.versions import Texts, check_texts, file_texts
from moderation.workflow import Action, Incomplete, Need, perform
from moderation.workflow.availability import is_nomination
from moderation.workflow.performing import Brought
from portal.models import Case, Organisation
from portal.models.case import PaperKind
from portal.vault import encrypt
from portal.vocabulary import OrganisationKind


class NoHandler(Exception):
    """The organisation has no active account that may see the case and did not screen it."""


def propose_route(
    session: Session, *, office: Office, keys: CaseKeys, case: Case
) -> Proposal | None:
    """Where the rules would send the case; nothing while a member has to be matched and is not."""
    if is_nomination(case):
        return propose(facts_of_nomination(session, office=office, keys=keys, case=case))
    member_id = subject_of(session, keys=keys, case=case)
    if member_id is None:
        return None
    marks = marks_of_subject(session, office=office, case=case, member_id=member_id)
    return propose(facts(session, office=office, case=case, member_id=member_id, marks=marks))


def keep(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, reason: str
) -> None:
    """Let a case go on although nobody who wrote is left in it. Raises Incomplete."""
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.KEEP,
        by=by,
        brought=Brought(reason=reason),
    )


def retitle(session: Session, *, office: Office, case: Case) -> None:
    """Call a case by the text that was passed on, once the writer's own words may not be shown."""
    keys = open_keys(session, office=office, case_id=case.id)
    shown = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.SHOWN) or {}
    title = headline(str(shown.get("text", ""))).encode()
    case.headline = encrypt(keys.internal, title, "feedback_case", case.id, "headline")


def foresee_route(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person
) -> None:
    """Keep where the rules would send the case, for whoever decides on it next to read."""
    proposal = propose_route(session, office=office, keys=keys, case=case)
    if proposal is not None:
        file_paper(
            session,
            office=office,
            keys=keys,
            case=case,
            kind=PaperKind.ROUTING,
            body=_body(proposal),
            account_id=by.account_id,
        )


def route(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    organisation_id: int,
    texts: Texts,
    overriding: str = "",
) -> None:
    """Pass the case on with the texts that may be read there, numbers of people masked.

    Raises as ``versions.check_texts`` does, NoHandler, or Incomplete: another organisation than
    the proposed one needs a reason, and what fear or a possible denunciation restricts goes to a
    commission only.
    """
    proposal = propose_route(session, office=office, keys=keys, case=case)
    if proposal is None:
        raise Incomplete(Need.SUBJECT)
    target = _target(session, office, proposal, organisation_id, overriding)
    check_texts(session, office=office, keys=keys, case=case, texts=texts)
    marks = marks_on(session, case)
    if not handled(session, office, case, target, marks):
        raise NoHandler
    file_texts(session, office=office, keys=keys, case=case, by=by, texts=texts)
    _file(session, office, keys, case, by, proposal, target, overriding)
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
    lift_desk(session, office=office, case=case, marks=marks)


def _target(
    session: Session, office: Office, proposal: Proposal, organisation_id: int, overriding: str
) -> Organisation:
    """The organisation a case goes to, checked against the proposal. Raises Incomplete."""
    target = session.get(Organisation, organisation_id)
    if target is None or not exists_on(target, office.today):
        raise Incomplete(Need.ORGANISATION)
    overridden = target.id != proposal.unit.id
    if overridden and not overriding.strip():
        raise Incomplete(Need.REASON)
    if proposal.restricted and overridden and target.kind is not OrganisationKind.COMMISSION:
        raise Incomplete(Need.ORGANISATION)
    return target


def _file(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    proposal: Proposal,
    target: Organisation,
    overriding: str,
) -> None:
    """Keep why the case went where it went."""
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.ROUTING,
        body=_body(proposal) | {"organisation": target.id, "overriding": overriding.strip()},
        account_id=by.account_id,
    )


def _body(proposal: Proposal) -> Body:
    """A proposal as it lies in a paper; the name is the one of that day."""
    asked = proposal.ask_residence
    return {
        "rule": proposal.rule,
        "reasons": list(proposal.reasons),
        "restricted": proposal.restricted,
        "proposed": proposal.unit.id,
        "proposed_name": proposal.unit.name,
        "ask_residence": asked.id if asked else None,
        "ask_residence_name": asked.name if asked else None,
    }
