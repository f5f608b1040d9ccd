"""Reading a case: its kind, sentiment and topic, and which member is meant."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from moderation import excluding, seeking
from moderation.access import Person, member_mark, relate
from moderation.noting import BY_HAND, note
from moderation.office import Office
from moderation.own_words import happened, open_words
from moderation.papers import CaseKeys, file_paper, read_paper, submissions_of
from moderation.screening.nominating import NotNomination, marks_of_nomination
from moderation.searching.following import follow
from moderation.workflow import Action, NotAvailable, permits
from moderation.workflow.availability import is_nomination, is_praise
from moderation.workflow.filing import file_case
from moderation.workflow.performing import LEASE, outdate
from moderation.workflow.table import find_transition
from portal.models import Case, Member
from portal.models.case import PaperKind
from portal.models.journal import Actor
from portal.vocabulary import Kind, Sentiment, Topic

#: Kinds that are nothing but praise.
_SPEAKS_WELL = frozenset({Kind.PRAISE, Kind.NOMINATION})


class NotPraise(Exception):
    """Praise of another kind than praise: the two readings of one case contradict each other."""


class TiedToSubject(Exception):
    """The person is tied to the member they chose: somebody else must screen this."""


@dataclass(frozen=True)
class Classification:
    """How a moderator reads a case."""

    kind: Kind
    sentiment: Sentiment
    topic: Topic
    possible_denunciation: bool = False


def classify(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    reading: Classification,
) -> None:
    """Set kind, sentiment and topic.

    Raises NotAvailable outside screening; NotPraise for praise that is called a report, a
    suggestion or a petition: what is treated as praise must be nothing but praise; NotNomination
    as ``_check_nomination`` does. A nomination is about no member, so none stays chosen.
    """
    must_screen(session, case=case, by=by)
    if reading.sentiment is Sentiment.PRAISE and reading.kind not in _SPEAKS_WELL:
        raise NotPraise
    _check_nomination(case, reading)
    _change_sides(session, office, case, reading.kind)
    case.kind = reading.kind
    case.sentiment = reading.sentiment
    case.topic = reading.topic
    facts = {"kind": reading.kind.value, "sentiment": reading.sentiment.value}
    if case.possible_denunciation is not reading.possible_denunciation:
        case.possible_denunciation = reading.possible_denunciation
        facts[BY_HAND] = str(int(reading.possible_denunciation))
    _work_on(session, office, keys, case, by, "classify", facts)
    file_case(session, case=case)


def choose_subject(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    member_id: UUID,
) -> None:
    """Record which member is meant, and hide the case from that member and theirs.

    Those who were excluded as possible subjects stay so until the match is confirmed. Raises
    TiedToSubject when the chooser is tied to the member, LookupError for an unknown member, and
    NotNomination for a nomination, which is about none.
    """
    must_screen(session, case=case, by=by)
    if is_nomination(case):
        raise NotNomination
    if session.get(Member, member_id) is None:
        raise LookupError("unknown member")
    marks = marks_of_subject(session, office=office, case=case, member_id=member_id)
    if marks & by.marks:
        raise TiedToSubject
    case.subject_mark = member_mark(office.ring.search, member_id)
    excluding.add_marks(session, case=case, marks=marks)
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.SUBJECT,
        body={"member_id": member_id.hex},
        account_id=by.account_id,
    )
    _work_on(session, office, keys, case, by, "match", {})


def subject_of(session: Session, *, keys: CaseKeys, case: Case) -> UUID | None:
    """The member that was chosen, or nothing yet."""
    paper = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.SUBJECT)
    return UUID(paper["member_id"]) if paper and case.subject_mark else None


def must_screen(session: Session, *, case: Case, by: Person) -> None:
    """Raise NotAvailable unless this person may work on the screening of this case now."""
    row = find_transition(Action.ASK, case.status)
    if row is None or not permits(row, case, relate(session, person=by, case=case)):
        raise NotAvailable(Action.ASK)


def marks_that_stay(
    session: Session, *, office: Office, keys: CaseKeys, case: Case
) -> set[bytes] | None:
    """The marks that stay once a match is confirmed: the subject's own, or those of a nomination.

    Nothing while nobody is matched. Asked before the case leaves screening.
    """
    if is_nomination(case):
        return marks_of_nomination(session, office=office, keys=keys, case=case)
    member_id = subject_of(session, keys=keys, case=case)
    if member_id is None:
        return None
    return marks_of_subject(session, office=office, case=case, member_id=member_id)


def marks_of_subject(
    session: Session, *, office: Office, case: Case, member_id: UUID
) -> set[bytes]:
    """The marks of a chosen subject. Praise hides the case from the subject, not from the
    committee that the subject sits on: there is nobody to protect the writer from.
    """
    days = []
    for submission in submissions_of(session, case_id=case.id):
        when = happened(open_words(session, office=office, submission=submission), office)
        days += [when.start, when.end] if when else []
    return excluding.marks_of(
        session,
        office=office,
        case=case,
        members=(member_id,),
        happened=days,
        with_committees=not is_praise(case),
    )


def _change_sides(session: Session, office: Office, case: Case, kind: Kind) -> None:
    """Let go of the member where it is a nomination; where it is none any more, have everybody
    sought who could be meant.
    """
    if kind is Kind.NOMINATION:
        case.subject_mark = None
    elif case.kind is Kind.NOMINATION:
        seeking.seek_on(session, case=case, at=office.at)


def _check_nomination(case: Case, reading: Classification) -> None:
    """Raise NotNomination for a reading that would take a case past its member, or tell of one.

    Design rules: a nomination is nothing but praise, and only what its writer called so or left to
    the portal becomes one. What was sent as one is never called praise of a member: its writer
    would read from the answer that the person named is one.
    """
    named, sent = reading.kind is Kind.NOMINATION, case.sent_as
    plain = reading.sentiment is Sentiment.PRAISE and not reading.possible_denunciation
    if named and not (plain and sent in {None, Kind.NOMINATION}):
        raise NotNomination
    if reading.kind is Kind.PRAISE and sent is Kind.NOMINATION:
        raise NotNomination


def _work_on(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    action: str,
    facts: dict[str, str],
) -> None:
    """Renew the lease of whoever is working, and write down what they did.

    What is readable without a key never says who is meant.
    """
    outdate(case)
    case.claimant_id, case.lease_until = by.account_id, office.at + LEASE
    note(
        session,
        keys=keys,
        case=case,
        action=action,
        actor=Actor.MODERATOR,
        at=office.at,
        account_id=by.account_id,
        facts=facts,
    )
    follow(session, office=office, keys=keys, case=case)
