"""The moderators' desk: what has to be screened, confirmed and answered, oldest deadline first."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse

from moderation import bulk
from moderation.listing.copies import group_of, read_group
from moderation.listing.counting import count_held
from moderation.views.bulk_lines import LABELS, draw_order
from moderation.views.copy_lines import DrawnGroup, draw_group
from moderation.views.here import Here, here, need_role, signed_in
from moderation.views.lines import group_desk
from moderation.views.lists import ListRoom, draw_list, narrow_list
from moderation.views.public_answers import public_answers_way
from moderation.views.retention import retention_side
from portal.models.case import Room
from portal.models.submission import reference_of
from portal.vocabulary import Role

bp = Blueprint("desk", __name__, url_prefix="/desk")
bp.before_request(signed_in)
bp.before_request(need_role(Role.MODERATOR))

DESK = ListRoom(
    room=Room.DESK,
    endpoint="desk.index",
    sections=(
        (
            _("Hàng việc"),
            {
                "todo": _("Cần xem"),
                "mine": _("Tôi đang giữ"),
                "confirm": _("Chờ tôi xác nhận"),
                "publish": _("Chờ duyệt câu trả lời"),
                "waiting": _("Chờ người gửi bổ sung"),
                "added": _("Có bổ sung"),
                "left": _("Người gửi rút"),
                "overdue": _("Quá hạn"),
            },
        ),
        (
            _("Đã chuyển"),
            {
                "handling": _("Đang giải quyết"),
                "answered": _("Đã trả lời"),
                "review": _("Xem xét lại"),
                "done": _("Đã kết thúc"),
            },
        ),
    ),
    group=group_desk,
)


@bp.get("/")
def index() -> str:
    """Show one list of the desk, narrowed as the address says."""
    found = here()
    drawn = draw_list(found, DESK)
    number = drawn["number"]
    drawn["held"] = None if drawn["groups"] else _held(found, number)
    drawn["reference"] = reference_of(number) if number else ""
    copies = _copies(count_held(found.session, person=found.person, places=drawn["places"]))
    drawn["orders"] = [
        draw_order(line, found.office)
        for line in bulk.list_orders(found.session, person=found.person, waiting=True)
    ]
    drawn["deeds"] = [(deed.value, words) for deed, words in LABELS.items()]
    drawn["sides"] = [*drawn["sides"], copies, _ordered(), retention_side()]
    drawn["sides"] += [public_answers_way(), _on_paper()]
    return render_template("moderation/desk.html", nav="desk", **drawn)


@bp.post("/filter")
def narrow() -> AnyResponse:
    """Narrow a list, or show it whole again, and remember that."""
    return narrow_list(here(), DESK)


def _held(found: Here, number: int | None) -> DrawnGroup | None:
    """The group in which a copy of this number waits: it is on no list, but it has not gone."""
    if number is None:
        return None
    session, person = found.session, found.person
    group_id = group_of(session, person=person, case_id=number)
    if group_id is None:
        return None
    line = read_group(session, office=found.office, person=person, group_id=group_id)
    return draw_group(line, found.office)


def _copies(amount: int) -> dict[str, object]:
    """An entry of the side list: the copies of a flood, which are on no other list."""
    item = {
        "label": gettext("Thư gửi lặp lại"),
        "href": url_for("quarantine.index"),
        "count": amount,
    }
    return {"title": gettext("Cách ly"), "items": [item]}


def _ordered() -> dict[str, object]:
    """An entry of the side list: what was ordered for many cases."""
    items = [{"label": gettext("Việc đã đặt"), "href": url_for("bulk.index")}]
    return {"title": gettext("Nhiều hồ sơ một lượt"), "items": items}


def _on_paper() -> dict[str, object]:
    """An entry of the side list: what is done for those who do not use the site themselves."""
    items = [
        {"label": gettext("Nhập thư hộ"), "href": url_for("entering.form")},
        {"label": gettext("Đọc qua điện thoại"), "href": url_for("reading_out.form")},
    ]
    return {"title": gettext("Điện thoại, thư giấy"), "items": items}
