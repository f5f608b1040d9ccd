"""The room of the calendar: administrators see it, those of the highest level change it."""

from __future__ import annotations

from flask import Blueprint

from moderation.views.here import need_role, signed_in
from portal.vocabulary import Role

bp = Blueprint("calendar", __name__, url_prefix="/settings/calendar")
bp.before_request(signed_in)
bp.before_request(need_role(Role.ADMINISTRATOR))
