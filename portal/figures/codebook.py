"""What every column, table, value and sign of the public figures means, for people and programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.figures.layout import ALL, LAYOUTS
from portal.i18n import lazy_gettext as _
from portal.vocabulary import FigureSign, FigureTable

_T = FigureTable


@dataclass(frozen=True)
class Entry:
    """A column of the files: its name, what it holds, and in what unit or form."""

    name: str
    meaning: object
    unit: object


COLUMNS = (
    Entry("quarter", _("Quý mà vụ việc kết thúc hoặc được tiếp nhận"), _("năm-quý, như 2026-3")),
    Entry("since", _("Ngày đầu của quý"), _("năm-tháng-ngày")),
    Entry("until", _("Ngày cuối của quý"), _("năm-tháng-ngày")),
    Entry("edition", _("Lần công bố; lần sau chỉ dùng để rút số liệu"), _("số thứ tự")),
    Entry("published_on", _("Ngày công bố"), _("năm-tháng-ngày")),
    Entry("place", _("Số của nơi giải quyết; -1 là tất cả, 0 là cấp trên"), _("số")),
    Entry("place_name", _("Tên nơi giải quyết lúc công bố"), _("chữ")),
    Entry("table", _("Mã của bảng"), _("mã")),
    Entry("table_label", _("Tên bảng"), _("chữ")),
    Entry("value", _("Mã của dòng trong bảng"), _("mã")),
    Entry("value_label", _("Tên dòng"), _("chữ")),
    Entry("amount", _("Số vụ việc; để trống khi có dấu thay"), _("vụ việc")),
    Entry("sign", _("Dấu thay cho số không nêu"), _("mã")),
    Entry("sample", _("Có chữ yes khi đây là dữ liệu mẫu"), _("chữ")),
)

#: How each table counts, sentence by sentence.
MEANINGS: Mapping[FigureTable, object] = {
    _T.RECEIVED: _("Vụ việc có thư đầu tiên đến trong quý, của tất cả các nơi. Thư gộp không đếm."),
    _T.FINISHED: _("Vụ việc kết thúc trong quý và đã hết 30 ngày để đề nghị xem xét lại."),
    _T.SIDE: _("Vụ việc được giải quyết như lời khen, lời giới thiệu hay ý kiến khác."),
    _T.KIND: _("Loại do cán bộ tiếp nhận xếp, không tính lời khen và lời giới thiệu."),
    _T.COURSE: _("Ý kiến kết thúc vì đã có kết quả, vì không nhận, vì chuyển hay vì được rút."),
    _T.FINDING: _("Kết quả mà người gửi đọc. Đảng viên được nghe trước khi kết luận."),
    _T.SATISFACTION: _("Người gửi chọn khi đọc kết quả. Nhiều người gửi thì lấy mức thấp nhất."),
    _T.TIMELINESS: _("Quá hạn là có ít nhất một bước chậm hơn hạn, tính theo ngày làm việc."),
    _T.TOPIC: _("Nội dung do cán bộ tiếp nhận xếp, chỉ nêu chung cho tất cả các nơi."),
}

SIGNS: Mapping[FigureSign, object] = {
    FigureSign.FEW: _("Có từ 1 đến 4 vụ việc. Số nhỏ có thể chỉ ra một người nên không nêu."),
    FigureSign.HIDDEN: _("Số được giấu, vì nếu nêu thì trừ ra được một số nhỏ hơn 5."),
}

RULES = (
    _("Đơn vị đếm là vụ việc. Một vụ việc có thể có nhiều thư."),
    _("Mỗi vụ việc chỉ nằm trong một quý, là quý nó kết thúc."),
    _("Vụ việc đếm ở xã, phường đã giải quyết, hoặc nơi đã tiếp nhận nếu chưa chuyển."),
    _("Không có số nào của riêng một chi bộ. Không nơi nào bị xếp hạng."),
    _("Số 0 là không có. Số từ 1 đến 4 ghi là “< 5”."),
    _("Nơi có quá ít vụ việc thì không nêu bảng riêng."),
    _("Cộng trừ mọi số đã nêu vẫn không biết được số “< 5” là 1, 2, 3 hay 4."),
    _("Tỷ lệ chỉ tính từ những số đã nêu."),
    _("Mỗi quý công bố một lần, sau khi hết thời gian đề nghị xem xét lại."),
    _("Số đã công bố không sửa. Nếu sai, cả quý bị rút, có ngày và lý do."),
    _("Xóa hồ sơ hết hạn lưu không làm đổi số đã công bố."),
)


def values_of(table: FigureTable) -> Mapping[str, object]:
    """What each value of a table is called."""
    layout = next((each for each in LAYOUTS if each.table is table), None)
    return layout.labels if layout else {ALL: table.label}


def whole_of(table: FigureTable) -> tuple[str, str] | None:
    """The table and value that a table splits; nothing for a single number."""
    layout = next((each for each in LAYOUTS if each.table is table), None)
    return (layout.of[0].value, layout.of[1]) if layout else None
