"""The journal of what staff do: who, what, when, and about which case or account.

Nothing that anybody wrote is ever written here, no address and no browser, and nothing about
residents: when one looked at their letter is not known to the portal and must not be.

A verb writes its deed last. On PostgreSQL entries queue for one lock until they are committed, and
whoever holds it must not wait for rows of others.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from moderation.office import Office
from portal.db import queue_for
from portal.models import Account, Case, JournalEntry, JournalFloor, Organisation
from portal.models.administration import RequestKind
from portal.vault import Ring, new_uid
from portal.vocabulary import Deed, Role

#: Whoever goes back and forth on a case reads it once, and whoever is refused again and again is
#: refused once (design rule): a flood of tries must not fill the table.
ONCE = timedelta(hours=1)

#: What the first entry is bound to.
BEFORE_THE_FIRST = bytes(32)


def write_down(
    session: Session,
    *,
    ring: Ring,
    at: datetime,
    deed: Deed,
    account_id: int | None,
    case: Case | None = None,
    organisation_id: int | None = None,
    subject_id: int | None = None,
    member_id: UUID | None = None,
) -> None:
    """Write down one deed, about a case or about nobody, bound to all that were written before.

    ``subject_id`` is the colleague to whom something was done with it, ``member_id`` the member
    of the register whose entry was changed.

    Without an account it was a command of the machine. Without a place it concerns everybody and
    is written down at the highest organisation.
    """
    entry = JournalEntry(at=at, deed=deed, account_id=account_id, case_id=case.id if case else None)
    entry.subject_id, entry.member_id = subject_id, member_id
    entry.organisation_id = organisation_id or session.scalar(_highest())
    _append(session, ring.search, entry)


def write_at_desk(
    session: Session, *, office: Office, case: Case, account_id: int, deed: Deed
) -> None:
    """Write down what somebody of the staff did about a case, at the desk that has it."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=account_id,
        case=case,
        organisation_id=case.desk_id,
    )


def write_about(
    session: Session,
    *,
    search: bytes,
    at: datetime,
    deed: Deed,
    subject_id: int,
    by_id: int | None,
    role: Role | None = None,
    matter: RequestKind | None = None,
    organisation_id: int | None = None,
) -> None:
    """Write down one deed about an account: its owner's own, or somebody else's.

    ``role`` and ``matter`` say which role and which request it was. It is written down at the home
    of the account unless another place is named.
    """
    place = func.coalesce(Account.home_id, _highest().scalar_subquery())
    entry = JournalEntry(
        at=at, deed=deed, account_id=by_id, subject_id=subject_id, role=role, matter=matter
    )
    entry.organisation_id = organisation_id or session.scalar(
        select(place).where(Account.id == subject_id)
    )
    _append(session, search, entry)


def has_just_read(session: Session, *, account_id: int, case_id: int, at: datetime) -> bool:
    """Whether it is written down that this person opened this case within the hour."""
    last = session.scalar(
        select(JournalEntry.at)
        .where(
            JournalEntry.case_id == case_id,
            JournalEntry.account_id == account_id,
            JournalEntry.deed == Deed.READ,
        )
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )
    return last is not None and last > at - ONCE


def was_just_refused(session: Session, *, account_id: int, at: datetime) -> bool:
    """Whether it is written down that this account was refused within the hour."""
    found = select(JournalEntry.id).where(
        JournalEntry.subject_id == account_id,
        JournalEntry.deed == Deed.REFUSED,
        JournalEntry.at > at - ONCE,
    )
    return session.scalars(found.limit(1)).first() is not None


def newest_chain(session: Session) -> bytes:
    """The chain of the newest entry: it binds every entry there is.

    Where all of them were trimmed the journal goes on from where the newest had been.
    """
    last = select(JournalEntry.chain).order_by(JournalEntry.id.desc()).limit(1)
    floor = select(JournalFloor.chain)
    newest = func.coalesce(last.scalar_subquery(), floor.scalar_subquery())
    return session.scalar(select(newest)) or BEFORE_THE_FIRST


def link(search: bytes, entry: Any, before: bytes) -> bytes:
    """What binds an entry to the one before it, under a key that only staff processes hold.

    ``entry`` is a row of the journal; its words may be plain strings, as they are stored.
    """
    plain = {
        "account": entry.account_id,
        "at": _plain(entry.at),
        "case": entry.case_id,
        "deed": entry.deed,
        "organisation": entry.organisation_id,
        "uid": entry.uid.hex(),
    }
    # What an entry does not have is left out, so that those written before there was such a thing
    # keep their chain.
    facts = {"matter": entry.matter, "role": entry.role, "subject": entry.subject_id}
    facts["member"] = entry.member_id.hex if entry.member_id is not None else None
    plain |= {name: fact for name, fact in facts.items() if fact is not None}
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
    return hmac.digest(search, b"journal|" + before + canonical, hashlib.sha256)


def bind_floor(search: bytes, floor: Any) -> bytes:
    """What binds the floor of a trimmed journal, so that only staff processes can lay one.

    ``floor`` is a row of it: where the journal begins now, how much went, and when.
    """
    facts = f"{floor.gone}|{_plain(floor.until)}|{_plain(floor.at)}|".encode()
    return hmac.digest(search, b"journal floor|" + facts + floor.chain, hashlib.sha256)


def _plain(moment: datetime) -> str:
    """A moment as it is bound."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _append(session: Session, search: bytes, entry: JournalEntry) -> None:
    """Put an entry at the end of the chain."""
    queue_for(session, b"journal")
    entry.uid = new_uid()
    entry.chain = link(search, entry, newest_chain(session))
    session.add(entry)
    session.flush()


def _highest() -> Select[int]:
    """The id of the highest organisation."""
    return select(func.min(Organisation.id)).where(Organisation.parent_id.is_(None))
