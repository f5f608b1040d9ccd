"""Where somebody of the staff is reached at work: set by administrators, confirmed by the owner.

Nothing is mailed to an address that its owner has not confirmed.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.recording import record
from moderation.administering.scope import find_account
from moderation.office import Office
from portal.identity.checking import is_mail
from portal.models import Account
from portal.vocabulary import Deed


class NoAddress(Exception):
    """This is not one mail address in plain letters."""


def set_address(
    session: Session, *, office: Office, by: Person, account_id: int, address: str
) -> None:
    """Set or, without one, take away where somebody is reached; they have to confirm it.

    Raises NotYours, NoAddress.
    """
    account = find_account(session, by=by, account_id=account_id, on=office.today, managed=True)
    _put(account, address)
    account.mail_confirmed_at = None
    record(session, office=office, by=by, deed=Deed.ADDRESS_SET, account_id=account.id)


def confirm_address(session: Session, *, office: Office, by: Person, address: str) -> None:
    """Say that this is one's own address at work, or another one, or none. Raises NoAddress."""
    account = session.get_one(Account, by.account_id)
    _put(account, address)
    account.mail_confirmed_at = office.at if account.mail else None
    record(session, office=office, by=by, deed=Deed.ADDRESS_SET, account_id=account.id)


def _put(account: Account, address: str) -> None:
    """Write the address down. Raises NoAddress."""
    if address and not (is_mail(address) and address.isascii()):
        raise NoAddress
    account.mail = address or None
