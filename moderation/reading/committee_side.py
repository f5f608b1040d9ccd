"""Everything that the page of a case shows a committee. The letter is never asked for.

Design rule: a committee reads only the text that a moderator approved for it, and no detail
that only the writer could know; so no unit, place, time or source of knowledge comes here. What a
resident says of a result comes by ``said_back``.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from moderation.access import Relation
from moderation.answering import is_decided_above, obstacles
from moderation.followups import kinds_done, kinds_for
from moderation.listing import handlers_of
from moderation.office import Office
from moderation.papers import Body, CaseKeys, read_what_opens
from moderation.reading.course import Step, course_since_routing
from moderation.reading.letters import Message
from moderation.reading.said_back import read_said_back
from moderation.reading.waiting import running_clocks
from moderation.releases import Added, added_to, is_hidden
from moderation.subjects import Subject, read_subject
from moderation.titling import headline
from moderation.workflow import Action, available
from moderation.workflow.availability import is_nomination, is_praise
from portal.models import Case, StageClock
from portal.models.case import PaperKind
from portal.models.submission import reference_of
from portal.vocabulary import ActionKind, Finding, StatementOutcome, Status

_KINDS = (
    *(PaperKind.SHOWN, PaperKind.PUT, PaperKind.SUBJECT, PaperKind.STATEMENT),
    *(PaperKind.REPORT, PaperKind.ROUTING, PaperKind.CLEARING),
)
_OUTCOMES = {outcome.value: outcome for outcome in StatementOutcome}


@dataclass(frozen=True)
class HandlingPage:
    """A case as a committee sees it. ``put`` is what may be put to the member, ``kinds`` what may
    be done about it, ``missing`` says for each finding what is still needed.
    """

    case_id: int
    version: int
    status: Status
    extended: bool
    praise: bool
    nomination: bool
    offered: tuple[Action, ...]
    reference: str
    title: str
    shown: str
    put: str
    added: tuple[Added, ...]
    subject: Subject | None
    residence_asked: str
    handlers: tuple[str, ...]
    deeds: frozenset[ActionKind]
    kinds: tuple[ActionKind, ...]
    statement: Body | None
    outcome: StatementOutcome | None
    report: Body | None
    clearing: Body | None
    missing: dict[Finding, str | None]
    leaving: bool
    letter_count: int
    course: tuple[Step, ...]
    clocks: tuple[StageClock, ...]
    said: tuple[Message, ...]
    shut: bool

    @property
    def hears_member(self) -> bool:
        """Whether it is put to a member, who is heard."""
        return not self.praise and not self.nomination

    @property
    def decided_above(self) -> frozenset[Finding]:
        """The findings that the level above would have to answer."""
        return frozenset(each for each in Finding if is_decided_above(each, self.outcome))

    @property
    def found(self) -> Finding | None:
        """What was reported."""
        return Finding(self.report["finding"]) if self.report else None  # type: ignore[call-arg]

    def newest(self, action: str) -> Step | None:
        """The newest step of an action."""
        return next((step for step in reversed(self.course) if step.action == action), None)


def read_for_committee(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, relation: Relation
) -> HandlingPage:
    """Read a case for a committee that may see it."""
    papers, shut = read_what_opens(session, keys=keys, case_id=case.id, kinds=_KINDS)
    shown = _shown(case, papers.get(PaperKind.SHOWN))
    subject = papers.get(PaperKind.SUBJECT) if case.subject_mark else None
    deeds = kinds_done(session, case=case)
    statement = papers.get(PaperKind.STATEMENT)
    outcome = _OUTCOMES[statement["outcome"]] if statement else None
    return HandlingPage(
        case_id=case.id,
        version=case.version,
        status=case.status,
        extended=case.extended,
        praise=is_praise(case),
        nomination=is_nomination(case),
        offered=tuple(row.action for row in available(case, relation)),
        reference=reference_of(case.id),
        title=headline(shown),
        shown=shown,
        put=_shown(case, papers.get(PaperKind.PUT)),
        added=added_to(papers.get(PaperKind.SHOWN)) if shown else (),
        subject=read_subject(session, paper=subject, today=office.today),
        residence_asked=(papers.get(PaperKind.ROUTING) or {}).get("ask_residence_name") or "",
        handlers=_handlers(session, office, case),
        deeds=deeds,
        kinds=kinds_for(case),
        statement=statement,
        outcome=outcome,
        report=papers.get(PaperKind.REPORT),
        clearing=papers.get(PaperKind.CLEARING),
        missing=obstacles(case, outcome=outcome, deeds=deeds),
        leaving=case.keep_until is not None,
        letter_count=case.letter_count,
        course=course_since_routing(session, keys=keys, case_id=case.id),
        clocks=running_clocks(session, case_id=case.id),
        said=read_said_back(session, office=office, case=case, relation=relation),
        shut=shut,
    )


def _shown(case: Case, paper: Body | None) -> str:
    """The text that was passed on, as long as it may be read."""
    if paper is None or is_hidden(case):
        return ""
    return str(paper["text"])


def _handlers(session: Session, office: Office, case: Case) -> tuple[str, ...]:
    """Who works on the case for the committee that has it."""
    found = handlers_of(session, office=office, case_ids=[case.id])
    return tuple(found.get(case.id, {}).values())
