"""Short words about time and people that lists and cases share. Nothing is looked up here."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from portal.deadlines import Remaining


def time_left(remaining: Remaining) -> str:
    """How far a deadline is: "Còn 3 giờ", "Còn 2 ngày", "Quá 5 ngày". Days are working days."""
    days, hours = remaining.working_days, remaining.hours
    if remaining.late and days:
        return str(ngettext("Quá %(num)s ngày", "Quá %(num)s ngày", days))
    if remaining.late:
        return str(ngettext("Quá %(num)s giờ", "Quá %(num)s giờ", hours)) if hours else _just_late()
    if days:
        return str(ngettext("Còn %(num)s ngày", "Còn %(num)s ngày", days))
    if hours:
        return str(ngettext("Còn %(num)s giờ", "Còn %(num)s giờ", hours))
    return str(gettext("Còn dưới 1 giờ"))


def comrade(name: str) -> str:
    """A member of staff as colleagues name one another."""
    return str(gettext("Đ/c %(name)s", name=name))


def _just_late() -> str:
    """Late by less than an hour."""
    return str(gettext("Vừa quá hạn"))
