"""Everything that the page of a case shows a moderator, in few statements however long it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from moderation import matching
from moderation.access import Person, Relation, member_mark
from moderation.clearing import is_cleared
from moderation.matching import Candidate
from moderation.noting import HIDDEN_FROM_COMMITTEES
from moderation.office import Office
from moderation.papers import Body, CaseKeys, read_what_opens
from moderation.reading.alike import count_alike
from moderation.reading.course import Step, whole_course
from moderation.reading.destinations import Destination, read_destinations
from moderation.reading.letters import Letter, Message, Words, read_letters, words_of
from moderation.reading.title import read_title
from moderation.reading.undivided import read_undivided
from moderation.reading.waiting import running_clocks
from moderation.releases import is_hidden, whole_text
from moderation.seeking import kept_in
from moderation.splitting import other_part
from moderation.subjects import Subject, read_subject
from moderation.titling import headline
from moderation.workflow import Action, available
from moderation.workflow.availability import knows_subject, seems_nomination
from portal.models import Case, Organisation, StageClock
from portal.models.case import PaperKind
from portal.models.submission import reference_of
from portal.vocabulary import Status

_KINDS = frozenset(PaperKind) - {PaperKind.ANSWER}


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """A case as a moderator sees it. Papers that are not there yet are None.

    ``offered`` holds what this person may do now, in the order of the buttons. ``candidates``
    are empty where nobody has to be chosen now. ``decider`` names the level that must
    give the answer, or decide on the proposal. ``shut``: a paper does not open.
    """

    case: Case
    relation: Relation
    offered: tuple[Action, ...]
    reference: str
    title: str = ""
    decider: str
    words: Words
    letters: tuple[Letter, ...]
    messages: tuple[Message, ...]
    subject: Subject | None
    candidates: tuple[Candidate, ...] = ()
    query: str = ""
    checklist: Body | None
    proposal: Body | None
    routing: Body | None
    destinations: tuple[Destination, ...]
    shown: str
    put: str
    referral: Body | None
    statement: Body | None
    report: Body | None
    clearing: Body | None
    course: tuple[Step, ...]
    clocks: tuple[StageClock, ...]
    shut: bool
    #: How many cases that the reader sees may be the same matter.
    alike: int = 0
    #: The case of the other matter of its letter, where the reader sees it.
    other_part: int | None = None
    #: Its letter before it was parted, where the reader sees both matters.
    undivided: Words | None = None

    @property
    def other_reference(self) -> str:
        """The number of that case."""
        return reference_of(self.other_part) if self.other_part is not None else ""

    @property
    def nomination(self) -> bool:
        """Whether it names somebody who is no member, as far as it is read: nobody is chosen."""
        return seems_nomination(self.case)

    @property
    def gone(self) -> bool:
        """Whether everybody who wrote has taken it back: then no word of theirs is shown."""
        return not _readable(self.case, self.letters)

    @property
    def cleared(self) -> bool:
        """Whether it has ended with nothing found, and is about nobody any more."""
        return is_cleared(self.case, self.report)

    @property
    def handler(self) -> str:
        """The organisation that handles it now, as a step of its course names it."""
        steps = [step for step in self.course if step.organisation_id == self.case.handler_id]
        return steps[-1].organisation if steps else ""

    def newest(self, action: str) -> Step | None:
        """The newest step of an action."""
        return next((step for step in reversed(self.course) if step.action == action), None)

    def name_of(self, account_id: int | None) -> str:
        """The name of somebody who has worked on the case, or to whom it was handed."""
        worked = (s.who for s in self.course if s.account_id == account_id and s.who)
        handed = (s.to for s in self.course if s.to and s.facts["to"] == str(account_id))
        return next(worked, "") or next(handed, "")


def read_for_desk(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    relation: Relation,
    query: str = "",
) -> CasePage:
    """Read a case for a moderator who may see it. ``query`` looks for a member by name."""
    papers, shut = read_what_opens(session, keys=keys, case_id=case.id, kinds=_KINDS)
    page = _page(session, office, keys, case, relation, papers, shut)
    parted = any(letter.parted for letter in page.letters)
    return replace(
        page,
        title=read_title(keys, case),
        candidates=_candidates(session, office, case, by, relation, papers, query),
        query=query,
        alike=count_alike(session, person=by, case=case),
        other_part=other_part(session, person=by, case=case) if parted else None,
        undivided=read_undivided(session, office=office, person=by, case=case) if parted else None,
    )


def read_for_second(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, relation: Relation
) -> CasePage:
    """Read a proposal for somebody of a commission who decides on it in place of a moderator.

    The words are masked, as for moderators. Who else might be meant is not asked.
    """
    papers, shut = read_what_opens(session, keys=keys, case_id=case.id, kinds=_KINDS)
    page = _page(session, office, keys, case, relation, papers, shut)
    seen = tuple(step for step in page.course if step.action not in HIDDEN_FROM_COMMITTEES)
    return replace(page, title=headline(page.words.what), course=seen)


def _page(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    relation: Relation,
    papers: dict[PaperKind, Body],
    shut: bool,
) -> CasePage:
    """What both read: all but the title of the lists, and whom else it might mean."""
    offered = tuple(row.action for row in available(case, relation))
    letters, messages = read_letters(session, office=office, case_id=case.id)
    subject = papers.get(PaperKind.SUBJECT) if case.subject_mark else None
    routing = papers.get(PaperKind.ROUTING) if knows_subject(case) else None
    return CasePage(
        case=case,
        relation=relation,
        offered=offered,
        reference=reference_of(case.id),
        decider=_decider(session, case),
        words=words_of(papers.get(PaperKind.READING) if _readable(case, letters) else None),
        letters=letters,
        messages=messages,
        subject=read_subject(session, paper=subject, today=office.today),
        checklist=papers.get(PaperKind.CHECKLIST),
        proposal=papers.get(PaperKind.PROPOSAL) if case.proposal else None,
        routing=routing,
        destinations=_destinations(session, office, case, offered, routing),
        shown=_text(case, papers, PaperKind.SHOWN),
        put=_text(case, papers, PaperKind.PUT),
        referral=papers.get(PaperKind.REFERRAL),
        statement=papers.get(PaperKind.STATEMENT),
        report=papers.get(PaperKind.REPORT),
        clearing=papers.get(PaperKind.CLEARING),
        course=whole_course(session, keys=keys, case_id=case.id),
        clocks=running_clocks(session, case_id=case.id),
        shut=shut or any(message.text is None for message in messages),
    )


def _text(case: Case, papers: dict[PaperKind, Body], kind: PaperKind) -> str:
    """A text that was made for others, as long as it may be read."""
    return "" if is_hidden(case) else whole_text(papers.get(kind))


def _readable(case: Case, letters: tuple[Letter, ...]) -> bool:
    """Whether somebody who wrote is still in the case."""
    return case.status is not Status.WITHDRAWN and bool(letters)


def _decider(session: Session, case: Case) -> str:
    """Who decides in place of the desk, where somebody does."""
    if case.decider_id in {None, case.desk_id}:
        return ""
    return session.get_one(Organisation, case.decider_id).name


def _candidates(
    session: Session,
    office: Office,
    case: Case,
    by: Person,
    relation: Relation,
    papers: dict[PaperKind, Body],
    query: str,
) -> tuple[Candidate, ...]:
    """Who could be meant, while somebody still has to be chosen or checked.

    A moderator's own question is asked of the register; else it is what the worker has found,
    without those to whom the reader has come to be tied and those who have left the register.
    """
    if case.status is not Status.SCREENING or not relation.moderates:
        return ()
    if query:
        found = matching.named(session, query=query, unit_id=case.unit_id, today=office.today)
    else:
        search = office.ring.search
        kept = [
            one
            for one in kept_in(papers.get(PaperKind.CANDIDATES))
            if member_mark(search, one.member_id) not in by.marks
        ]
        found = matching.present(session, kept=kept, today=office.today)
    return tuple(found)


def _destinations(
    session: Session,
    office: Office,
    case: Case,
    offered: tuple[Action, ...],
    routing: Body | None,
) -> tuple[Destination, ...]:
    """Where it may be sent, while this person may send it."""
    if Action.ROUTE not in offered or routing is None:
        return ()
    return read_destinations(session, routing=routing, desk_id=case.desk_id, today=office.today)
