"""What a custodian finds: the key of one's own, what waits, and who holds keys."""

from __future__ import annotations

from flask import Response

from moderation.identity.holding import key_of
from moderation.identity.sitting import holders, newest_sitting
from moderation.identity.waiting import list_requests
from moderation.views.here import here
from moderation.views.identity.room import bp, draw
from portal.identity import LEAST


@bp.get("/")
def index() -> Response:
    """Show the requests that wait, the custodians, and how far dividing anew has come."""
    found = here()
    session, office, by = found.session, found.office, found.person
    known = holders(session, office=office)
    own = key_of(session, account_id=by.account_id)
    in_use = own is not None and any(each.id == own.id and each.admitted for each in known)
    return draw(
        "index",
        requests=list_requests(session, office=office, by=by),
        own=own,
        in_use=in_use,
        holders=known,
        enough=sum(each.admitted for each in known) >= LEAST,
        sitting=newest_sitting(session),
    )
