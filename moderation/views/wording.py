"""Short words about time and people that lists and cases share. Nothing is looked up here."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from portal.deadlines import Remaining
from portal.pacing import Mark
from portal.text import vn_datetime

#: Lateness itself has a tag of its own.
_PRESSURE = {
    Mark.HALF: _("Đã hết nửa thời gian"),
    Mark.MOST: _("Sắp hết hạn"),
    Mark.TOLD: _("Đã báo cấp trên"),
    Mark.OPEN: _("Cấp trên được giải quyết thay"),
}


def time_left(remaining: Remaining) -> str:
    """How far a deadline is: "Còn 3 giờ", "Còn 2 ngày làm việc", "Quá 5 ngày làm việc".

    Over a weekend nobody counts hours: then the first day of lateness counts as one.
    """
    days, hours = remaining.working_days, remaining.hours
    if remaining.late:
        return _late(days or int(hours >= 24), hours)
    if days:
        return str(ngettext("Còn %(num)s ngày làm việc", "Còn %(num)s ngày làm việc", days))
    if hours:
        return str(ngettext("Còn %(num)s giờ", "Còn %(num)s giờ", hours))
    return str(gettext("Còn dưới 1 giờ"))


def pressure(mark: int | None) -> str:
    """How far the time of a case is used up, where somebody was told; empty before."""
    return str(_PRESSURE.get(Mark(mark or 0), ""))


def short_moment(moment: datetime, today: date) -> str:
    """An hour and a day, with the year only where it is another one: "17:00, 23/11"."""
    words = vn_datetime(moment)
    return words.removesuffix(f"/{today.year:04}")


def comrade(name: str) -> str:
    """A member of staff as colleagues name one another."""
    return str(gettext("Đ/c %(name)s", name=name))


def _late(days: int, hours: int) -> str:
    """How late something is."""
    if days:
        return str(ngettext("Quá %(num)s ngày làm việc", "Quá %(num)s ngày làm việc", days))
    if hours:
        return str(ngettext("Quá %(num)s giờ", "Quá %(num)s giờ", hours))
    return str(gettext("Vừa quá hạn"))
