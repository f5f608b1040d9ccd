"""What is wrong with a file or with a cell of it, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.importing.row_limits import MOST_ROWS, Fault
from moderation.importing.starting import Busy
from moderation.registering.checks import Problem
from portal.files.arriving import FILE_BYTES
from portal.text import vn_date, vn_number

#: What is wrong with a file as a whole, and what to do.
_OF_FILE: Mapping[str, Any] = {
    "nothing": _("Chưa có tệp nào. Xin chọn một tệp rồi bấm đọc tệp."),
    "empty": _("Tệp không có dòng nào dưới hàng tên cột."),
    "too_large": _("Tệp lớn hơn %(megabytes)s MB. Xin chia thành nhiều tệp."),
    "too_many": _("Tệp có quá %(most)s dòng. Xin chia thành nhiều tệp."),
    "long_cell": _("Ô này dài quá 4.000 ký tự. Xin xem lại tệp."),
    "encoding": _("Chữ ở đây không phải Unicode. Xin lưu lại thành .xlsx, hoặc .csv kiểu UTF-8."),
    "windows_1258": _(
        "Chữ ở đây theo bảng mã Windows-1258. Xin lưu lại thành .xlsx, hoặc .csv kiểu UTF-8."
    ),
    "old_letters": _("Chữ gõ bằng phông cũ như TCVN3, VNI-Times. Xin đổi sang Unicode."),
    "wider": _("Dòng này nhiều ô hơn hàng tên cột. Ô có dấu phẩy phải đặt trong ngoặc kép."),
    "broken": _("Tệp hỏng từ chỗ này: thiếu dấu ngoặc kép, hoặc thiếu phần cuối."),
    "bomb": _("Tệp mở ra quá lớn nên cổng không đọc. Xin lưu lại thành tệp mới."),
    "merged": _("Ô ở đây bị gộp. Xin bỏ gộp ô, ghi đủ từng dòng."),
    "old_excel": _("Đây là tệp Excel cũ (.xls). Xin lưu lại thành .xlsx hoặc CSV."),
    "no_sheet": _("Đây không phải là bảng. Cổng chỉ nhận tệp .csv và .xlsx."),
    "gone": _("Tệp đã hết hạn giữ nên không còn. Xin gửi lại tệp."),
}


#: What is wrong with one cell, and what to do.
_OF_CELL: Mapping[str, Any] = {
    "empty_cell": _("Ô này trống. Xin ghi."),
    "formula": _("Ô này là công thức. Xin thay bằng giá trị."),
    "sheet_error": _("Ô này báo lỗi %(value)s. Xin sửa trong bảng."),
    "old_letters": _("Chữ gõ bằng phông cũ như TCVN3, VNI-Times. Xin đổi sang Unicode."),
    "serial": _("“%(value)s” là số thứ tự ngày của Excel. Xin định dạng ô là ngày."),
    "day_format": _("“%(value)s” không phải là ngày. Viết 17/02/2026 hoặc 2026-02-17."),
    "day_no_such_day": _("Lịch không có ngày “%(value)s”. Xin xem lại."),
    "day_too_old": _("Ngày “%(value)s” quá xa. Xin xem lại năm."),
    "day_future": _("Ngày bắt đầu %(value)s chưa tới. Xin ghi khi đã tới ngày."),
    "day_moved": _("Danh sách đã ghi từ %(value)s. Xin sửa ngày ở trang của đảng viên."),
    "bad_year": _("Năm sinh “%(value)s” không hợp lý. Ghi bốn chữ số."),
    "no_term": _("“%(value)s” không có trong danh mục của cổng."),
    "bad_post": _("“%(value)s” không rõ là chức vụ gì. Xin xem cách ghi ở tệp mẫu."),
    "no_place": _("Không có tổ chức tên “%(value)s” đang hoạt động."),
    "many_places": _("Nhiều tổ chức tên “%(value)s”. Ghi thêm cấp trên sau dấu / ."),
    "outside": _("“%(value)s” không thuộc phạm vi của đồng chí."),
    "no_cell": _("“%(value)s” không phải là chi bộ. Đảng viên sinh hoạt ở chi bộ."),
    "no_number": _("Mã này không phải do cổng cấp."),
    "elsewhere": _("Không ai có mã này trong phạm vi của đồng chí."),
    "other_key": _("Mã này đã dùng cho một người khác."),
    "personal_key": _("Mã này giống số giấy tờ hoặc số điện thoại, cổng không nhận."),
    "long_key": _("Mã này dài quá 100 ký tự."),
    "twins": _("Nhiều người trùng tên, năm sinh, chi bộ. Xin ghi mã trên cổng."),
    "moved": _("Có người trùng tên, năm sinh ở chi bộ khác. Xin ghi mã trên cổng."),
    "alike": _("Gần giống “%(value)s” cùng chi bộ. Xin sửa tên, hoặc ghi mã trên cổng."),
    "twice": _("Người này đã có ở dòng %(value)s. Mỗi người một dòng."),
    "same_key": _("Mã này đã có ở dòng %(value)s. Mỗi người một mã."),
    "own": _("Dòng này về đồng chí, hoặc người đồng chí có quan hệ. Xin nhờ người khác nhập."),
    "seat": _("Đồng chí đọc hồ sơ ở “%(value)s”. Xin nhờ người khác nhập dòng này."),
    "needs_day": _("Người đã thôi sinh hoạt cần ghi đủ ngày vào và ngày thôi."),
    "own_place": _("Đồng chí không đổi được tổ chức mà mình phụ trách."),
    "no_parent": _("Không có tổ chức cấp trên này trong phạm vi của đồng chí."),
    "same_name": _("Cấp trên này đã có tổ chức cùng tên ở dòng %(value)s."),
    "by_hand": _("Tên, loại, cấp trên, ngày của tổ chức: xin ghi ở trang tổ chức."),
}


_PROBLEMS = {problem.value: problem for problem in Problem}


def told_fault(error: Exception) -> dict[str, str]:
    """Why a file was not taken, and where in it."""
    if isinstance(error, Fault):
        return told_at(error.code, error.row, error.column)
    if isinstance(error, Busy):
        sentence = gettext("Cổng đang đọc tệp khác. Xin thử lại sau ít phút.")
    else:
        sentence = gettext("Cổng chưa lưu được tệp này. Xin thử lại sau ít phút.")
    return {"place": gettext("Cả tệp"), "sentence": sentence}


def fault_words(code: str, value: str = "") -> str:
    """What is wrong with a cell, and what to do."""
    if code in _OF_CELL:
        return str(_OF_CELL[code]) % {"value": _day_or(value)}
    return str(_PROBLEMS[code].label)


def told_at(code: str, row: int, column: int) -> dict[str, str]:
    """A fault of a file, with its place."""
    facts = {"most": vn_number(MOST_ROWS), "megabytes": str(FILE_BYTES // 1024 // 1024)}
    if row and column:
        place = gettext("Dòng %(row)s, cột %(column)s", row=row, column=letter(column - 1))
    else:
        place = gettext("Dòng %(row)s", row=row) if row else gettext("Cả tệp")
    return {"place": place, "sentence": str(_OF_FILE[code]) % facts}


def _day_or(value: str) -> str:
    """A day as people write it, or the value."""
    try:
        return vn_date(date.fromisoformat(value))
    except ValueError:
        return value


def letter(place: int) -> str:
    """The letter by which sheets name a column, from 0."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
