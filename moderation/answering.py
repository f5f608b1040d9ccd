"""The result: a committee reports it, a moderator publishes it or sends it back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person, relate
from moderation.office import Office
from moderation.papers import CaseKeys, file_paper, read_papers
from moderation.raising import raise_handler
from moderation.workflow import Action, Incomplete, Need, perform
from moderation.workflow.availability import is_praise
from moderation.workflow.performing import Brought
from portal.answer import Answer
from portal.models import Case, FollowUp
from portal.models.case import PaperKind
from portal.vocabulary import ActionKind, Finding, StatementOutcome

#: Findings that say nothing against the member, so that no statement is needed for them.
_WITHOUT_STATEMENT = frozenset({Finding.PRAISE_NOTED, Finding.CLARIFIED, Finding.TRANSFERRED})
_FINDINGS = {finding.value: finding for finding in Finding}
_OUTCOMES = {outcome.value: outcome for outcome in StatementOutcome}


class FindingNotAllowed(Exception):
    """The finding does not fit what was done; ``reason`` says what is missing."""

    def __init__(self, reason: str) -> None:
        """Keep the reason: statement, field_check, level_above or sentiment."""
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

    Design rules: no finding before the member was asked; unsubstantiated needs the statement
    and a check on the spot; substantiated after "unreachable" needs the level above. Raises
    FindingNotAllowed for these, Incomplete without a draft.
    """
    if not draft.strip():
        raise Incomplete(Need.PUBLIC_NOTE)
    _check_finding(session, keys, case, by, finding)
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.REPORT,
        body={"finding": finding.value, "draft": draft.strip()},
        account_id=by.account_id,
    )
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.REPORT,
        by=by,
        brought=Brought(met=(Need.FINDING, Need.STATEMENT)),
    )


def publish(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, answer: str
) -> None:
    """Give the resident the answer. The finding travels with it, readable with the code only."""
    paper = read_papers(session, keys=keys, case_id=case.id, kinds=(PaperKind.REPORT,)).get(
        PaperKind.REPORT
    )
    if paper is None:
        raise Incomplete(Need.FINDING)
    text = answer.strip()
    if not text:
        raise Incomplete(Need.PUBLIC_NOTE)
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.PUBLISH,
        by=by,
        brought=Brought(public_note=Answer(_FINDINGS[paper["finding"]], text).to_note()),
    )


def send_back(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, reason: str
) -> None:
    """Ask the committee for more. The second time the level above takes the case over."""
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.SEND_BACK,
        by=by,
        brought=Brought(reason=reason),
    )
    case.send_backs += 1
    if case.send_backs > 1 and not case.restricted:
        raise_handler(session, office=office, keys=keys, case=case, by=by)


def findings_for(case: Case) -> tuple[Finding, ...]:
    """The findings that make sense for a case."""
    if is_praise(case):
        return (Finding.PRAISE_NOTED, Finding.CLARIFIED, Finding.TRANSFERRED)
    return tuple(finding for finding in Finding if finding is not Finding.PRAISE_NOTED)


def obstacles(
    case: Case, *, outcome: StatementOutcome | None, checked: bool, above: bool
) -> dict[Finding, str | None]:
    """For each finding that makes sense: what is still missing for it, or nothing.

    ``outcome`` is what became of asking the member, ``checked`` whether somebody looked on the
    spot, ``above`` whether the one who reports sits on a committee above the handling one. What
    is missing is one of statement, field_check, level_above.
    """
    return {finding: _obstacle(finding, outcome, checked, above) for finding in findings_for(case)}


def _obstacle(
    finding: Finding, outcome: StatementOutcome | None, checked: bool, above: bool
) -> str | None:
    """What is missing for one finding."""
    if finding in _WITHOUT_STATEMENT:
        return None
    if outcome in {None, StatementOutcome.NOT_APPLICABLE}:
        return "statement"
    if finding is Finding.UNSUBSTANTIATED and not checked:
        return "field_check"
    named = finding in {Finding.SUBSTANTIATED, Finding.PARTLY}
    if outcome is StatementOutcome.UNREACHABLE and named and not above:
        return "level_above"
    return None


def _check_finding(
    session: Session, keys: CaseKeys, case: Case, by: Person, finding: Finding
) -> None:
    """Raise unless what was done carries the finding."""
    paper = read_papers(session, keys=keys, case_id=case.id, kinds=(PaperKind.STATEMENT,)).get(
        PaperKind.STATEMENT
    )
    missing = obstacles(
        case,
        outcome=_OUTCOMES[paper["outcome"]] if paper else None,
        checked=_checked_on_the_spot(session, case),
        above=relate(session, person=by, case=case).above,
    )
    if finding not in missing:
        raise FindingNotAllowed("sentiment")
    if reason := missing[finding]:
        raise FindingNotAllowed(reason)


def _checked_on_the_spot(session: Session, case: Case) -> bool:
    """Whether somebody looked for themselves."""
    return (
        session.scalars(
            select(FollowUp.id).where(
                FollowUp.case_id == case.id, FollowUp.kind == ActionKind.FIELD_CHECK
            )
        ).first()
        is not None
    )
