"""What only an administrator of the highest level may do, and what everybody else is answered."""

from __future__ import annotations

from flask import Response, make_response, render_template

from moderation.administering.scope import NotYours, looks_after_all
from moderation.views.here import Here, here


def keeper() -> Here:
    """Whoever looks after the whole portal. Raises NotYours for everybody else."""
    found = here()
    if not looks_after_all(found.session, by=found.person):
        raise NotYours
    return found


def nothing_there(_error: Exception) -> Response:
    """What is another's is answered like what does not exist."""
    return make_response(render_template("errors/404.html"), 404)
