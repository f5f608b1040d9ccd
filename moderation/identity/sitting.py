"""Two custodians in one sitting change who they are: add, replace, retire.

From then on identities are sealed to the new ones; what is kept is divided anew by the worker. For
that time it needs both of their keys, which lie sealed to what the worker alone holds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.identity.holding import (
    QUEUE,
    WrongPassphrase,
    admitted,
    retire,
    unlock,
    with_role,
    write_deed,
)
from moderation.office import Office
from portal.db import queue_for
from portal.identity import LEAST
from portal.models import Account, Custodian, CustodianSitting, Identity
from portal.vault import seal_box
from portal.vocabulary import Deed


class NotSitting(Exception):
    """These two cannot decide this; ``reason`` is other, first, second, few, nothing or running."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Holder:
    """One custodian on the list."""

    id: int
    account_id: int
    name: str
    admitted: bool


@dataclass(frozen=True, repr=False)
class Sitting:
    """What two custodians have decided: who comes and who goes, and the second one's consent."""

    other_id: int
    passphrase: str
    other_passphrase: str
    admit: Collection[int] = ()
    retire: Collection[int] = ()


def holders(session: Session, *, office: Office) -> list[Holder]:
    """All whose keys are in use today, and those who wait to be admitted."""
    return [
        Holder(
            id=each.id,
            account_id=each.account_id,
            name=session.get_one(Account, each.account_id).name,
            admitted=each.admitted_at is not None,
        )
        for each in with_role(session, office=office)
    ]


def newest_sitting(session: Session) -> CustodianSitting | None:
    """The sitting that was held last."""
    wanted = select(CustodianSitting).order_by(CustodianSitting.id.desc()).limit(1)
    return session.scalars(wanted).first()


def sit(session: Session, *, office: Office, by: Person, decided: Sitting) -> CustodianSitting:
    """Carry out what two custodians have decided, of whom ``by`` is one. Raises NotSitting.

    At least two remain. A key that is retired opens nothing from this moment on; its owner needs
    the role no more and keeps it until an administrator takes it.
    """
    queue_for(session, QUEUE)
    there = {each.id: each for each in with_role(session, office=office)}
    first, second = _two(session, by, there, decided)
    coming = [each for each in _chosen(there, decided.admit) if each.admitted_at is None]
    going = [each for each in _chosen(there, decided.retire) if each.admitted_at is not None]
    if not coming and not going:
        raise NotSitting("nothing")
    if len(admitted(there.values())) + len(coming) - len(going) < LEAST:
        raise NotSitting("few")
    keys = (
        _unlocked(first, decided.passphrase, "first"),
        _unlocked(second, decided.other_passphrase, "second"),
    )
    sitting = _keep(session, office, (first, second), keys)
    for each in coming:
        each.admitted_at = office.at
    for each in going:
        retire(each, office=office)
    session.flush()
    for deed, changed in ((Deed.CUSTODIAN_ADMITTED, coming), (Deed.CUSTODIAN_RETIRED, going)):
        for each in changed:
            write_deed(session, office=office, deed=deed, by=by, account_id=each.account_id)
    return sitting


def _two(
    session: Session, by: Person, there: dict[int, Custodian], decided: Sitting
) -> tuple[Custodian, Custodian]:
    """The two who sit together. Raises NotSitting."""
    running = newest_sitting(session)
    if running is not None and running.finished_at is None:
        raise NotSitting("running")
    known = admitted(there.values())
    first = next((each for each in known if each.account_id == by.account_id), None)
    second = next((each for each in known if each.id == decided.other_id), None)
    if first is None or second is None or first is second:
        raise NotSitting("other")
    return first, second


def _chosen(there: dict[int, Custodian], ids: Collection[int]) -> list[Custodian]:
    """Those of them that were named."""
    return [each for number, each in there.items() if number in set(ids)]


def _unlocked(custodian: Custodian, passphrase: str, whose: str) -> X25519PrivateKey:
    """The key of one of the two. Raises NotSitting for a wrong passphrase."""
    try:
        return unlock(custodian, passphrase)
    except WrongPassphrase as error:
        raise NotSitting(whose) from error


def _keep(
    session: Session,
    office: Office,
    two: tuple[Custodian, Custodian],
    keys: tuple[X25519PrivateKey, X25519PrivateKey],
) -> CustodianSitting:
    """Hand both keys to the worker, sealed to what it alone holds."""
    ring = office.ring
    boxes = [
        seal_box(ring.notice_sealer, key.private_bytes_raw(), "custodian_sitting", each.uid)
        for each, key in zip(two, keys, strict=True)
    ]
    sitting = CustodianSitting(
        at=office.at,
        first_id=two[0].id,
        second_id=two[1].id,
        key_version=ring.notice_version,
        first_box=boxes[0],
        second_box=boxes[1],
        total=session.scalar(select(func.count()).select_from(Identity)) or 0,
    )
    session.add(sitting)
    return sitting
