"""The words of the calendar: kinds of days, what a change does, and what is wrong with a file."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from moderation.calendar.arriving import MOST_ROWS
from moderation.calendar.changing import ChangedDay, days_of, latest_changes
from moderation.calendar.forecasting import WAITING
from moderation.calendar.rows import Fault
from moderation.forms.calendar import KIND_WORDS
from moderation.views.boxes import weekday_of
from portal.models import Account, CalendarChange
from portal.models.calendar import DayKind
from portal.text import vn_date, vn_number

#: Fewer cases than so many are not told apart: of one everybody would know which one it was.
_FEW = 5
_FAULTS = {
    "empty": _("Tệp không có ngày nào."),
    "too_large": _("Tệp lớn hơn 1 MB. Danh sách ngày nghỉ không dài như vậy."),
    "too_many": _("Tệp có quá %(most)s dòng. Xin chia nhỏ, hoặc bỏ những dòng không cần."),
    "encoding": _("Chữ ở đây không đọc được. Xin lưu tệp theo bảng mã UTF-8."),
    "broken": _("Dấu ngoặc kép ở đây mở mà không đóng, hoặc đóng sai chỗ."),
    "cut_short": _("Tệp lịch bị cắt ngang, thiếu phần cuối."),
    "no_column": _("Tệp thiếu cột này. Dòng đầu cần có tên cột: ngày, loại, ghi chú."),
    "bad_day": _("“%(value)s” không phải là ngày. Viết 17/02/2026 hoặc 2026-02-17."),
    "bad_kind": _("“%(value)s” không rõ là gì. Viết: nghỉ, hoặc: làm bù."),
    "too_far": _("Năm %(value)s quá xa. Chỉ nhận từ 2 năm trước đến 5 năm tới."),
    "long_note": _("Ghi chú dài quá 300 ký tự."),
    "twice": _("Ngày này đã có ở dòng %(value)s."),
    "both": _("Ngày này vừa nghỉ vừa làm bù: dòng %(value)s ghi khác."),
    "repeated": _("Sự kiện lặp lại không nhận được. Xin ghi từng ngày."),
    "has_hours": _("Sự kiện này có giờ. Chỉ nhận sự kiện cả ngày."),
    "no_day": _("Sự kiện này không ghi ngày."),
    "too_long": _("Sự kiện này dài quá 31 ngày, hoặc kết thúc trước khi bắt đầu."),
}


def kind_words(kind: DayKind | None) -> str:
    """What a day is."""
    return str(KIND_WORDS[kind or DayKind.PLAIN])


def fault_words(fault: Fault) -> str:
    """What is wrong, and what to do about it."""
    sentence = _FAULTS[fault.code]
    return str(sentence) % {"value": fault.value[:40], "most": vn_number(MOST_ROWS)}


def fault_place(fault: Fault) -> str:
    """The row and the column where something is wrong."""
    if not fault.row:
        return gettext("Cả tệp")
    if fault.column:
        return gettext("Dòng %(row)s, cột %(column)s", row=fault.row, column=fault.column)
    return gettext("Dòng %(row)s", row=fault.row)


def day_line(day: ChangedDay) -> dict[str, str]:
    """One changed day: what it was and what it becomes."""
    before = kind_words(day.before)
    return {
        "day": vn_date(day.on),
        "weekday": weekday_of(day.on),
        "sort": gettext("Thêm") if day.before in {None, DayKind.PLAIN} else gettext("Đổi"),
        "before": f"{before}. {day.note_before}" if day.note_before else before,
        "after": kind_words(day.kind),
        "note": day.note,
    }


def effects(tally: Mapping[str, int]) -> list[str]:
    """What a change does to open cases, in sentences."""
    if WAITING in tally:
        return [gettext("Đang đếm số hồ sơ đổi hạn. Xin tải lại trang sau ít phút.")]
    cases = tally.get("cases", 0)
    if not cases and not tally.get("kept"):
        return [gettext("Không hồ sơ nào đang mở phải đổi hạn.")]
    told = [gettext("Số hồ sơ đang mở đổi hạn: %(cases)s.", cases=_few(cases))] if cases else []
    moves = {int(name[3:]): count for name, count in tally.items() if name.startswith("by ")}
    for days, count in sorted(moves.items()):
        far = ngettext("%(num)s ngày", "%(num)s ngày", abs(days))
        sentence = (
            gettext("Muộn hơn %(far)s: %(cases)s hồ sơ.", far=far, cases=_few(count))
            if days > 0
            else gettext("Sớm hơn %(far)s: %(cases)s hồ sơ.", far=far, cases=_few(count))
        )
        told.append(sentence)
    if kept := tally.get("kept", 0):
        told.append(
            gettext("Giữ hạn để không hồ sơ nào thành quá hạn: %(cases)s hồ sơ.", cases=_few(kept))
        )
    return told


def changes_of(session: Session) -> list[dict[str, object]]:
    """The newest changes in words: who, when, how many days, and how far open cases are."""
    return [change_line(session, change) for change in latest_changes(session)]


def change_line(session: Session, change: CalendarChange) -> dict[str, object]:
    """One change in words."""
    account = session.get_one(Account, change.account_id)
    days = days_of(change)
    return {
        "id": change.id,
        "who": account.name,
        "at": vn_date(change.confirmed_at or change.drafted_at),
        "days": ngettext("%(num)s ngày", "%(num)s ngày", len(days)),
        "first": vn_date(days[0].on),
        "done": change.finished_at is not None,
    }


def _few(count: int) -> str:
    if 0 < count < _FEW:
        return gettext("dưới %(few)s", few=_FEW)
    return vn_number(count)
