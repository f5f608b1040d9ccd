"""Keeping who wrote beside a new submission, in its transaction."""

from __future__ import annotations

import hmac

from sqlalchemy import insert, select

from portal.db import Base, RowSession
from portal.identity.dividing import seal_particulars
from portal.identity.particulars import Particulars, address_bytes, seal_address
from portal.identity.roster import Roster
from portal.models import Identity, IdentityShare, NoticeAddress
from portal.prepared import Prepared
from portal.vault import Code, Ring, derive

_INSERT_IDENTITY, _INSERT_SHARES, _INSERT_ADDRESS = (
    Prepared(insert(Base.metadata.tables[model.__tablename__]))
    for model in (Identity, IdentityShare, NoticeAddress)
)


class IdentityNotTaken(Exception):
    """There are fewer than two custodians, so no identity can be sealed."""


def keep(
    session: RowSession,
    *,
    ring: Ring,
    roster: Roster | None,
    code: Code,
    number: int,
    own: bytes,
    particulars: Particulars,
    notify: str,
) -> None:
    """Seal and store who wrote submission ``number`` and where they want to be told of news.

    ``own`` is its key. At most three statements, none where nothing was told. Raises
    IdentityNotTaken.
    """
    if particulars:
        if roster is None or not roster.takes_identities:
            raise IdentityNotTaken
        sealed = seal_particulars(particulars, number=number, own=own, keys=roster.keys)
        proof = identity_proof(ring, code, particulars)
        row = {"submission_id": number, "roster_id": roster.number, "box": sealed.box}
        _INSERT_IDENTITY.put(session, row | {"proof": proof})
        _INSERT_SHARES.put(
            session,
            *(
                {"submission_id": number, "custodian_id": each, "place": place, "box": box}
                for each, (place, box) in sealed.shares.items()
            ),
        )
    if notify:
        box = seal_address(ring.notice_sealer, notify, number=number, own=own)
        row = {"submission_id": number, "key_version": ring.notice_version, "box": box}
        _INSERT_ADDRESS.put(session, row | {"proof": address_proof(ring, code, notify)})


def same(
    session: RowSession,
    *,
    ring: Ring,
    code: Code,
    number: int,
    particulars: Particulars,
    notify: str,
) -> bool:
    """Whether the very same was told with submission ``number``. Asked only of a repeated form."""
    wanted = (
        (Identity, identity_proof(ring, code, particulars) if particulars else None),
        (NoticeAddress, address_proof(ring, code, notify) if notify else None),
    )
    for model, proof in wanted:
        table = Base.metadata.tables[model.__tablename__]
        asked = select(table.c.proof).where(table.c.submission_id == number)
        kept = session.execute(asked).scalar()
        if kept is None or proof is None:
            if kept is not proof:
                return False
        elif not hmac.compare_digest(kept, proof):
            return False
    return True


def identity_proof(ring: Ring, code: Code, particulars: Particulars) -> bytes:
    """What tells the holder of a code, and nobody else, that the same was told.

    Under the submission's key the staff could try out names and numbers until one fits.
    """
    return _proof(ring, code, b"identity", particulars.to_bytes())


def address_proof(ring: Ring, code: Code, notify: str) -> bytes:
    """The same for an address for notices."""
    return _proof(ring, code, b"notice", address_bytes(notify))


def _proof(ring: Ring, code: Code, what: bytes, plain: bytes) -> bytes:
    """A keyed hash under a key that only the code leads to."""
    return hmac.digest(derive(code.key(ring.pepper), "told", what), plain, "sha256")
