"""Keys of single things, sealed to the staff key alone: rows that a change of that key rewrites."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.office import Office
from portal.models import Seal
from portal.models.submission import SealHolder, SealTarget
from portal.recognising import newest_version
from portal.vault import CannotOpen, new_key, open_box, seal_box


def make_staff_key(session: Session, *, office: Office, target: SealTarget, number: int) -> bytes:
    """Make a key for the thing of this number, sealed to the staff key only."""
    key, version = new_key(), office.ring.version
    seal = Seal(
        target=target,
        target_id=number,
        holder=SealHolder.STAFF,
        holder_id=0,
        key_version=version,
        box=seal_box(office.ring.public[version], key, target.value, number),
    )
    session.add(seal)
    session.flush()
    # Who changes the staff key waits for all who write a seal: from here on it cannot pass us by.
    newest = newest_version(session, ring=office.ring)
    if newest != version:
        seal.key_version = newest
        seal.box = seal_box(office.ring.public[newest], key, target.value, number)
    return key


def open_staff_key(
    session: Session, *, office: Office, target: SealTarget, number: int
) -> bytes | None:
    """The key of the thing of this number, or nothing where none was made. Raises CannotOpen."""
    row = session.execute(
        select(Seal.key_version, Seal.box).where(
            Seal.target == target,
            Seal.target_id == number,
            Seal.holder == SealHolder.STAFF,
        )
    ).one_or_none()
    if row is None:
        return None
    private = office.ring.private.get(row.key_version)
    if private is None:
        raise CannotOpen("no key of this version")
    return open_box(private, row.box, target.value, number)
