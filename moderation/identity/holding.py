"""Being a custodian: a key of one's own, locked by a passphrase that nobody can ever recover.

Locking and unlocking take a while by design. Both are done with a session that only reads, before
the unit of work begins that writes: on SQLite everybody else who writes would wait for them.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import NotVisible, Person
from moderation.accounts import is_password_of, stretch
from moderation.journal import write_about
from moderation.office import Office
from moderation.passwords import WeakPassword, check_password
from moderation.register import in_force
from portal.db import queue_for
from portal.i18n import gettext
from portal.models import Account, Custodian, Grant
from portal.vault import CannotOpen, decrypt, encrypt, mark, new_uid
from portal.vocabulary import Deed, Role

#: Three times the work of a password: whoever has a copy of the database may try for years, and
#: nobody types a passphrase every day (design rule). The memory is a password's, in KiB.
ROUNDS, MEMORY = 6, 47_104
_SALT_BYTES = 16
#: Whoever changes something about custodians waits for whoever else does.
QUEUE = b"custodians"


class AlreadyCustodian(Exception):
    """This person has a key already."""


class WrongPassphrase(Exception):
    """The passphrase does not unlock the key."""


@dataclass(frozen=True, repr=False)
class Unlocked:
    """The key of a custodian of today, unlocked for what they are about to do."""

    custodian_id: int
    private: X25519PrivateKey


def make_own(session: Session, *, office: Office, by: Person, passphrase: str) -> Custodian:
    """A key for somebody who was given the role, locked by a passphrase; not stored yet.

    Raises WeakPassword for one that is easily guessed or is their password, and AlreadyCustodian.
    The passphrase is not kept: without it the key is of no use to anybody.
    """
    _refuse_second(session, by)
    check_passphrase(session, by=by, passphrase=passphrase)
    return make(office=office, account_id=by.account_id, passphrase=passphrase)


def become(session: Session, *, office: Office, by: Person, made: Custodian) -> None:
    """Store the key that somebody has made for themselves. Raises AlreadyCustodian."""
    queue_for(session, QUEUE)
    _refuse_second(session, by)
    session.add(made)
    write_deed(session, office=office, deed=Deed.CUSTODIAN_MADE, by=by, account_id=by.account_id)


def make(
    *, office: Office, account_id: int, passphrase: str, rounds: int = ROUNDS, memory: int = MEMORY
) -> Custodian:
    """A new key for an account, locked; ``memory`` in KiB. It is not stored here."""
    private, uid = X25519PrivateKey.generate(), new_uid()
    public, salt = private.public_key().public_bytes_raw(), secrets.token_bytes(_SALT_BYTES)
    key = stretch(passphrase, salt, rounds=rounds, memory_kib=memory)
    return Custodian(
        uid=uid,
        account_id=account_id,
        public=public,
        salt=salt,
        rounds=rounds,
        memory_kib=memory,
        locked=encrypt(key, private.private_bytes_raw(), "custodian", uid, "locked"),
        proof=_proof(office.ring.search, account_id, uid, public),
        made_at=office.at,
    )


def check_passphrase(session: Session, *, by: Person, passphrase: str) -> None:
    """Raise WeakPassword for a passphrase that would be guessed, or is the person's password."""
    check_password(passphrase, login=by.login, name=by.name)
    if is_password_of(session, account_id=by.account_id, password=passphrase):
        raise WeakPassword(gettext("Câu khóa phải khác mật khẩu đăng nhập."))


def key_of(session: Session, *, account_id: int) -> Custodian | None:
    """The key that an account holds, admitted or not; none once it is retired."""
    wanted = select(Custodian).where(
        Custodian.account_id == account_id, Custodian.retired_at.is_(None)
    )
    return session.scalars(wanted).one_or_none()


def unlock(custodian: Custodian, passphrase: str) -> X25519PrivateKey:
    """The private half of a custodian's key. Raises WrongPassphrase."""
    key = stretch(
        passphrase,
        custodian.salt,
        rounds=custodian.rounds,
        memory_kib=custodian.memory_kib,
    )
    try:
        raw = decrypt(key, custodian.locked or b"", "custodian", custodian.uid, "locked")
    except CannotOpen as error:
        raise WrongPassphrase from error
    return X25519PrivateKey.from_private_bytes(raw)


def unlock_own(session: Session, *, office: Office, by: Person, passphrase: str) -> Unlocked:
    """The key of somebody who is custodian today. Raises NotVisible and WrongPassphrase."""
    for each in admitted(with_role(session, office=office)):
        if each.account_id == by.account_id:
            return Unlocked(each.id, unlock(each, passphrase))
    raise NotVisible


def with_role(session: Session, *, office: Office) -> list[Custodian]:
    """Every key that is in use today: its owner has the role, and staff made it.

    One whose owner has lost the role for a while is left out, and is back with the role.
    """
    holds = select(Grant.account_id).where(
        Grant.role == Role.CUSTODIAN, in_force(Grant, office.today)
    )
    rows = session.scalars(
        select(Custodian)
        .join(Account, Account.id == Custodian.account_id)
        .where(
            Custodian.retired_at.is_(None),
            Account.active.is_(True),
            Custodian.account_id.in_(holds),
        )
        .order_by(Custodian.id)
    )
    return [each for each in rows if _is_ours(office.ring.search, each)]


def admitted(custodians: Iterable[Custodian]) -> list[Custodian]:
    """Those to whose keys identities are sealed."""
    return [each for each in custodians if each.admitted_at is not None]


def lay_down(session: Session, *, office: Office, account_id: int) -> bool:
    """Let the key of an account that ends be gone for ever; whether there was one."""
    custodian = key_of(session, account_id=account_id)
    if custodian is None:
        return False
    retire(custodian, office=office)
    return True


def retire(custodian: Custodian, *, office: Office) -> None:
    """Let a key be gone: nothing is sealed to it any more, and nothing opens with it."""
    custodian.retired_at, custodian.locked = office.at, None


def write_deed(
    session: Session, *, office: Office, deed: Deed, by: Person, account_id: int
) -> None:
    """Write down what became of a custodian, about their account."""
    write_about(
        session,
        search=office.ring.search,
        at=office.at,
        deed=deed,
        subject_id=account_id,
        by_id=by.account_id,
        role=Role.CUSTODIAN,
    )


def _refuse_second(session: Session, by: Person) -> None:
    """Raise AlreadyCustodian for whoever has a key, or has not been given the role."""
    if not by.has(Role.CUSTODIAN) or key_of(session, account_id=by.account_id) is not None:
        raise AlreadyCustodian


def _is_ours(search: bytes, custodian: Custodian) -> bool:
    """Whether staff made this key for this account; a row put in from outside has no such proof."""
    proof = _proof(search, custodian.account_id, custodian.uid, custodian.public)
    return hmac.compare_digest(proof, custodian.proof)


def _proof(search: bytes, account_id: int, uid: bytes, public: bytes) -> bytes:
    """What only a process of the staff can write beside a key."""
    return mark(search, f"custodian:{account_id}:{uid.hex()}:{public.hex()}")
