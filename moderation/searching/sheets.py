"""The sheet of a case: what may be read of it from one room, passage by passage.

The index is made of it and snippets are cut from it, so that nothing is found that the page of the
case would not show. It is kept sealed under the internal key. What does not open is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from moderation.attachments import files_for_committee, files_for_desk
from moderation.clearing import is_cleared
from moderation.noting import FOR_COMMITTEES, HIDDEN_FROM_COMMITTEES, HIDDEN_FROM_DESKS
from moderation.office import Office
from moderation.papers import (
    Body,
    CaseKeys,
    open_submission_key,
    read_readings,
    read_what_opens,
)
from moderation.releases import is_hidden, whole_text
from moderation.subjects import read_subject
from portal.answer import Answer
from portal.ledger import open_note
from portal.models import Case, Event, FollowUp, Organisation, ResidentAct, Stay, Submission
from portal.models.case import PaperKind, Room
from portal.models.submission import FIRST_STAY
from portal.tracking import UNPROVEN, open_act
from portal.vault import CannotOpen, decrypt, encrypt
from portal.vocabulary import ActKind, SubmissionState

#: The passages that name people and places: of these single syllables are found, too.
NAMES = frozenset({"about", "subject", "cell", "unit", "place"})

#: So many letters that were merged into a case are indexed with it.
_MOST_MERGED = 100
_WORDS = ("about", "what", "unit", "place", "when", "hope")
_KINDS = (
    *(PaperKind.READING, PaperKind.SUBJECT, PaperKind.SHOWN, PaperKind.PUT),
    *(PaperKind.STATEMENT, PaperKind.REPORT, PaperKind.PROPOSAL),
)


@dataclass(frozen=True)
class Passage:
    """A text with what it is: a field of the letter, or what staff wrote."""

    kind: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """What may be read of a case from one room, and what the case is called there."""

    title: str
    passages: tuple[Passage, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The texts of which single syllables are found."""
        return tuple(each.text for each in self.passages if each.kind in NAMES)


def read_sheet(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, room: Room
) -> Sheet | None:
    """The sheet of a case, or nothing where nothing may be read of it any more."""
    if is_hidden(case):
        return None
    papers, _shut = read_what_opens(session, keys=keys, case_id=case.id, kinds=_KINDS)
    if is_cleared(case, papers.get(PaperKind.REPORT)):
        return None
    told = [*_notes(session, keys, case, room), *_papers(session, office, case, papers, room)]
    if room is Room.DESK:
        told = [*_letters(session, office, case, papers.get(PaperKind.READING)), *told]
    told += _files(session, office, keys, case, room)
    passages = tuple(Passage(kind, text) for kind, text in told if text.strip())
    shown = papers.get(PaperKind.SHOWN) or {}
    title = _headline(session, keys, case.id) if room is Room.DESK else str(shown.get("text", ""))
    return Sheet(title, passages) if passages else None


def seal_sheet(key: bytes, entry_id: int, sheet: Sheet) -> bytes:
    """A sheet as it lies in its entry."""
    body = {"title": sheet.title, "passages": [[p.kind, p.text] for p in sheet.passages]}
    plain = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return encrypt(key, plain, "search_entry", entry_id, "sheet")


def open_sheet(key: bytes, entry_id: int, box: bytes) -> Sheet:
    """A sheet, opened. Raises CannotOpen."""
    body = json.loads(decrypt(key, box, "search_entry", entry_id, "sheet"))
    return Sheet(body["title"], tuple(Passage(kind, text) for kind, text in body["passages"]))


def _letters(
    session: Session, office: Office, case: Case, reading: Body | None
) -> Iterator[tuple[str, str]]:
    """What the writers still in the case have written, masked as readers get it."""
    rows = session.execute(
        select(Submission.id, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Submission.unit_id)
        .where(
            Submission.case_id == case.id,
            or_(Submission.state.is_(None), Submission.state != SubmissionState.WITHDRAWN),
        )
        .order_by(Submission.id)
    ).all()
    if rows and reading is not None:
        yield from ((name, reading["words"][name]) for name in _WORDS)
    for number, unit in rows:
        yield "unit", unit or ""
        yield from (("added", text) for text in _added(session, office, number))
    for paper in _merged(session, office, case.id):
        yield from ((name, paper["words"][name]) for name in _WORDS)


def _merged(session: Session, office: Office, case_id: int) -> Iterable[Body]:
    """The masked words of the letters that were merged into a case, as they were filed at first.

    Of a campaign the first hundred are enough: its letters say the same.
    """
    homes = session.scalars(
        select(Stay.case_id)
        .join(Submission, Submission.id == Stay.submission_id)
        .where(
            Submission.case_id == case_id,
            Submission.state.is_(None),
            Stay.after_id == FIRST_STAY,
            Stay.case_id != case_id,
        )
        .order_by(Stay.case_id)
        .limit(_MOST_MERGED)
    ).all()
    return read_readings(session, office=office, case_ids=homes).values() if homes else ()


def _added(session: Session, office: Office, submission_id: int) -> Iterator[str]:
    """What a writer did later with words, masked; nothing where no seal opens."""
    acts = session.scalars(
        select(ResidentAct)
        .where(
            ResidentAct.submission_id == submission_id,
            ResidentAct.kind.not_in((ActKind.SAVED, ActKind.ATTACH)),
            or_(ResidentAct.refused.is_(None), ResidentAct.refused != UNPROVEN),
        )
        .order_by(ResidentAct.id)
    ).all()
    if not acts:
        return
    try:
        key = open_submission_key(session, office=office, submission_id=submission_id)
        texts = [open_act(key, act) for act in acts]
    except CannotOpen:
        return
    yield from (office.for_readers(text).text for text in texts)


def _papers(
    session: Session, office: Office, case: Case, papers: dict[PaperKind, Body], room: Room
) -> Iterator[tuple[str, str]]:
    """Who is meant, what was passed on, and what was filed about it."""
    if case.subject_mark is not None:
        subject = read_subject(session, paper=papers.get(PaperKind.SUBJECT), today=office.today)
        if subject is not None:
            yield from (("subject", subject.name), ("cell", subject.cell))
    yield "shown", whole_text(papers.get(PaperKind.SHOWN))
    yield "put", whole_text(papers.get(PaperKind.PUT))
    yield "statement", str((papers.get(PaperKind.STATEMENT) or {}).get("text", ""))
    yield "report", str((papers.get(PaperKind.REPORT) or {}).get("draft", ""))
    if room is Room.DESK and case.proposal:
        yield "note", str((papers.get(PaperKind.PROPOSAL) or {}).get("note", ""))


def _notes(session: Session, keys: CaseKeys, case: Case, room: Room) -> Iterator[tuple[str, str]]:
    """The notes of its course as this room reads them, the newest first, and the numbers of papers
    beside them.
    """
    said = (Event.public_note, Event.internal_note, FollowUp.reference)
    wanted = (
        select(Event.uid, Event.action, Event.facts, *said)
        .outerjoin(FollowUp, FollowUp.event_uid == Event.uid)
        .where(Event.case_id == case.id, or_(*(each.is_not(None) for each in said)))
    )
    if room is Room.DESK:
        wanted = wanted.where(Event.action.not_in(sorted(HIDDEN_FROM_DESKS)))
    if room is Room.COMMITTEE:
        routed = select(func.max(Event.id)).where(Event.case_id == case.id, Event.action == "route")
        wanted = wanted.where(
            Event.id >= routed.scalar_subquery(),
            Event.action.not_in(sorted(HIDDEN_FROM_COMMITTEES)),
        )
    for row in session.execute(wanted.order_by(Event.id.desc())):
        inside = room is Room.DESK or row.action in FOR_COMMITTEES
        yield from (("note", text) for text in _opened(keys, row, inside=inside))
        yield "paper", row.reference or row.facts.get("number", "")


def _files(
    session: Session, office: Office, keys: CaseKeys, case: Case, room: Room
) -> Iterator[tuple[str, str]]:
    """What the files are called that this room reads the names of."""
    listed = files_for_desk if room is Room.DESK else files_for_committee
    for file in listed(session, office=office, keys=keys, case=case):
        yield "file", file.name


def _opened(keys: CaseKeys, row: Any, *, inside: bool) -> Iterable[str]:
    """The notes of one step; none where one of them does not open."""
    try:
        public = open_note(keys.public, row.uid, "public_note", row.public_note)
        hidden = open_note(keys.internal, row.uid, "internal_note", row.internal_note)
    except CannotOpen:
        return ()
    if row.action == "publish" and public:
        public = Answer.from_note(public).text
    return (public, hidden) if inside else (public,)


def _headline(session: Session, keys: CaseKeys, case_id: int) -> str:
    """What the lists of the desk call a case. It is asked for by itself: a page of a committee
    holds its case without it, and what is done there is indexed for the desk, too.
    """
    box = session.scalar(select(Case.headline).where(Case.id == case_id))
    if box is None:
        return ""
    try:
        return decrypt(keys.internal, box, "feedback_case", case_id, "headline").decode()
    except CannotOpen:
        return ""
