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
from moderation.titling import headline
from moderation.workflow import Action, Incomplete, Need, perform
from moderation.workflow.performing import Brought
from portal.models import Case, Organisation
from portal.models.case import PaperKind
from portal.text import for_readers, syllables
from portal.vault import encrypt
from portal.vocabulary import OrganisationKind


class ParaphraseNeeded(Exception):
    """The shown text repeats the writer's own words although a reader could guess who wrote."""


class NoHandler(Exception):
    """The organisation has no active account that may see the case and did not screen it."""


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
    shown: str,
    overriding: str = "",
) -> None:
    """Pass the case on with the text that is shown there, numbers of people masked.

    Raises ParaphraseNeeded, NoHandler, or Incomplete: another organisation than the proposed
    one needs a reason, and what fear or a possible denunciation restricts goes to a
    commission only.
    """
    proposal = propose_route(session, office=office, keys=keys, case=case)
    if proposal is None:
        raise Incomplete(Need.SUBJECT)
    target = _target(session, office, proposal, organisation_id, overriding)
    _check_text(session, keys, case, shown)
    marks = marks_on(session, case)
    if not handled(session, office, case, target, marks):
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
    shown: str,
    overriding: str,
) -> None:
    """Keep the text that is shown, and why the case went where it went."""
    for kind, body in (
        (PaperKind.SHOWN, {"text": for_readers(shown.strip()).text}),
        (
            PaperKind.ROUTING,
            _body(proposal) | {"organisation": target.id, "overriding": overriding.strip()},
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


def _check_text(session: Session, keys: CaseKeys, case: Case, shown: str) -> None:
    """Raise unless there is a text, paraphrased where the writer could be guessed."""
    if not shown.strip():
        raise Incomplete(Need.SHOWN_TEXT)
    if not needs_paraphrase(case):
        return
    reading = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.READING) or {}
    if repeats(str(reading.get("words", {}).get("what", "")), shown):
        raise ParaphraseNeeded


def repeats(own: str, shown: str, run: int = 8) -> bool:
    """Whether the text keeps a run of eight of the writer's words.

    Diacritics, capitals and punctuation are no paraphrase: both texts are folded first.
    """
    words = syllables(own)
    run = min(run, len(words))
    text = f" {' '.join(syllables(shown))} "
    return any(f" {' '.join(words[at : at + run])} " in text for at in range(len(words) - run + 1))
