"""The room that all pages of reviews stand in: who comes in, and what comes too late."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response as AnyResponse

from moderation.appraising import NoSuchReview, find_part, find_review
from moderation.appraising.changing import PartChanged
from moderation.appraising.closing import NotAllConfirmed
from moderation.appraising.correcting import NotConfirmed
from moderation.appraising.opening import NotDraft
from moderation.appraising.recording import NotRecording
from moderation.appraising.signing import NotSigned
from moderation.appraising.standing import Work
from moderation.papers import tell_shut
from moderation.views.here import here, need_role, signed_in
from moderation.views.keeping import nothing_there
from portal.db import LARGEST_ID
from portal.fields import Paragraphs, PortalForm
from portal.models import ScreeningReview
from portal.vault import CannotOpen
from portal.vocabulary import Role

bp = Blueprint("reviews", __name__, url_prefix="/reviews")
bp.before_request(signed_in)
bp.before_request(need_role(Role.COMMITTEE))
bp.register_error_handler(NoSuchReview, nothing_there)

_TOO_LATE = (
    *(PartChanged, StaleDataError, NotAllConfirmed, NotConfirmed),
    *(NotDraft, NotRecording, NotSigned),
)


def the_review(review_id: int) -> ScreeningReview:
    """The review that an address names. Raises NoSuchReview."""
    found = here()
    number = min(review_id, LARGEST_ID)
    return find_review(found.session, by=found.person, review_id=number, to_change=_changes())


def the_part(part_id: int) -> Work:
    """The cell's part that an address names. Raises NoSuchReview."""
    found = here()
    number = min(part_id, LARGEST_ID)
    return find_part(found.session, by=found.person, part_id=number, to_change=_changes())


def the_member(member: str) -> UUID:
    """The member that an address names. Raises NoSuchReview for what is no id."""
    try:
        return UUID(member)
    except ValueError:
        raise NoSuchReview from None


def seen_version() -> int:
    """The version that the page carried whose form was sent."""
    version = request.form.get("version", type=int)
    return abort(400) if version is None else version


def typed(form: PortalForm) -> None:
    """Remember a form, so that no answer of this request loses what was typed."""
    g.typed = form


def done(sentence: str, endpoint: str, **values: Any) -> AnyResponse:
    """Say what was done and go on; the caller has committed."""
    flash(sentence, "good")
    return redirect(url_for(endpoint, **values))


def _changes() -> bool:
    """Whether this request may change something."""
    return request.method == "POST"


def _too_late(_error: Exception) -> Response:
    """Somebody else has worked on it: say so, and give back what was typed."""
    here().session.rollback()
    values = request.view_args or {}
    back = (
        url_for("reviews.part", part_id=values["part_id"])
        if "part_id" in values
        else url_for("reviews.index")
    )
    page = render_template("moderation/reviews/changed.html", back=back, kept=_kept())
    return make_response(page, 409)


def _shut(_error: Exception) -> Response:
    """A text does not open."""
    tell_shut((request.view_args or {}).get("part_id", 0), "a part of a review")
    return make_response(render_template("moderation/unopened.html", kept=_kept()), 503)


def _kept() -> list[tuple[str, str]]:
    """The texts that were typed, under the labels they had."""
    form: PortalForm | None = g.get("typed")
    return [
        (str(field.label.text), field.data)
        for field in form or ()
        if isinstance(field, Paragraphs) and field.data
    ]


for _kind in _TOO_LATE:
    bp.register_error_handler(_kind, _too_late)
bp.register_error_handler(CannotOpen, _shut)
