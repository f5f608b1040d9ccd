"""Where custodians work, who may come in, and what every page there has."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from moderation.access import NotVisible
from moderation.views.again import needs_fresh_proof
from moderation.views.guesses import knock, passed, seconds
from moderation.views.here import here, need_role, signed_in
from moderation.views.keeping import nothing_there
from portal.fields import PortalForm
from portal.vocabulary import Role

bp = Blueprint("identity", __name__, url_prefix="/identity")
bp.before_request(signed_in)
bp.before_request(need_role(Role.CUSTODIAN))

#: Making a key and changing who has one is nothing for an open browser alone.
_PROVEN = frozenset(
    {"identity.key", "identity.make_key", "identity.sitting", "identity.hold_sitting"}
)


@bp.before_request
def prove_again() -> AnyResponse | None:
    """Ask whoever signed in long ago once more, before anything is done about keys."""
    return needs_fresh_proof() if request.endpoint in _PROVEN else None


# What does not wait for this custodian.
bp.register_error_handler(NotVisible, nothing_there)


def draw(template: str, *, status: int = 200, **told: Any) -> Response:
    """A page of this room."""
    page = render_template(f"moderation/identity/{template}.html", nav="identity", **told)
    return make_response(page, status)


def finish(sentence: str) -> AnyResponse:
    """Commit what was done, say so, and go back to what waits."""
    here().session.commit()
    flash(sentence, "good")
    return redirect(url_for("identity.index"))


def may_try(form: PortalForm) -> bool:
    """Whether a passphrase may be tried now; else the form says how long to wait."""
    wait = knock(_door())
    if wait:
        form.refuse(seconds(wait))
    return not wait


def was_right() -> None:
    """Forget the mistakes of whoever has just given the right passphrase."""
    passed(_door())


def _door() -> str:
    """What is knocked at: the key of whoever is here. No login holds a line break."""
    return f"{here().person.login}\nkey"
