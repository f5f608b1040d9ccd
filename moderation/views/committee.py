"""The inbox of a committee: what waits to be accepted, what is due, praise, and what is done."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse

from moderation.views.here import here, need_role, signed_in
from moderation.views.leaving.part import part_side
from moderation.views.lines import group_inbox
from moderation.views.lists import ListRoom, draw_list, narrow_list
from portal.models.case import Room
from portal.vocabulary import Role

bp = Blueprint("committee", __name__, url_prefix="/committee")
bp.before_request(signed_in)
bp.before_request(need_role(Role.COMMITTEE))

_INBOX = ListRoom(
    room=Room.COMMITTEE,
    endpoint="committee.index",
    sections=(
        (
            "",
            {
                "open": _("Đang mở"),
                "todo": _("Cần nhận"),
                "working": _("Đang giải quyết"),
                "review": _("Xem xét lại"),
                "overdue": _("Quá hạn"),
                "added": _("Có bổ sung"),
                "praise": _("Lời khen, giới thiệu"),
                "reported": _("Đã báo cáo"),
                "done": _("Đã kết thúc"),
            },
        ),
    ),
    group=group_inbox,
)


@bp.get("/")
def index() -> str:
    """Show one list of the inbox. Cases about the committee itself are not among them."""
    found = here()
    drawn = draw_list(found, _INBOX)
    drawn["sides"] = [*drawn["sides"], part_side(found)]
    return render_template("moderation/inbox.html", nav="committee", **drawn)


@bp.post("/filter")
def narrow() -> AnyResponse:
    """Narrow a list, or show it whole again, and remember that."""
    return narrow_list(here(), _INBOX)
