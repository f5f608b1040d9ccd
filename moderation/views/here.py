"""Where every staff page starts: who is here, with which session, and with what at hand.

A blueprint of the staff room asks for a signed-in person itself, by ``signed_in`` and, where it
is one desk's, by ``need_role``. Nothing here decides what may be seen of a case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import abort, current_app, g, redirect, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as AnyResponse

from moderation.access import Person, identify
from moderation.office import Office
from moderation.views.sessions import renew, signed_in_browser
from portal.holding import held
from portal.models import Account
from portal.unit import current_session
from portal.vocabulary import OrganisationKind, Role

#: The desk that each of these roles works at, in the order in which a person lands on them.
DESK_OF = {Role.MODERATOR: "desk", Role.COMMITTEE: "committee"}
_SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, repr=False)
class Here:
    """The signed-in person, the session of this request, and the office at this moment."""

    session: Session
    person: Person
    office: Office


@dataclass(frozen=True)
class Me:
    """What the head of every page says of the person."""

    name: str
    role_label: str


def here() -> Here:
    """What this request starts from, gathered once. Answers 401 when nobody is signed in."""
    found = _look()
    if found is None:
        abort(401)
    return found


def signed_in() -> AnyResponse | None:
    """Hook of a blueprint: whoever is not signed in is sent to the sign-in page.

    The page that was asked for is remembered in the address, unless it was a form.
    """
    if _look() is not None:
        return None
    asked = request.full_path.rstrip("?") if request.method in _SAFE else None
    return redirect(url_for("sign_in.form", next=asked))


def need_role(role: Role) -> Callable[[], None]:
    """Hook of a blueprint: for anybody without the role its pages do not exist."""

    def refuse_others() -> None:
        if not here().person.has(role):
            abort(404)

    return refuse_others


def safe_next(raw: str | None) -> str | None:
    """The page to go to after signing in: one of ours that opens by its address, or none.

    Design rule: never an address elsewhere, however it is dressed up.
    """
    if not raw or not raw.startswith("/") or raw.startswith(("//", "/\\")) or not raw.isprintable():
        return None
    parts = urlsplit(raw)
    try:
        endpoint, _values = current_app.create_url_adapter(request).match(  # type: ignore[union-attr]
            parts.path, method="GET"
        )
    except (HTTPException, RequestRedirect):
        return None
    return None if endpoint in {"static", "sign_in.form"} else raw


def landing(person: Person) -> str:
    """The page a person starts from: their desk, or the page that explains their role."""
    for role, desk in DESK_OF.items():
        if person.has(role):
            return url_for(f"{desk}.index")
    return url_for("settings.account")


def of_page() -> dict[str, object]:
    """What every staff page is told, error pages too: the frame, the person, their desks.

    While the database does not answer a page does without the person.
    """
    try:
        found = _look()
    except SQLAlchemyError:
        found = None
    me = Me(found.person.name, role_label(found.person)) if found else None
    return {"layout": "desk_base.html", "me": me, "desks": _desks(found.person) if found else []}


def role_label(person: Person) -> str:
    """The roles of a person in the order of the vocabulary; a commission is named as one."""
    labels = [
        str(grant.kind.label if _inspects(grant.role, grant.kind) else role.label)
        for role in Role
        for grant in person.grants
        if grant.role is role
    ]
    return ", ".join(dict.fromkeys(labels))


def _desks(person: Person) -> list[str]:
    """The desks that the head of a page names. The parts list is named to administrators only."""
    found = [desk for role, desk in DESK_OF.items() if person.has(role)]
    return [*found, "settings"] if person.has(Role.ADMINISTRATOR) else found


def _inspects(role: Role, kind: OrganisationKind) -> bool:
    """Whether a grant makes its holder an inspector."""
    return role is Role.COMMITTEE and kind is OrganisationKind.COMMISSION


def _look() -> Here | None:
    """Gather it once per request; a look that failed is not repeated for the error page."""
    if "here" not in g:
        g.here = None
        browser = signed_in_browser()
        g.here = _gather(browser.account) if browser else None
    found: Here | None = g.here
    return found


def _gather(account: Account) -> Here:
    """Ask for the person and make the office of this moment."""
    renew()
    holding = held()
    at = holding.clock()
    office = Office(ring=holding.ring, calendar=holding.installation.current().calendar, at=at)
    session = current_session()
    person = identify(session, search=holding.ring.search, account=account, today=office.today)
    return Here(session=session, person=person, office=office)
