"""Passkeys: a key that never leaves the person's device signs what we ask, for our site only.

They follow the password, so who holds the device need not be checked by the device once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from moderation.access import Owner
from moderation.proving.apps import PORTAL, write_added
from portal.models import Account, FactorKind, SecondFactor
from portal.vault import new_uid

#: No answer of a browser is as long; a longer one is not even read.
LONGEST_ANSWER = 16_000
#: What the library lets through when an answer is no answer at all, beside its own exceptions.
_FAULTS = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, IndexError)


class BadPasskey(Exception):
    """The answer was not signed for us, now, by a passkey of this account."""


@dataclass(frozen=True)
class Site:
    """Where passkeys are for: the name of the host, and the address that browsers sign."""

    host: str
    origin: str


def creation_options(
    session: Session, *, account: Account | Owner, site: Site, challenge: bytes
) -> str:
    """What a browser is asked in order to make a passkey, as JSON."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=PORTAL,
        user_id=str(account.id).encode(),
        user_name=account.login,
        user_display_name=account.name,
        challenge=challenge,
        exclude_credentials=_known(session, account.id),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.DISCOURAGED,
        ),
    )
    return options_to_json(options)


def request_options(
    session: Session, *, account_id: int, site: Site, challenge: bytes
) -> str | None:
    """What a browser is asked in order to use one, as JSON; nothing for who has none."""
    known = _known(session, account_id)
    if not known:
        return None
    options = generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        allow_credentials=known,
        user_verification=UserVerificationRequirement.DISCOURAGED,
    )
    return options_to_json(options)


def add_passkey(
    session: Session,
    *,
    search: bytes,
    account_id: int,
    site: Site,
    challenge: bytes,
    answer: str,
    name: str,
    at: datetime,
) -> SecondFactor:
    """Take a new passkey as a second factor, and write it down. Raises BadPasskey."""
    try:
        made = verify_registration_response(
            credential=answer[:LONGEST_ANSWER],
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except _FAULTS as error:
        raise BadPasskey from error
    taken = select(SecondFactor.id).where(SecondFactor.credential_id == made.credential_id)
    if session.scalars(taken).first() is not None:
        raise BadPasskey
    factor = SecondFactor(
        uid=new_uid(),
        account_id=account_id,
        kind=FactorKind.PASSKEY,
        name=name,
        created_at=at,
        last_used_at=at,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
    )
    session.add(factor)
    session.flush()
    write_added(session, search=search, account_id=account_id, at=at)
    return factor


def take_passkey(
    session: Session,
    *,
    account_id: int,
    site: Site,
    challenge: bytes,
    answer: str,
    at: datetime,
) -> SecondFactor:
    """Take what one of the account's passkeys has signed. Raises BadPasskey.

    A counter that did not grow betrays a copy; of two answers at once one is refused.
    """
    try:
        credential = parse_authentication_credential_json(answer[:LONGEST_ANSWER])
        factor = _by_credential(session, account_id, credential.raw_id)
        proven = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=factor.public_key or b"",
            credential_current_sign_count=factor.sign_count or 0,
        )
    except _FAULTS as error:
        raise BadPasskey from error
    moved = session.scalars(
        update(SecondFactor)
        .where(SecondFactor.id == factor.id, SecondFactor.sign_count == factor.sign_count)
        .values(sign_count=proven.new_sign_count, last_used_at=at)
        .returning(SecondFactor.id)
    ).one_or_none()
    if moved is None:
        raise BadPasskey
    return factor


def _by_credential(session: Session, account_id: int, credential_id: bytes) -> SecondFactor:
    """The account's passkey of this id. Raises BadPasskey."""
    found = session.scalars(
        select(SecondFactor).where(
            SecondFactor.account_id == account_id, SecondFactor.credential_id == credential_id
        )
    ).one_or_none()
    if found is None:
        raise BadPasskey
    return found


def _known(session: Session, account_id: int) -> list[PublicKeyCredentialDescriptor]:
    """The passkeys of an account, as the library names them."""
    found = session.scalars(
        select(SecondFactor.credential_id)
        .where(
            SecondFactor.account_id == account_id,
            SecondFactor.kind == FactorKind.PASSKEY,
        )
        .order_by(SecondFactor.id)
    )
    return [PublicKeyCredentialDescriptor(id=each) for each in found if each]
