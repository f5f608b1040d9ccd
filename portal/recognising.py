"""Recognising keys: whether those of a process are the ones that the database was used with.

A wrong key would otherwise be found out by the first resident whose code opens nothing.
"""

from __future__ import annotations

import hmac
import logging

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from portal.db import Database, RowSession, queue_for
from portal.models import KeyCheck
from portal.revision import OldSchema, fault_of
from portal.vault import KeyFault, Ring
from portal.vault.checking import check_value, check_values, kind_of, place_of

_log = logging.getLogger(__name__)


def recognise(database: Database, ring: Ring, *, remembers: bool = False) -> None:
    """Raise KeyFault, in one sentence, unless the keys are those of this database.

    What is there the first time is right: a process that ``remembers`` notes it for all others.
    Raises OldSchema where the database cannot be asked.
    """
    try:
        with database.reading() as session:
            new = _new_kinds(session, ring)
        if new and remembers:
            with database.writing() as session:
                queue_for(session, b"keys")
                for name in _new_kinds(session, ring):
                    note(session, ring=ring, name=name, needed=True)
    except DatabaseError as error:
        raise OldSchema(fault_of(error)) from error


def note(session: Session, *, ring: Ring, name: str, needed: bool) -> None:
    """Note what stands for a key of the ring, and whether its holders must have it from now on."""
    session.merge(KeyCheck(name=name, value=check_values(ring)[name], needed=needed))


def newest_version(session: RowSession, *, ring: Ring) -> int:
    """The version of the staff key to seal to now. The database is asked only when a key has come.

    One that was handed out since the start is used from now on; a stranger's never is, because
    nobody could open what is sealed to it.
    """
    come = ring.newer_half()
    if come is not None:
        name = f"staff.{come[0]}"
        noted = session.execute(select(KeyCheck.value).where(KeyCheck.name == name)).scalar()
        if noted is not None and hmac.compare_digest(noted, check_value(name, come[1])):
            ring.take(*come)
        else:
            _log.warning("%s is not a key of this database and is not used.", name)
    return ring.version


def _new_kinds(session: Session, ring: Ring) -> list[str]:
    """The keys of a kind that nobody has noted yet. Raises KeyFault for a wrong or a lost one."""
    known = {row.name: row for row in session.scalars(select(KeyCheck))}
    kinds, mine = {kind_of(name) for name in known}, check_values(ring)
    for name, value in mine.items():
        if kind_of(name) in kinds and not _fits(known.get(name), value):
            raise KeyFault(
                f"The key {place_of(ring, name)} is not the one that this database was used with: "
                "restore it from its safe copy."
            )
    needed = [name for name, row in known.items() if row.needed]
    if lost := _lost(ring, needed, mine):
        raise KeyFault(f"The key {place_of(ring, lost)} is missing: restore it from its safe copy.")
    return [name for name in mine if kind_of(name) not in kinds]


def _fits(row: KeyCheck | None, value: bytes) -> bool:
    """Whether a key is the one that was noted."""
    return row is not None and hmac.compare_digest(row.value, value)


def _lost(ring: Ring, needed: list[str], mine: dict[str, bytes]) -> str | None:
    """A key that this ring lacks although it holds others of its kind.

    Who only seals to staff needs no more than one key to seal to: a newer one may be on its way.
    """
    for kind in {kind_of(name) for name in mine}:
        wanted = [name for name in needed if kind_of(name) == kind]
        missing = [name for name in wanted if name not in mine]
        sealing = kind == "staff" and not ring.private
        if missing and (not sealing or len(missing) == len(wanted)):
            return missing[-1]
    return None
