"""The addresses under which a committee works on one case, and who may come in."""

from __future__ import annotations

from flask import Blueprint

from moderation.views.conflicts import explain_conflicts
from moderation.views.here import need_role, signed_in
from portal.models.case import Room
from portal.vocabulary import Role

bp = Blueprint("committee_case", __name__, url_prefix="/committee")
bp.before_request(signed_in)
bp.before_request(need_role(Role.COMMITTEE))
explain_conflicts(bp, Room.COMMITTEE)
