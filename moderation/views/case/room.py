"""The addresses under which moderators work on one case, and who may come in."""

from __future__ import annotations

from flask import Blueprint

from moderation.views.conflicts import explain_conflicts
from moderation.views.here import need_role, signed_in
from portal.models.case import Room
from portal.vocabulary import Role

bp = Blueprint("case", __name__, url_prefix="/case")
bp.before_request(signed_in)
bp.before_request(need_role(Role.MODERATOR))
explain_conflicts(bp, Room.DESK)
