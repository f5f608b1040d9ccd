"""What lies sealed to the staff and to nobody else, beside the keys of cases.

All are rows of ``seal``, so that a change of the staff key takes them along.
"""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from moderation.office import Office
from portal.models import Seal
from portal.models.submission import SealHolder, SealTarget
from portal.recognising import newest_version
from portal.vault import open_box, seal_box


def put(
    session: Session, *, office: Office, target: SealTarget, target_id: int, plain: bytes
) -> None:
    """Seal something to the staff, in place of what was sealed for the same thing before."""
    drop(session, target=target, target_id=target_id)
    version = newest_version(session, ring=office.ring)
    public = office.ring.public[version]
    session.add(
        Seal(
            target=target,
            target_id=target_id,
            holder=SealHolder.STAFF,
            holder_id=0,
            key_version=version,
            box=seal_box(public, plain, target.value, target_id),
        )
    )
    session.flush()


def read(session: Session, *, office: Office, target: SealTarget, target_id: int) -> bytes | None:
    """What was sealed, opened; nothing where it is gone. Raises CannotOpen."""
    row = session.scalars(
        select(Seal).where(
            Seal.target == target,
            Seal.target_id == target_id,
            Seal.holder == SealHolder.STAFF,
        )
    ).one_or_none()
    if row is None:
        return None
    return open_box(office.ring.private[row.key_version], row.box, target.value, target_id)


def drop(session: Session, *, target: SealTarget, target_id: int) -> None:
    """Let what was sealed be gone."""
    session.execute(delete(Seal).where(Seal.target == target, Seal.target_id == target_id))
