"""The result: a committee reports it, a moderator publishes it or sends it back."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.concluding import keep_finding
from moderation.discretion import check_discreet
from moderation.followups import kinds_done
from moderation.leaving.keeping_sealed import check_reason_kept
from moderation.office import Office
from moderation.papers import CaseKeys, file_paper, read_papers
from moderation.raising import decider_of, raise_handler
from moderation.workflow import Action, Incomplete, Need, perform
from moderation.workflow.availability import is_nomination, is_praise
from moderation.workflow.filing import file_case
from moderation.workflow.performing import Brought
from portal.answer import Answer
from portal.models import Case, Notice
from portal.models.case import PaperKind
from portal.vocabulary import ActionKind, Finding, StatementOutcome

#: Findings that say nothing against the member, so that no statement is needed for them.
_WITHOUT_STATEMENT = frozenset(
    {Finding.PRAISE_NOTED, Finding.NOMINATION_NOTED, Finding.CLARIFIED, Finding.TRANSFERRED}
)
#: What answers speaking well of somebody, and nothing else.
_NOTED = frozenset({Finding.PRAISE_NOTED, Finding.NOMINATION_NOTED})
_AGAINST = frozenset({Finding.SUBSTANTIATED, Finding.PARTLY})
#: What must be done before it can be said that there is nothing to it.
_CLEARED_BY = (ActionKind.FIELD_CHECK, ActionKind.CLEAR_NAME)
_FINDINGS = {finding.value: finding for finding in Finding}
_OUTCOMES = {outcome.value: outcome for outcome in StatementOutcome}


class FindingNotAllowed(Exception):
    """The finding does not fit what was done; ``reason`` says what is missing."""

    def __init__(self, reason: str) -> None:
        """Keep the reason: statement, field_check, clear_name, considered or sentiment."""
        super().__init__(reason)
        self.reason = reason


def report(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    finding: Finding,
    draft: str,
) -> None:
    """Report a finding with a draft of the answer.

    Design rules: no finding before the member was asked; unsubstantiated needs a check on the spot
    and a member who was told; what is found against somebody never reached is answered above.
    Raises FindingNotAllowed, Incomplete without a draft, TellsReason.
    """
    if not draft.strip():
        raise Incomplete(Need.PUBLIC_NOTE)
    outcome = _check_finding(session, keys, case, finding)
    check_discreet(session, office=office, keys=keys, case=case, text=draft)
    check_reason_kept(session, office=office, keys=keys, case=case, by=by, text=draft)
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.REPORT,
        body={"finding": finding.value, "draft": office.for_readers(draft.strip()).text},
        account_id=by.account_id,
    )
    met = Brought(met=(Need.FINDING, Need.STATEMENT))
    action = Action.REPORT
    perform(session, office=office, keys=keys, case=case, action=action, by=by, brought=met)
    if is_decided_above(finding, outcome):
        _take_to_decider(session, office, case)


def is_decided_above(finding: Finding, outcome: StatementOutcome | None) -> bool:
    """Whether the level above must give the answer: something was found against a member who
    was never reached.
    """
    return outcome is StatementOutcome.UNREACHABLE and finding in _AGAINST


def publish(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    answer: str,
    keeps_names: bool = False,
) -> None:
    """Give the resident the answer. The finding travels with it, readable with the code only.

    Raises NotAvailable for a moderator of the desk where the level above must answer, and
    TellsMembership, or NamesSomebody unless the moderator keeps the words: praise may name whom
    it is for, and a word may look like a name. A committee never decides that; the course says
    that it was decided. Raises TellsOutcome for a nomination.
    """
    paper = read_papers(session, keys=keys, case_id=case.id, kinds=(PaperKind.REPORT,)).get(
        PaperKind.REPORT
    )
    if paper is None:
        raise Incomplete(Need.FINDING)
    text = office.for_readers(answer.strip()).text
    if not text:
        raise Incomplete(Need.PUBLIC_NOTE)
    check_discreet(session, office=office, keys=keys, case=case, text=text, keeps_names=keeps_names)
    finding = _FINDINGS[paper["finding"]]
    keep_finding(office, case=case, finding=finding)
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.PUBLISH,
        by=by,
        brought=Brought(
            public_note=Answer(finding, text).to_note(),
            facts={"names": "kept"} if keeps_names else {},
        ),
    )


def send_back(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, reason: str
) -> None:
    """Ask the committee for more, numbers of people masked.

    The second time the level above takes the case over.
    """
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.SEND_BACK,
        by=by,
        brought=Brought(reason=office.for_readers(reason).text),
    )
    case.send_backs += 1
    case.decider_id = None
    if case.send_backs > 1:
        raise_handler(session, office=office, keys=keys, case=case, by=by)


def findings_for(case: Case) -> tuple[Finding, ...]:
    """The findings that make sense for a case.

    Design rule: a nomination has one answer, so that it tells nothing of whoever was named.
    """
    if is_nomination(case):
        return (Finding.NOMINATION_NOTED,)
    if is_praise(case):
        return (Finding.PRAISE_NOTED, Finding.CLARIFIED, Finding.TRANSFERRED)
    return tuple(finding for finding in Finding if finding not in _NOTED)


def obstacles(
    case: Case, *, outcome: StatementOutcome | None, deeds: Collection[ActionKind]
) -> dict[Finding, str | None]:
    """For each finding that makes sense: what is still missing for it, or nothing.

    ``outcome`` is what became of asking the member, ``deeds`` what was done. What is missing is one
    of statement, field_check, clear_name, considered.
    """
    return {finding: _obstacle(finding, outcome, deeds) for finding in findings_for(case)}


def _take_to_decider(session: Session, office: Office, case: Case) -> None:
    """Write down who gives the answer, and let them see it and know."""
    case.decider_id = decider_of(session, office=office, case=case)
    file_case(session, case=case)
    session.add(
        Notice(kind="decide", case_id=case.id, organisation_id=case.decider_id, at=office.at)
    )


def _obstacle(
    finding: Finding, outcome: StatementOutcome | None, deeds: Collection[ActionKind]
) -> str | None:
    """What is missing for one finding."""
    if finding is Finding.NOMINATION_NOTED:
        return None if any(kind.is_about_nominee for kind in deeds) else "considered"
    if finding in _WITHOUT_STATEMENT:
        return None
    if outcome in {None, StatementOutcome.NOT_APPLICABLE}:
        return "statement"
    if finding is Finding.UNSUBSTANTIATED:
        return next((kind.value for kind in _CLEARED_BY if kind not in deeds), None)
    return None


def _check_finding(
    session: Session, keys: CaseKeys, case: Case, finding: Finding
) -> StatementOutcome | None:
    """Raise unless what was done carries the finding; return what became of asking the member."""
    paper = read_papers(session, keys=keys, case_id=case.id, kinds=(PaperKind.STATEMENT,)).get(
        PaperKind.STATEMENT
    )
    outcome = _OUTCOMES[paper["outcome"]] if paper else None
    missing = obstacles(case, outcome=outcome, deeds=kinds_done(session, case=case))
    if finding not in missing:
        raise FindingNotAllowed("sentiment")
    if reason := missing[finding]:
        raise FindingNotAllowed(reason)
    return outcome
