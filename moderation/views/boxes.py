"""The boxes at the head of a case: by when, what it is, and who has it. Words only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.office import Office
from moderation.views.wording import time_left
from portal.clock import VIETNAM
from portal.deadlines import remaining
from portal.models import StageClock
from portal.text import vn_date

_LABELS = {
    "screening": _("Hạn xem sơ bộ"),
    "pass_on": _("Hạn chuyển đi"),
    "confirm": _("Hạn xác nhận"),
    "need_info": _("Chờ người gửi đến"),
    "accept": _("Hạn nhận giải quyết"),
    "result": _("Hạn kết quả"),
    "hold": _("Ngày xem lại"),
    "publish": _("Hạn trả lời người gửi"),
    "rating": _("Chờ đánh giá đến"),
    "keep": _("Hạn quyết định giữ hồ sơ"),
    "review": _("Hạn xem xét lại"),
}
_WEEKDAYS = (
    *(_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm")),
    *(_("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật")),
)
#: What is merely waited for is never late: the worker moves the case on.
_PATIENT = frozenset({"need_info", "hold", "rating"})


@dataclass(frozen=True)
class Box:
    """One box: what it is about, the answer, and a second line."""

    label: str
    value: str
    sub: str = ""
    late: bool = False


def clock_boxes(clocks: Iterable[StageClock], *, office: Office) -> list[Box]:
    """A box for each clock, in the order given."""
    return [_clock_box(clock, office) for clock in clocks]


def stage_label(stage: str) -> str:
    """What a stage waits for."""
    return str(_LABELS[stage])


def day_box(label: str, day: date) -> Box:
    """A box with nothing but a day."""
    return Box(label, vn_date(day))


def long_moment(moment: datetime) -> str:
    """A deadline in full: the hour, the day of the week, the date."""
    local = moment.astimezone(VIETNAM)
    return f"{local.hour:02}:{local.minute:02}, {_WEEKDAYS[local.weekday()]} {vn_date(local)}"


def weekday_of(day: date) -> str:
    """The name of the day of the week."""
    return str(_WEEKDAYS[day.weekday()])


def hour_of(moment: datetime) -> str:
    """The hour alone, in Vietnam."""
    local = moment.astimezone(VIETNAM)
    return f"{local.hour:02}:{local.minute:02}"


def is_late(clock: StageClock, office: Office) -> bool:
    """Whether people, and not the clock, are behind."""
    waited_for = clock.stage in _PATIENT or clock.paused_at is not None
    return clock.due_at < office.at and not waited_for


def _clock_box(clock: StageClock, office: Office) -> Box:
    """The box of one clock."""
    label = stage_label(clock.stage)
    if clock.paused_at is not None:
        return Box(label, gettext("Đang tạm dừng"), gettext("Tính tiếp khi hồ sơ mở lại"))
    left = remaining(clock.due_at, office.at, office.calendar)
    late = is_late(clock, office)
    value = gettext("Đã đến ngày") if left.late and not late else time_left(left)
    return Box(label, value, long_moment(clock.due_at), late)
