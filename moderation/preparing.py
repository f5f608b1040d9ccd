"""What the worker does to a new submission before anybody sees its case.

It opens the words once, masks them for readers, looks for who could be meant, writes down who
must not see the case, files it at a desk and starts its clocks. A copy that came in a flood is
set aside. Nothing is decided here.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import excluding, seeking
from moderation.claiming import claim_case
from moderation.noting import note
from moderation.office import Office
from moderation.own_words import happened, open_words
from moderation.papers import CaseKeys, file_paper, make_internal_key
from moderation.quarantining.setting_aside import set_aside_if_copy
from moderation.register import intake, today_of
from moderation.resembling import place
from moderation.searching.following import follow
from moderation.titling import headline
from moderation.workflow import clocks
from moderation.workflow.filing import file_case
from portal.models import Case, Notice, Organisation, Seal, Submission
from portal.models.case import PaperKind
from portal.models.journal import Actor
from portal.models.submission import SealHolder, SealTarget
from portal.vault import encrypt, open_box
from portal.vocabulary import OrganisationKind
from portal.words import Words


def unprepared(session: Session, *, limit: int = 50) -> list[int]:
    """The cases that wait to be prepared, oldest first."""
    return list(
        session.scalars(
            select(Case.id).where(Case.prepared_at.is_(None)).order_by(Case.id).limit(limit)
        )
    )


def prepare(session: Session, *, office: Office, case_id: int) -> None:
    """Prepare one case. Doing it again changes nothing: a prepared case is left alone."""
    case = claim_case(session, case_id=case_id)
    if case is None or case.prepared_at is not None:
        return
    submission = session.scalars(
        select(Submission).where(Submission.case_id == case.id).order_by(Submission.id)
    ).first()
    if submission is None:
        return
    words = open_words(session, office=office, submission=submission)
    keys = CaseKeys(
        public=_public_key(session, office, case.id),
        internal=make_internal_key(session, office=office, case_id=case.id),
    )
    _file_reading(session, office, keys, case, words)
    possible = _exclude(session, office, keys, case, submission, words)
    set_aside_if_copy(
        session, office=office, keys=keys, case=case, submission=submission, words=words
    )
    case.prepared_at = office.at
    clocks.begin(session, office=office, case=case)
    file_case(session, case=case)
    follow(session, office=office, keys=keys, case=case)
    if not case.held:
        place(
            session,
            office=office,
            case=case,
            submission=submission,
            words=words,
            possible=possible,
        )
        seeking.seek_on(session, case=case, at=seeking.next_day(office))
        session.add(
            Notice(kind="arrived", case_id=case.id, organisation_id=case.desk_id, at=office.at)
        )


def _public_key(session: Session, office: Office, case_id: int) -> bytes:
    """The public key of a case that was just received."""
    row = session.execute(
        select(Seal.key_version, Seal.box).where(
            Seal.target == SealTarget.CASE_PUBLIC,
            Seal.target_id == case_id,
            Seal.holder == SealHolder.STAFF,
        )
    ).one()
    return open_box(office.ring.private[row.key_version], row.box, "case_public", case_id)


def _file_reading(
    session: Session, office: Office, keys: CaseKeys, case: Case, words: Words
) -> None:
    """File what readers will see: every field masked, and how much was masked."""
    fields = {
        name: office.for_readers(getattr(words, name))
        for name in ("about", "what", "unit", "place", "when", "hope")
    }
    count = sum(masked.count for masked in fields.values())
    reading = {name: masked.text for name, masked in fields.items()}
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.READING,
        body={"words": reading, "masked": count},
    )
    title = headline(fields["what"].text)
    case.headline = encrypt(keys.internal, title.encode(), "feedback_case", case.id, "headline")
    note(
        session,
        keys=keys,
        case=case,
        action="prepare",
        actor=Actor.WORKER,
        at=office.at,
        facts={"masked": str(count)},
    )


def _exclude(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    submission: Submission,
    words: Words,
) -> frozenset[UUID]:
    """Write down who must not see it, choose the desk among those who may; return who is meant."""
    possible = seeking.seek(
        session, office=office, keys=keys, case=case, submission=submission, words=words
    )
    when = happened(words, office)
    marks = excluding.marks_of(
        session,
        office=office,
        case=case,
        members=possible,
        happened=(when.start, when.end) if when else (),
    )
    excluding.write_marks(session, case=case, marks=marks)
    desk = excluding.desk_for(
        session, office=office, start=_nearest(session, office, submission), marks=marks
    )
    case.desk_id = desk.id
    return possible


def _nearest(session: Session, office: Office, submission: Submission) -> Organisation:
    """The ward that the writer chose, as it is today; the intake where none is known."""
    if submission.unit_id is not None:
        for found in today_of(session, organisation_id=submission.unit_id, on=office.today):
            if found.kind is OrganisationKind.WARD_COMMUNE:
                return found
    return intake(session)
