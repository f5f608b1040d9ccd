"""What an administrator fills in about the calendar of working days."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from moderation.forms.fields import Day
from portal.fields import Line, OneOf, PortalForm
from portal.models.calendar import DayKind

#: What a day can be made, in the words of everybody.
KIND_WORDS = {
    DayKind.OFF: _("Nghỉ"),
    DayKind.WORKING: _("Làm bù"),
    DayKind.PLAIN: _("Như ngày thường"),
}


class DayForm(PortalForm):
    """One day, what it is, and why."""

    on = Day(
        _("Ngày"),
        ahead=True,
        missing=_("Xin ghi ngày."),
        description=_("Ngày, tháng, năm. Ví dụ: 23/11/2026."),
    )
    kind = OneOf(
        _("Ngày này"),
        answers={kind.value: KIND_WORDS[kind] for kind in (DayKind.OFF, DayKind.WORKING)},
        missing=_("Xin chọn nghỉ hoặc làm bù."),
    )
    note = Line(
        _("Ghi chú"),
        most=300,
        description=_("Tên ngày lễ hoặc số thông báo. Ví dụ: Nghỉ Tết Nguyên đán."),
    )

    @property
    def wanted(self) -> DayKind:
        """What was chosen, after checking."""
        return DayKind(self.kind.data)
