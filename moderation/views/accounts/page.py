"""The page of one account."""

from __future__ import annotations

from typing import Any

from flask import Response

from moderation.accounts import states_of
from moderation.administering import asked, reading
from moderation.administering.ending import belongings
from moderation.administering.forgetting import kinds_of_factors
from moderation.administering.scope import NotYours
from moderation.administering.succeeding import heirs_of
from moderation.sessions import sessions_of
from moderation.views.accounts.room import ACCOUNT, bp, draw, open_account
from moderation.views.accounts.wording import (
    factor_label,
    heirs_line,
    outcome_line,
    owned_line,
    request_line,
    role_at,
)
from moderation.views.here import Here, here
from portal.models import Account, Organisation


@bp.get(f"/{ACCOUNT}")
def show(account_id: int) -> Response:
    """Show who it is, what they may do, to whom they are tied, and what was done about it."""
    account, found = open_account(account_id, managed=False), here()
    told = _who(account, found) | _may(account, found) | _entry(account, found)
    return draw(
        "show",
        account=account,
        managed=_managed(account_id),
        own=account.id == found.person.account_id,
        at=found.office.at,
        **told,
    )


def _who(account: Account, found: Here) -> dict[str, Any]:
    """Whose account it is, and to whom they are tied."""
    session, today = found.session, found.office.today
    home = session.get(Organisation, account.home_id) if account.home_id else None
    own = [account.member_id] if account.member_id else []
    members = reading.known_members(session, ids=own, today=today)
    return {
        "home": home.name if home else "",
        "member": members[0] if members else None,
        "ties": reading.ties_of(session, account_id=account.id, today=today),
    }


def _may(account: Account, found: Here) -> dict[str, Any]:
    """The roles, what was asked, and what an ended account has left."""
    session, by, today = found.session, found.person, found.office.today
    roles = reading.roles_of(session, account_id=account.id, by=by, today=today)
    requests = asked.requests_about(session, account_id=account.id, by=by)
    ended = account.ended_at is not None
    owned = belongings(session, by=by, account=account) if ended else []
    heirs = heirs_of(session, by=by, account=account, today=today) if ended else []
    return {
        "roles": [(role_at(each.role, each.kind, each.place), each) for each in roles],
        "requests": [(request_line(each), outcome_line(each), each) for each in requests],
        "left": [(owned_line(each), each) for each in owned if owned_line(each)],
        "heirs": [(role_at(each.role, each.kind, each.place), heirs_line(each)) for each in heirs],
    }


def _entry(account: Account, found: Here) -> dict[str, Any]:
    """By what somebody comes in, and where they are."""
    session, at = found.session, found.office.at
    return {
        "state": states_of(session, account_ids=[account.id])[account.id],
        "factors": [
            factor_label(each) for each in kinds_of_factors(session, account_id=account.id)
        ],
        "link": reading.last_link(session, account_id=account.id, at=at),
        "sessions": sessions_of(session, account_id=account.id, at=at),
    }


def _managed(account_id: int) -> bool:
    """Whether the person here may change the account."""
    try:
        return isinstance(open_account(account_id), Account)
    except NotYours:
        return False
