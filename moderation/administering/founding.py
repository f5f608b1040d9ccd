"""The first administrators of an installation, whom nobody could have invited.

Two are needed before they can appoint others, so the machine's own command makes the first two
and no third.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from moderation.accounts import login_of
from moderation.administering.inviting import Link, Newcomer, add_account, make_link
from moderation.journal import write_about
from portal.clock import local_date
from portal.models import Account, Grant, Organisation
from portal.text import fold
from portal.vocabulary import Deed, OrganisationKind, Role

#: What two administrators decide needs two (design rule).
_FOUNDERS = 2


class AlreadyFounded(Exception):
    """There are two administrators already: they invite the others."""


class NoOrganisation(Exception):
    """There is no organisation yet, and no name for the first one was given."""


def invite_first(
    session: Session, *, search: bytes, login: str, name: str, organisation: str, at: datetime
) -> Link:
    """Make an administrator of the highest organisation and a link that opens the account.

    For the same login, as long as nobody has used the link, it only makes a new one. Where there
    is no organisation yet the highest is made under the name given. Raises AlreadyFounded,
    NoOrganisation, LoginTaken.
    """
    founders = _founders(session, at)
    waiting = next((one for one in founders if one.login == login_of(login)), None)
    if waiting is not None and not waiting.active:
        return _open(session, search, waiting, at)
    if len(founders) >= _FOUNDERS:
        raise AlreadyFounded
    top = _top(session, organisation, at)
    newcomer = Newcomer(login=login, name=name, home_id=top.id)
    account = add_account(session, newcomer=newcomer, at=at)
    session.add(
        Grant(
            account_id=account.id,
            role=Role.ADMINISTRATOR,
            organisation_id=top.id,
            valid_from=local_date(at),
        )
    )
    return _open(session, search, account, at)


def _open(session: Session, search: bytes, account: Account, at: datetime) -> Link:
    """The link, and what the machine did as a line of the journal."""
    link = make_link(session, account=account, by_id=None, at=at)
    write_about(session, search=search, at=at, deed=Deed.FOUNDED, subject_id=account.id, by_id=None)
    return link


def _founders(session: Session, at: datetime) -> list[Account]:
    """Whoever is administrator somewhere, or will be once the invitation is accepted."""
    today = local_date(at)
    return list(
        session.scalars(
            select(Account)
            .join(Grant, Grant.account_id == Account.id)
            .where(
                Grant.role == Role.ADMINISTRATOR,
                Grant.valid_from <= today,
                or_(Grant.valid_to.is_(None), Grant.valid_to >= today),
                Account.ended_at.is_(None),
            )
            .distinct()
        )
    )


def _top(session: Session, name: str, at: datetime) -> Organisation:
    """The highest organisation; the first one is made when there is none."""
    found = session.scalars(
        select(Organisation).where(Organisation.parent_id.is_(None)).order_by(Organisation.id)
    ).first()
    if found is not None:
        return found
    if not name.strip():
        raise NoOrganisation
    top = Organisation(
        kind=OrganisationKind.PROVINCE,
        name=name,
        short_name=name,
        folded=fold(name),
        path="",
        valid_from=local_date(at),
    )
    session.add(top)
    session.flush()
    top.path = f"{top.id}."
    return top
