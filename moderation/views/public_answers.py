"""The answers that may be told to everybody, for moderators: what waits for them comes first."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from moderation.making_public.reading import ORDER, list_answers
from moderation.views.here import here, need_role, signed_in
from portal.db import LARGEST_ID
from portal.vocabulary import Role

bp = Blueprint("public_answers_desk", __name__, url_prefix="/public-answers")
bp.before_request(signed_in)
bp.before_request(need_role(Role.MODERATOR))


@bp.get("/")
def index() -> str:
    """Show the answers that stand in one way, page by page."""
    found, states = here(), {state.value: state for state in ORDER}
    state = states.get(request.args.get("list", ""), ORDER[0])
    after = min(request.args.get("after", 0, type=int), LARGEST_ID)
    lines, onward = list_answers(
        found.session, office=found.office, person=found.person, state=state, after=max(after, 0)
    )
    return render_template(
        "moderation/public_answers.html",
        nav="desk",
        state=state,
        lines=lines,
        sides=[public_answers_side(state.value)],
        first=url_for(".index", list=state.value) if after > 0 else "",
        onward=url_for(".index", list=state.value, after=onward) if onward else "",
    )


def public_answers_way() -> dict[str, object]:
    """One entry of the desk's side list that leads here."""
    items = [
        {"label": gettext("Cần soạn, cần xác nhận"), "href": url_for("public_answers_desk.index")}
    ]
    return {"title": gettext("Công bố câu trả lời"), "items": items}


def public_answers_side(current: str = "") -> dict[str, object]:
    """The entries of a side list that lead to the lists."""
    items = [
        {
            "label": state.label,
            "href": url_for("public_answers_desk.index", list=state.value),
            "current": state.value == current,
        }
        for state in ORDER
    ]
    return {"title": gettext("Công bố câu trả lời"), "items": items}
