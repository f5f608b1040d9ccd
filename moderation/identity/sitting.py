"""Two custodians in one sitting change who they are: add, replace, retire.

From then on identities are sealed to the new ones; what is kept is divided anew by the worker. For
that time it needs both of their keys, which lie sealed to what the worker alone holds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.identity.holding import (
    QUEUE,
    Unlocked,
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


@dataclass(frozen=True)
class Sitting:
    """What two custodians have decided, of whom one sits at somebody else's desk."""

    other_id: int
    admit: Collection[int] = ()
    retire: Collection[int] = ()


@dataclass(frozen=True, repr=False)
class _Weighed:
    """The same, once it may be done: the two, who comes and who goes."""

    two: tuple[Custodian, Custodian]
    coming: list[Custodian]
    going: list[Custodian]


#: The keys of the two who sit together, that of whoever is signed in first.
BothKeys = tuple[Unlocked, Unlocked]


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


def unlock_both(
    session: Session, *, office: Office, by: Person, decided: Sitting, passphrases: tuple[str, str]
) -> BothKeys:
    """The keys of two who may do what they have decided. Raises NotSitting. It only reads."""
    two = _weigh(session, office, by, decided).two
    first, second = zip(two, passphrases, ("first", "second"), strict=True)
    return _unlocked(*first), _unlocked(*second)


def sit(
    session: Session, *, office: Office, by: Person, decided: Sitting, keys: BothKeys
) -> CustodianSitting:
    """Carry out what two custodians have decided, of whom ``by`` is one. Raises NotSitting.

    At least two remain. A key that is retired opens nothing from this moment on; its owner needs
    the role no more and keeps it until an administrator takes it.
    """
    queue_for(session, QUEUE)
    weighed = _weigh(session, office, by, decided)
    if [each.id for each in weighed.two] != [key.custodian_id for key in keys]:
        raise NotSitting("other")
    sitting = _keep(session, office, weighed.two, keys)
    for each in weighed.coming:
        each.admitted_at = office.at
    for each in weighed.going:
        retire(each, office=office)
    session.flush()
    for deed, changed in (
        (Deed.CUSTODIAN_ADMITTED, weighed.coming),
        (Deed.CUSTODIAN_RETIRED, weighed.going),
    ):
        for each in changed:
            write_deed(session, office=office, deed=deed, by=by, account_id=each.account_id)
    return sitting


def _weigh(session: Session, office: Office, by: Person, decided: Sitting) -> _Weighed:
    """Whether these two may do this now. Raises NotSitting."""
    there = {each.id: each for each in with_role(session, office=office)}
    two = _two(session, by, there, decided)
    coming = [each for each in _chosen(there, decided.admit) if each.admitted_at is None]
    going = [each for each in _chosen(there, decided.retire) if each.admitted_at is not None]
    if not coming and not going:
        raise NotSitting("nothing")
    if len(admitted(there.values())) + len(coming) - len(going) < LEAST:
        raise NotSitting("few")
    return _Weighed(two, coming, going)


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


def _unlocked(custodian: Custodian, passphrase: str, whose: str) -> Unlocked:
    """The key of one of the two. Raises NotSitting for a wrong passphrase."""
    try:
        return Unlocked(custodian.id, unlock(custodian, passphrase))
    except WrongPassphrase as error:
        raise NotSitting(whose) from error


def _keep(
    session: Session,
    office: Office,
    two: tuple[Custodian, Custodian],
    keys: BothKeys,
) -> CustodianSitting:
    """Hand both keys to the worker, sealed to what it alone holds."""
    ring = office.ring
    boxes = [
        seal_box(ring.notice_sealer, key.private.private_bytes_raw(), "custodian_sitting", each.uid)
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
