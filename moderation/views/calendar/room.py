"""The room of the calendar: administrators see it, those of the highest level change it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from moderation.administering.scope import NotYours, looks_after_all
from moderation.views.here import Here, here, need_role, signed_in
from portal.vocabulary import Role

bp = Blueprint("calendar", __name__, url_prefix="/settings/calendar")
bp.before_request(signed_in)
bp.before_request(need_role(Role.ADMINISTRATOR))


@bp.errorhandler(NotYours)
def nothing_there(_error: NotYours) -> Response:
    """What belongs to the highest level is answered like what does not exist."""
    return make_response(render_template("errors/404.html"), 404)


def keeper() -> Here:
    """Whoever may change the calendar. Raises NotYours for everybody else."""
    found = here()
    if not looks_after_all(found.session, by=found.person):
        raise NotYours
    return found
