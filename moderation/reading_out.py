"""Reading a letter's state out by telephone, to whoever knows its number and its code.

Staff see the state, the question and the answer, and no word of the writer. A code that was heard
opens nothing afterwards but its exchange for a new one: whoever took the call cannot use it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import journal
from moderation.access import Person, account_mark, visible_to
from moderation.carrying_out import settle_exchange
from moderation.entering import tracked_of
from moderation.noting import note
from moderation.office import Office
from moderation.papers import open_keys
from portal.models import Case, Seal, Slip, Submission
from portal.models.case import Room
from portal.models.journal import Actor
from portal.models.submission import SealHolder, SealTarget
from portal.tracking import Timeline, Tracked, find, find_slip, timeline
from portal.vault import Code
from portal.vocabulary import Deed


class NothingToRead(Exception):
    """No letter has this number and this code, or none that this person may know of."""


@dataclass(frozen=True, repr=False)
class Heard:
    """What may be read out."""

    tracked: Tracked
    course: Timeline


def read_out(session: Session, *, office: Office, by: Person, number: int, code: Code) -> Heard:
    """Open what the number and the code name, write down that it was read out, and return it.

    Whoever typed the letter may read it out. Raises NothingToRead, the same for every reason.
    """
    settle_exchange(session, office=office, submission_id=number)
    session.flush()
    tracked = _opened(session, office, code)
    if tracked is None or tracked.submission_id != number:
        raise NothingToRead
    case = _visible(session, office, by, tracked.case_id)
    keys = open_keys(session, office=office, case_id=case.id)
    _retire(session, office, number)
    note(
        session,
        keys=keys,
        case=case,
        action="read_out",
        actor=Actor.MODERATOR,
        at=office.at,
        account_id=by.account_id,
        submission_id=number,
        shown=True,
    )
    journal.write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.READ_OUT,
        account_id=by.account_id,
        case=case,
        organisation_id=case.desk_id,
    )
    session.flush()
    tracked = tracked._replace(public_key=keys.public)
    return Heard(tracked, timeline(session, tracked=tracked))


def _opened(session: Session, office: Office, code: Code) -> Tracked | None:
    """The submission of a code, or of a slip whose code was not exchanged yet."""
    found = find(session, ring=office.ring, code=code)
    if found is not None:
        return found
    slip = find_slip(session, ring=office.ring, code=code)
    if slip is None or slip.exchanged_at is not None:
        return None
    return tracked_of(session, number=slip.submission_id, key=slip.key)


def _visible(session: Session, office: Office, by: Person, case_id: int) -> Case:
    """The case, for a moderator of its desk who is not tied to the member. Raises NothingToRead."""
    own = account_mark(office.ring.search, by.account_id)
    reader = replace(by, marks=by.marks - {own})
    seen = visible_to(reader, [Room.DESK])
    case = session.scalars(select(Case).where(Case.id == case_id, Case.id.in_(seen))).one_or_none()
    if case is None:
        raise NothingToRead
    return case


def _retire(session: Session, office: Office, number: int) -> None:
    """Make a slip's code of one that somebody of the staff has heard; one that is stays one."""
    seal = session.scalars(
        select(Seal).where(
            Seal.target == SealTarget.SUBMISSION,
            Seal.target_id == number,
            Seal.holder == SealHolder.CODE,
        )
    ).one_or_none()
    if seal is None:
        return
    submission = session.get_one(Submission, number)
    slip = session.get(Slip, number)
    if slip is None:
        slip = Slip(submission_id=number)
        session.add(slip)
    slip.lookup, slip.box, slip.key_version = submission.lookup, seal.box, seal.key_version
    slip.at, slip.given_at, slip.exchanged_at = office.at, office.at, None
    submission.lookup = secrets.token_bytes(32)
    session.delete(seal)
