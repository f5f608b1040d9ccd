"""The part of a committee's room about absence: whom to contact, and what residents asked."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask_babel import gettext

from moderation.leaving import listing
from moderation.views.here import Here, here, need_role, signed_in
from moderation.views.leaving.sides import sides
from moderation.views.leaving.telling import absence_line, transfer_line
from portal.models.submission import reference_of
from portal.vocabulary import Role

bp = Blueprint("absence_part", __name__, url_prefix="/committee/absences")
bp.before_request(signed_in)
bp.before_request(need_role(Role.COMMITTEE))


@bp.get("/")
def index() -> str:
    """Show whom to contact, which transfers are late or wait here, and what residents asked."""
    found = here()
    session, tools, office = found.session, found.tools, found.office
    due = listing.absences(session, **tools, name="contact")
    late = listing.transfers(session, **tools, name="late")
    coming = listing.transfers(session, **tools, name="coming")
    asked = listing.asked_about(session, by=found.person)
    return render_template(
        "moderation/leaving/part.html",
        nav="committee",
        absences=[absence_line(*row, office=office) for row in due.rows],
        late=[transfer_line(*row, office=office) for row in late.rows],
        coming=[transfer_line(*row, office=office) for row in coming.rows],
        asked=[(number, reference_of(number), day) for number, day in asked],
        sides=sides(found),
    )


def part_side(found: Here) -> dict[str, object]:
    """The entry of the inbox that leads here, with how much there is to look at."""
    amount = listing.count_waiting(found.session, office=found.office, by=found.person)
    item = {
        "label": gettext("Cần liên hệ, cần xem"),
        "href": url_for("absence_part.index"),
        "count": min(amount, listing.MOST),
        "longer": amount > listing.MOST,
    }
    return {"title": gettext("Vắng sinh hoạt, chuyển sinh hoạt"), "items": [item]}
