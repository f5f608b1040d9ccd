"""The side list of the pages about absence: every list with its length, and the way to each."""

from __future__ import annotations

from collections.abc import Callable

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.leaving import listing
from moderation.views.here import Here

ABSENCES = {
    "contact": _("Cần liên hệ"),
    "proposed": _("Chờ cấp trên quyết định"),
    "running": _("Đang tạm miễn"),
    "over": _("Đã xong"),
}
TRANSFERS = {
    "late": _("Quá hạn, cần liên hệ"),
    "coming": _("Chờ tiếp nhận ở đây"),
    "moving": _("Đang chuyển"),
    "moved": _("Đã xong"),
}

_OVER = frozenset({"over", "moved"})


def sides(found: Here, current: str = "") -> list[dict[str, object]]:
    """Both groups of lists; ``current`` is the address of the one that is shown."""
    absences = [
        _item(title, url_for("absences.index", list=name), current)
        | _counted(name, listing.count_absences, found)
        for name, title in ABSENCES.items()
    ]
    transfers = [
        _item(title, url_for("transfers.index", list=name), current)
        | _counted(name, listing.count_transfers, found)
        for name, title in TRANSFERS.items()
    ]
    return [
        {"title": gettext("Tạm miễn sinh hoạt"), "items": absences},
        {"title": gettext("Chuyển sinh hoạt"), "items": transfers},
    ]


def _item(title: object, href: str, current: str) -> dict[str, object]:
    """One list of the side list."""
    return {"label": str(title), "href": href, "current": href == current}


def _counted(name: str, count: Callable[..., int], found: Here) -> dict[str, object]:
    """How long a list is; of what is over nobody asks."""
    if name in _OVER:
        return {"count": None}
    amount = count(found.session, **found.tools, name=name)
    return {"count": min(amount, listing.MOST), "longer": amount > listing.MOST}
