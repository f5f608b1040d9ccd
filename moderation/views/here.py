"""Where every staff page starts: who is here, with which session, and with what at hand.

A blueprint of the staff room asks for a signed-in person itself, by ``signed_in`` and, where it
is one desk's, by ``need_role``. Nothing here decides what may be seen of a case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from flask import abort, g, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from moderation.access import Person, identify
from moderation.office import Office
from moderation.sessions import note_seen
from moderation.views.expiring import keep_typed
from moderation.views.sessions import SignedIn, renew, signed_in_browser
from portal.holding import held
from portal.unit import current_session, reading_session
from portal.vocabulary import Role

_SAFE = frozenset({"GET", "HEAD"})


class Tools(TypedDict):
    """What a verb is handed by whoever is here, beside its session."""

    office: Office
    by: Person


@dataclass(frozen=True, repr=False)
class Here:
    """The signed-in person, the session of this request, and the office at this moment."""

    session: Session
    person: Person
    office: Office

    @property
    def tools(self) -> Tools:
        """The person and the office, as verbs are handed them."""
        return Tools(office=self.office, by=self.person)


def here() -> Here:
    """What this request starts from, gathered once. Answers 401 when nobody is signed in."""
    found = look()
    if found is None:
        abort(401)
    return found


def look() -> Here | None:
    """The same, or nothing when nobody is signed in.

    A look that failed is not repeated for the page that says so.
    """
    if "here" not in g:
        g.here = None
        browser = signed_in_browser()
        g.here = _gather(browser) if browser else None
    found: Here | None = g.here
    return found


def look_apart() -> Session:
    """A session that only reads, with which nobody is kept waiting for this request.

    For what takes long by design, as trying a password does: it comes before anything is written.
    """
    here().session.rollback()
    return reading_session()


def signed_in() -> Response | None:
    """Hook of a blueprint: whoever is not signed in is sent to the sign-in page.

    The page that was asked for is remembered in the address. Of a form that was sent, what was
    typed is given back to be copied.
    """
    if look() is not None:
        return None
    if request.method not in _SAFE:
        return keep_typed()
    return redirect(url_for("sign_in.form", next=request.full_path.rstrip("?")))


def need_role(role: Role) -> Callable[[], None]:
    """Hook of a blueprint: for anybody without the role its pages do not exist."""

    def refuse_others() -> None:
        if not here().person.has(role):
            abort(404)

    return refuse_others


def _gather(browser: SignedIn) -> Here:
    """Ask for the person and make the office of this moment.

    Where a form was sent, the day is noted with what the form does, for the list of sessions.
    """
    renew()
    holding = held()
    known = holding.installation.current()
    office = Office(
        ring=holding.ring,
        calendar=known.calendar,
        at=holding.clock(),
        targets=known.targets,
        lexicon=known.lexicon,
    )
    session = current_session()
    live = browser.live
    if request.method not in _SAFE and live.seen_on != office.today:
        note_seen(session, token=browser.token, on=office.today)
    person = identify(session, search=holding.ring.search, account=live.account, today=office.today)
    return Here(session=session, person=person, office=office)
