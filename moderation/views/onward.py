"""Where a person goes after signing in. Never to an address that is not ours."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

from moderation.access import Person
from portal.vocabulary import Role

#: The desk that each of these roles works at, in the order in which a person lands on them.
DESK_OF = {
    Role.MODERATOR: "desk",
    Role.COMMITTEE: "committee",
    Role.CUSTODIAN: "identity",
    Role.REGISTRAR: "register",
    Role.ADMINISTRATOR: "accounts",
    Role.AUDITOR: "journal",
}
_NOWHERE = frozenset({"static", "start"})
#: Whoever has signed in has nothing to do on these pages any more.
_SIGNING_IN = frozenset({"sign_in", "second", "enrol", "again"})


def landing(person: Person) -> str:
    """The page a person starts from: their desk, or the page that explains their role."""
    for role, desk in DESK_OF.items():
        if person.has(role):
            return url_for(f"{desk}.index")
    return url_for("settings.account")


def safe_next(raw: str | None) -> str | None:
    """The page that was asked for before signing in, if it is one of ours that can be opened.

    Design rule: nothing that a browser could read as another site, however it is dressed up.
    """
    if not raw or not raw.startswith("/") or raw.startswith(("//", "/\\")) or not raw.isprintable():
        return None
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, _values = adapter.match(urlsplit(raw).path, "GET") if adapter else ("static", {})
    except HTTPException:
        return None
    past = endpoint.partition(".")[0] in _SIGNING_IN
    return None if past or endpoint in _NOWHERE else raw
