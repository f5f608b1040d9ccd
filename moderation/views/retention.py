"""What will be deleted soon and what is held back, for those who may stop it or let it go."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from moderation.listing import Cursor
from moderation.retention.previewing import Page, list_expiring, list_held
from moderation.views.here import here, need_role, signed_in
from portal.vocabulary import Role

bp = Blueprint("retention", __name__, url_prefix="/retention")
bp.before_request(signed_in)
bp.before_request(need_role(Role.MODERATOR))

_HELD = "held"


@bp.get("/")
def index() -> str:
    """Show one of the two lists."""
    found, held = here(), request.args.get("list") == _HELD
    cursor = Cursor.read(request.args.get("at", ""))
    turn = list_held if held else list_expiring
    page = turn(found.session, office=found.office, person=found.person, cursor=cursor)
    return render_template(
        "moderation/retention.html",
        nav="desk",
        held=held,
        lines=page.lines,
        sides=[retention_side(_HELD if held else "soon")],
        **_ways(page, held=held),
    )


def retention_side(current: str = "") -> dict[str, object]:
    """The entries of a side list that lead to both lists."""
    items = [
        {
            "label": label,
            "href": url_for("retention.index", list=name),
            "current": name == current,
        }
        for name, label in (("soon", gettext("Sắp xóa")), (_HELD, gettext("Đang giữ lại")))
    ]
    return {"title": gettext("Thời hạn lưu giữ"), "items": items}


def _ways(page: Page, *, held: bool) -> dict[str, Any]:
    """The addresses of the neighbouring pages."""
    name = _HELD if held else "soon"
    return {
        way: url_for("retention.index", list=name, at=str(cursor)) if cursor else ""
        for way, cursor in (("earlier", page.earlier), ("later", page.later))
    }
