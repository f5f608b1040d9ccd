"""One-time codes from an app on the person's own telephone, by the usual standard (RFC 6238).

Six figures, a new code every thirty seconds. A code is taken once, and never after a later one.
"""

from __future__ import annotations

import base64
import hmac
import unicodedata
from datetime import datetime

from pyotp import TOTP
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from moderation.journal import write_about
from portal.models import FactorKind, SecondFactor
from portal.vault import decrypt, derive, encrypt, new_uid
from portal.vocabulary import Deed

STEP_SECONDS = 30
FIGURES = 6
#: A telephone's clock may be this many steps ahead or behind (design rule).
SKEW = 1
#: How the portal is named on telephones and by devices, in every language.
PORTAL = "Ý kiến nhân dân"
_SECRET_BYTES = 20
_PURPOSE = "one-time code"
_PLACE = ("second_factor", "secret")


class WrongCode(Exception):
    """The code is not right now, or was taken before; which of the two is not told."""


def new_secret(search: bytes, *, token: str, nonce: bytes) -> str:
    """The secret that a browser is offered for a new app, in the letters that people can type.

    It follows from the browser's own token and is stored nowhere before it is confirmed: nobody
    else who is half signed in to the same account is offered the same one.
    """
    raw = derive(search, "offered secret", token.encode() + nonce)[:_SECRET_BYTES]
    return base64.b32encode(raw).decode()


def app_address(secret: str, *, login: str) -> str:
    """What the picture for the app says."""
    return TOTP(secret).provisioning_uri(name=login, issuer_name=PORTAL)


def add_app(
    session: Session,
    *,
    search: bytes,
    account_id: int,
    secret: str,
    code: str,
    name: str,
    at: datetime,
) -> SecondFactor:
    """Take an app as a second factor once it has shown a right code, and write it down.

    Raises WrongCode.
    """
    step = _step_of(secret, code, at)
    if step is None:
        raise WrongCode
    factor = store_app(
        session, search=search, account_id=account_id, secret=secret, name=name, at=at, step=step
    )
    write_added(session, search=search, account_id=account_id, at=at)
    return factor


def write_added(session: Session, *, search: bytes, account_id: int, at: datetime) -> None:
    """Write down that an owner has added a second factor."""
    write_about(
        session,
        search=search,
        at=at,
        deed=Deed.FACTOR_ADDED,
        subject_id=account_id,
        by_id=account_id,
    )


def store_app(
    session: Session,
    *,
    search: bytes,
    account_id: int,
    secret: str,
    name: str,
    at: datetime,
    step: int | None = None,
) -> SecondFactor:
    """Write an app whose secret is known, sealed and bound to its row.

    Without the ``step`` of a first code nothing has shown that anybody has the secret: that is
    for the sample data, whose codes a command prints.
    """
    uid = new_uid()
    factor = SecondFactor(
        uid=uid,
        account_id=account_id,
        kind=FactorKind.APP,
        name=name,
        created_at=at,
        last_used_at=at if step is not None else None,
        last_step=step,
        secret=encrypt(derive(search, _PURPOSE), secret.encode(), _PLACE[0], uid, _PLACE[1]),
    )
    session.add(factor)
    session.flush()
    return factor


def take_code(
    session: Session, *, search: bytes, account_id: int, code: str, at: datetime
) -> SecondFactor:
    """Take a code of one of the account's apps, or raise WrongCode.

    The step of the code is noted in the statement that asks for it: of two browsers with the same
    code at the same moment one is refused.
    """
    for factor in _apps(session, account_id):
        step = _step_of(_secret(search, factor), code, at)
        if step is not None and _first_to_take(session, factor, step, at):
            return factor
    raise WrongCode


def code_now(session: Session, *, search: bytes, account_id: int, at: datetime) -> str:
    """The next code that would be taken: what the owner's telephone shows.

    Only for the sample data, whose people have no telephones. Raises WrongCode for an account
    without an app, and while every code that could be shown was taken.
    """
    for factor in _apps(session, account_id):
        step = max(_step(at), (factor.last_step or 0) + 1)
        if step <= _step(at) + SKEW:
            return TOTP(_secret(search, factor)).generate_otp(step)
    raise WrongCode


def _apps(session: Session, account_id: int) -> list[SecondFactor]:
    return list(
        session.scalars(
            select(SecondFactor)
            .where(SecondFactor.account_id == account_id, SecondFactor.kind == FactorKind.APP)
            .order_by(SecondFactor.id)
        )
    )


def _first_to_take(session: Session, factor: SecondFactor, step: int, at: datetime) -> bool:
    """Note the step, unless it or a later one was noted before."""
    taken = session.scalars(
        update(SecondFactor)
        .where(
            SecondFactor.id == factor.id,
            or_(SecondFactor.last_step.is_(None), SecondFactor.last_step < step),
        )
        .values(last_step=step, last_used_at=at)
        .returning(SecondFactor.id)
    ).one_or_none()
    return taken is not None


def _secret(search: bytes, factor: SecondFactor) -> str:
    """The secret of an app, opened."""
    box = factor.secret or b""
    return decrypt(derive(search, _PURPOSE), box, _PLACE[0], factor.uid, _PLACE[1]).decode()


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The step that a code belongs to, if it is one of those that may be shown now."""
    typed = _figures(code)
    app, now = TOTP(secret), _step(at)
    found = None
    for step in range(now - SKEW, now + SKEW + 1):
        if hmac.compare_digest(app.generate_otp(step).encode(), typed.encode()):
            found = step
    return found


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def _figures(code: str) -> str:
    """What was typed without spaces and dashes; figures of every keyboard are figures."""
    plain = unicodedata.normalize("NFKC", code[:50])
    return "".join(sign for sign in plain if not sign.isspace() and sign not in "-.·")
