"""Parting a letter about two matters: one stays, the other is a case of its own from then on.

Each matter has its own text, which a moderator cut from the masked words and which lies sealed by
itself; the letter stays as it was written. The other matter is prepared by the worker like any
letter: whoever it may mean is sought and excluded before anybody sees it. Its writer reads both
with one code, because the key of the part lies under the key of the letter.
"""

from __future__ import annotations

import secrets

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from moderation.access import Person, relate, visible_to
from moderation.cutting import Parts, check_parts
from moderation.office import Office
from moderation.own_words import open_words
from moderation.papers import (
    Body,
    CaseKeys,
    file_paper,
    open_submission_key,
    read_paper,
    submissions_of,
)
from moderation.titling import headline
from moderation.workflow import (
    Action,
    Incomplete,
    Need,
    NotAvailable,
    find_transition,
    perform,
    permits,
)
from moderation.workflow.performing import Brought
from portal.clock import local_date
from portal.ledger import RECEIVE, Step, sealed_row
from portal.models import Case, Event, Seal, Submission
from portal.models.case import PaperKind, Room
from portal.models.journal import Actor
from portal.models.submission import SealHolder, SealTarget, identity_of, reference_of
from portal.receiving.storing import take_number
from portal.recognising import newest_version
from portal.vault import encrypt, new_key, seal_box
from portal.vocabulary import Status
from portal.words import Words

_LOOKUP_BYTES = 32


def may_split(session: Session, *, case: Case) -> bool:
    """Whether there is one letter in a case, and it was neither merged nor parted before."""
    letters = submissions_of(session, case_id=case.id)
    return len(letters) == 1 and _is_whole(letters[0])


def split(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, parts: Parts
) -> int:
    """Part the letter of a case; return the number of the new case.

    Design rule: nobody writes for the writer. Each part is cut from the masked words of the letter,
    and what stands in neither was read and agreed to. Raises Incomplete for a text that is missing,
    NotAvailable for a case with several letters or one that was merged or parted before, NotCut,
    LeftOut, CannotOpen.
    """
    if not (parts.staying.strip() and parts.about.strip() and parts.going.strip()):
        raise Incomplete(Need.TWO_PARTS)
    if not _may(session, case, by):
        raise NotAvailable(Action.SPLIT)
    letter = submissions_of(session, case_id=case.id)[0]
    reading = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.READING)
    if reading is None:
        raise NotAvailable(Action.SPLIT)
    check_parts(reading["words"], parts)
    number = _send_on(session, office, case, letter, parts)
    letter.divided_at = office.at
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.SPLIT,
        by=by,
        brought=Brought(reason=reference_of(number), met=(Need.TWO_PARTS,)),
    )
    _keep(session, office, keys, case, by, reading, parts.staying)
    return number


def other_part(session: Session, *, person: Person, case: Case) -> int | None:
    """The case of the other matter of the letter in a case, where this person sees it."""
    mine = select(Submission).where(Submission.case_id == case.id).subquery()
    found = select(Submission.case_id).where(
        (Submission.part_of_id == mine.c.id) | (Submission.id == mine.c.part_of_id),
        Submission.case_id != case.id,
        Submission.case_id.in_(visible_to(person, (Room.DESK,))),
    )
    return session.scalar(found.limit(1))


def _may(session: Session, case: Case, by: Person) -> bool:
    """Whether this person may part the letter of a case as it stands."""
    row = find_transition(Action.SPLIT, case.status)
    mine = row is not None and permits(row, case, relate(session, person=by, case=case))
    return mine and may_split(session, case=case)


def _is_whole(letter: Submission) -> bool:
    """Whether a letter was neither merged nor parted, and is no part itself."""
    return letter.moved_at is None and letter.divided_at is None and letter.part_of_id is None


def _keep(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    reading: Body,
    staying: str,
) -> None:
    """Let readers of the case read what stays there, under its new title."""
    masked = office.for_readers(staying.strip())
    body = reading | {"words": reading["words"] | {"what": masked.text}}
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.READING,
        body=body,
        account_id=by.account_id,
    )
    title = headline(masked.text).encode()
    case.headline = encrypt(keys.internal, title, "feedback_case", case.id, "headline")


def _send_on(session: Session, office: Office, case: Case, letter: Submission, parts: Parts) -> int:
    """Write the case of the other matter, as if it had come with the letter; return its number."""
    year = local_date(office.at).year
    number = identity_of(year, take_number(session, year))
    whole = open_words(session, office=office, submission=letter)
    words = Words(
        about=parts.about.strip(),
        what=parts.going.strip(),
        unit=whole.unit,
        place=whole.place,
        when=whole.when,
    )
    own, public = new_key(), new_key()
    session.add(_case_of(letter, number, possible_denunciation=case.possible_denunciation))
    session.flush()
    session.add(
        _part_of(letter, number, encrypt(own, words.to_bytes(), "submission", number, "words"))
    )
    session.flush()
    _seal(session, office, letter, number, own, public)
    step = Step(
        case_id=number,
        submission_id=number,
        action=RECEIVE,
        to_status=Status.RECEIVED,
        actor=Actor.RESIDENT,
        at=office.at,
        shown=True,
    )
    session.execute(insert(Event).values(sealed_row(step, public=own)))
    return number


def _case_of(letter: Submission, number: int, *, possible_denunciation: bool) -> Case:
    """A case that has just arrived, with what the letter says of itself."""
    return Case(
        id=number,
        status=Status.RECEIVED,
        arrived_at=letter.received_at,
        kind=letter.kind,
        sent_as=letter.kind,
        unit_id=letter.unit_id,
        fears_retaliation=letter.fears_retaliation,
        possible_denunciation=possible_denunciation,
    )


def _part_of(letter: Submission, number: int, words: bytes) -> Submission:
    """The part of a letter. Nobody holds a code of it: it is opened through the letter."""
    return Submission(
        id=number,
        case_id=number,
        lookup=secrets.token_bytes(_LOOKUP_BYTES),
        received_at=letter.received_at,
        channel=letter.channel,
        kind=letter.kind,
        context=letter.context,
        how_known=letter.how_known,
        post_level=letter.post_level,
        unit_id=letter.unit_id,
        fears_retaliation=letter.fears_retaliation,
        part_of_id=letter.id,
        words=words,
    )


def _seal(
    session: Session, office: Office, letter: Submission, number: int, own: bytes, public: bytes
) -> None:
    """Seal both keys to the staff, and to the writer: through the letter, and through the part."""
    version = newest_version(session, ring=office.ring)
    staff = office.ring.public[version]
    whole = open_submission_key(session, office=office, submission_id=letter.id)
    for target, key, holder_id, holder_key in (
        (SealTarget.SUBMISSION, own, letter.id, whole),
        (SealTarget.CASE_PUBLIC, public, number, own),
    ):
        boxes = (
            (SealHolder.STAFF, 0, version, seal_box(staff, key, target.value, number)),
            (
                SealHolder.SUBMISSION,
                holder_id,
                0,
                encrypt(holder_key, key, "seal", number, target.value),
            ),
        )
        for holder, held_by, key_version, box in boxes:
            session.add(
                Seal(
                    target=target,
                    target_id=number,
                    holder=holder,
                    holder_id=held_by,
                    key_version=key_version,
                    box=box,
                )
            )
    session.flush()
