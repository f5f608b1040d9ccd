"""The room of figures: for committees, moderators and registrars; for others it is not there."""

from __future__ import annotations

from flask import Blueprint, abort

from moderation.reports.reading import NoSuchReport, places_of
from moderation.views.here import here, signed_in
from moderation.views.keeping import nothing_there

bp = Blueprint("reports", __name__, url_prefix="/reports")
bp.before_request(signed_in)
bp.register_error_handler(NoSuchReport, nothing_there)


@bp.before_request
def refuse_others() -> None:
    """For whoever reads no figures these pages do not exist."""
    if not places_of(here().person):
        abort(404)
