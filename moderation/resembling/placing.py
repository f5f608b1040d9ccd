"""Placing a letter among all others: a few look-ups, however many there are.

It is worth comparing with what has a trait in common: a part of its text at the same place, the
same name of whoever it is about, or a member whom both may mean. Of each trait only the newest
cases are asked for; a campaign of thousands is one case or on its way to be one, and each of its
letters leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, insert, select, union_all
from sqlalchemy.orm import Session

from moderation.access import member_mark
from moderation.office import Office
from moderation.resembling.sketching import Sketch, Sketcher
from portal.models import Case, LookAlike, Submission, Trait
from portal.models import Sketch as SketchRow
from portal.vault import CannotOpen
from portal.vocabulary import Status
from portal.words import Words

#: How long after it a letter may still be about the same matter (design rule).
WINDOW: Final = timedelta(days=60)
#: The share of common pieces from which two letters about one person, or from one place only, are
#: proposed. Measured on letters that tell of one thing in the words of two people (0.08 to 0.31)
#: and of two things (at most 0.06).
SAME_PERSON: Final = 0.12
SAME_PLACE: Final = 0.3
#: So many are proposed; of one trait so many of the newest cases are compared. A letter that may
#: mean more members than these means nobody in particular.
_MOST: Final = 3
_NEWEST: Final = 20
_MEMBERS: Final = 12


def place(
    session: Session,
    *,
    office: Office,
    case: Case,
    submission: Submission,
    words: Words,
    possible: Iterable[UUID],
) -> None:
    """Remember by what a letter is found, and propose the earlier cases that are like it.

    In at most seven statements, whatever there is to be compared with.
    """
    sketcher, members = Sketcher(office.ring.search), list(possible)
    marks = [member_mark(office.ring.search, each) for each in members]
    persons = sketcher.persons(
        where=submission.unit_id or 0,
        about=words.about,
        marks=marks if len(marks) <= _MEMBERS else (),
    )
    parts = sketcher.parts(words.what, where=submission.unit_id or 0)
    sketch = sketcher.sketch(words.what)
    found = _with_common_traits(session, case.id, persons | parts, since=office.today - WINDOW)
    alike = _compare(session, sketcher, sketch, found, persons)
    _propose(session, office, case, alike, but=_own_letter(session, submission))
    _remember(session, office, case.id, persons | parts, sketcher.seal(case.id, sketch))


def forget_sketches(session: Session, *, today: date) -> None:
    """Forget by what letters are found whose time is over; what was proposed stays."""
    for table in (Trait, SketchRow):
        session.execute(delete(table).where(table.on < today - WINDOW))


def _with_common_traits(
    session: Session, case_id: int, traits: Iterable[bytes], *, since: date
) -> dict[int, set[bytes]]:
    """The newest cases of each trait, each with the traits that are common."""
    newest = [
        select(Trait.case_id, Trait.value)
        .where(Trait.value == trait, Trait.case_id != case_id, Trait.on >= since)
        .order_by(Trait.case_id.desc())
        .limit(_NEWEST)
        .subquery()
        for trait in sorted(traits)
    ]
    found: dict[int, set[bytes]] = {}
    for row in session.execute(union_all(*(select(each) for each in newest))):
        found.setdefault(row.case_id, set()).add(row.value)
    return found


def _compare(
    session: Session,
    sketcher: Sketcher,
    sketch: Sketch,
    found: Mapping[int, set[bytes]],
    persons: set[bytes],
) -> dict[int, tuple[float, bool]]:
    """How alike each of these is and whether it may be about the same person, where it is enough.

    A sketch that does not open is compared with nothing.
    """
    alike: dict[int, tuple[float, bool]] = {}
    rows = session.execute(
        select(SketchRow.case_id, SketchRow.body).where(SketchRow.case_id.in_(found))
    )
    for row in rows:
        same_person = bool(found[row.case_id] & persons)
        try:
            likeness = sketch.likeness(sketcher.open(row.case_id, row.body))
        except CannotOpen:
            continue
        if likeness >= (SAME_PERSON if same_person else SAME_PLACE):
            alike[row.case_id] = (likeness, same_person)
    return alike


def _propose(
    session: Session,
    office: Office,
    case: Case,
    alike: Mapping[int, tuple[float, bool]],
    *,
    but: int | None,
) -> None:
    """Propose the likest; in place of a case that is in another one, or led to it, that other.

    ``but`` is the case of the other matter of the same letter: that was said to be another one.
    """
    leads = _leads(session, alike)
    best: dict[int, tuple[float, bool]] = {}
    for number, (likeness, same_person) in alike.items():
        lead = leads.get(number)
        if lead is not None and lead not in {case.id, but}:
            best[lead] = max(best.get(lead, (0.0, False)), (likeness, same_person))
    likest = sorted(best.items(), key=lambda each: (-each[1][0], each[0]))[:_MOST]
    if likest:
        rows = [
            {
                "case_id": case.id,
                "earlier_id": number,
                "percent": round(likeness * 100),
                "same_person": same_person,
                "at": office.at,
            }
            for number, (likeness, same_person) in likest
        ]
        session.execute(insert(LookAlike), rows)


def _own_letter(session: Session, submission: Submission) -> int | None:
    """The case of the letter that a submission is one matter of."""
    if submission.part_of_id is None:
        return None
    return session.get_one(Submission, submission.part_of_id).case_id


def _leads(session: Session, numbers: Iterable[int]) -> dict[int, int]:
    """For each case the one that stands for it: where its letters are, or what it is like.

    Those that everybody left, and copies in quarantine, lead nowhere.
    """
    wanted = list(numbers)
    rows = session.execute(
        select(Case.id, Case.merged_into_id).where(
            Case.id.in_(wanted), Case.status != Status.WITHDRAWN, Case.held.is_(False)
        )
    )
    leads = {row.id: row.merged_into_id or row.id for row in rows}
    proposed = session.execute(
        select(LookAlike.case_id, LookAlike.earlier_id)
        .where(LookAlike.case_id.in_(set(leads.values())), LookAlike.apart_at.is_(None))
        .order_by(LookAlike.percent)
    )
    earlier = {row.case_id: row.earlier_id for row in proposed}
    return {number: earlier.get(lead, lead) for number, lead in leads.items()}


def _remember(
    session: Session, office: Office, case_id: int, traits: Iterable[bytes], body: bytes
) -> None:
    """Write down by what a letter is found from now on."""
    on = office.today
    rows = [{"value": trait, "case_id": case_id, "on": on} for trait in sorted(traits)]
    session.execute(insert(Trait), rows)
    session.execute(insert(SketchRow), [{"case_id": case_id, "body": body, "on": on}])
