"""The addresses of the staff room: one module per desk. They read a form or load and show.

Nothing is decided here; verbs decide, and a POST commits once, in its last line.
"""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from flask import Flask
from flask_wtf.csrf import CSRFError

from moderation.administering.scope import NotYours
from moderation.views import (
    accounts,
    adding,
    again,
    authorities,
    bases,
    bulk,
    calendar,
    case,
    committee,
    committee_case,
    desk,
    enrolling,
    entering,
    exporting,
    identity,
    importing,
    invitation,
    journal,
    leaving,
    periods,
    places,
    posters,
    public_answers,
    quarantine,
    reading_out,
    reports,
    retention,
    reviews,
    running,
    safety,
    searching,
    second,
    settings,
    sign_in,
    targets,
    templates,
    words,
)
from moderation.views import (
    register as registers,
)
from moderation.views.expiring import keep_typed
from moderation.views.frame import frame_pages
from moderation.views.guesses import slow_guesses
from moderation.views.keeping import nothing_there
from moderation.views.sessions import keep_sessions
from portal.holding import Holding

BLUEPRINTS = (
    sign_in.bp,
    second.bp,
    enrolling.bp,
    again.bp,
    invitation.bp,
    desk.bp,
    searching.desk,
    quarantine.bp,
    public_answers.bp,
    bulk.bp,
    entering.bp,
    reading_out.bp,
    case.bp,
    committee.bp,
    searching.committee,
    committee_case.bp,
    *leaving.BLUEPRINTS,
    reviews.bp,
    identity.bp,
    reports.bp,
    settings.bp,
    safety.bp,
    adding.bp,
    registers.bp,
    accounts.bp,
    running.bp,
    periods.bp,
    calendar.bp,
    targets.bp,
    templates.bp,
    words.bp,
    places.bp,
    posters.bp,
    authorities.bp,
    bases.bp,
    retention.bp,
    journal.bp,
    importing.bp,
    exporting.bp,
)


def register(app: Flask) -> None:
    """Give an app the staff room: its sessions, its frame, and its addresses.

    Where the public room is there already, the bare address stays the public front page.
    """
    holding = cast(Holding, app.extensions["portal"])
    keep_sessions(app, idle=timedelta(minutes=holding.settings.idle_minutes))
    slow_guesses(app, holding)
    frame_pages(app, frozenset(blueprint.name for blueprint in BLUEPRINTS))
    app.register_error_handler(CSRFError, keep_typed)
    app.register_error_handler(NotYours, nothing_there)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if "home" not in app.blueprints:
        app.add_url_rule("/", "start", sign_in.start)
