"""Emptying the outbox of the staff: of most of it the daily digest tells, of some a mail at once.

Urgent are (design rule): a letter in fear of retaliation or with a possible denunciation that has
come or to which its writer added something, because it has one working day; and what is so late
below that the level above is told of it, or may take it over. Only those are told who see the case
themselves: no notice tells anybody more than their own lists would.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import NotVisible, Person, find_case, identify
from moderation.office import Office
from moderation.register import accounts_at
from portal.db import queue_for
from portal.models import Case, Notice, StaffMail
from portal.models.case import Room
from portal.vocabulary import Role

#: What is urgent whatever the case is about, and what is only where somebody may be in danger.
ALWAYS = frozenset({"late_below", "may_take_over"})
GUARDED = frozenset({"arrived", "supplied", "resume"})


def has_waiting(session: Session) -> bool:
    """Whether anything lies in the outbox."""
    return (
        session.scalars(select(Notice.id).where(Notice.sent_at.is_(None)).limit(1)).first()
        is not None
    )


def empty(session: Session, *, office: Office, limit: int = 200) -> None:
    """Take the oldest out of the outbox, and let those be told at once whom it is urgent for."""
    queue_for(session, b"outbox")
    waiting = session.scalars(
        select(Notice).where(Notice.sent_at.is_(None)).order_by(Notice.id).limit(limit)
    ).all()
    for notice in waiting:
        case = session.get(Case, notice.case_id) if notice.case_id else None
        if case is not None and is_urgent(notice.kind, case):
            for account_id in _readers(session, office, case, notice.organisation_id):
                _wake(session, office, account_id)
        notice.sent_at = office.at


def is_urgent(kind: str, case: Case) -> bool:
    """Whether a notice of this kind about this case waits for no digest."""
    guarded = case.fears_retaliation or case.possible_denunciation
    return kind in ALWAYS or (guarded and kind in GUARDED)


def _readers(
    session: Session, office: Office, case: Case, organisation_id: int | None
) -> Iterator[int]:
    """The accounts of an organisation that see the case there, by the one rule of the lists."""
    for role, room in ((Role.MODERATOR, Room.DESK), (Role.COMMITTEE, Room.COMMITTEE)):
        places = [organisation_id] if organisation_id else []
        for account in accounts_at(session, organisation_ids=places, role=role, on=office.today):
            person = identify(
                session, search=office.ring.search, account=account, today=office.today
            )
            if _sees(session, person, case, room):
                yield account.id


def _sees(session: Session, person: Person, case: Case, room: Room) -> bool:
    """Whether somebody finds the case in this room."""
    try:
        find_case(session, person=person, case_id=case.id, room=room)
    except NotVisible:
        return False
    return True


def _wake(session: Session, office: Office, account_id: int) -> None:
    """Let somebody be told at once."""
    row = session.get(StaffMail, account_id)
    if row is None:
        row = StaffMail(account_id=account_id)
        session.add(row)
        session.flush()
    row.urgent_at = row.urgent_at or office.at
