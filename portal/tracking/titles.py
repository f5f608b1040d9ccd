"""What each step is called to whoever wrote, and each of their own acts."""

from __future__ import annotations

from portal.i18n import lazy_gettext as _
from portal.vocabulary import ActKind

TITLES = {
    "receive": _("Cổng đã tiếp nhận"),
    "exchange": _("Mã trên phiếu đã được đổi sang mã mới"),
    "read_out": _("Cán bộ đã đọc hồ sơ qua điện thoại"),
    "claim": _("Bắt đầu xem xét sơ bộ"),
    "ask": _("Hỏi thêm thông tin"),
    "message": _("Bộ phận tiếp nhận viết cho ông/bà"),
    "resume": _("Tiếp tục xem xét sơ bộ"),
    "decline": _("Không thuộc diện tiếp nhận"),
    "verify": _("Đủ điều kiện chuyển"),
    "refer": _("Đã hướng dẫn cơ quan có thẩm quyền"),
    "record_reply": _("Cơ quan có thẩm quyền đã trả lời"),
    "route": _("Đã chuyển tổ chức đảng"),
    "accept": _("Nơi nhận bắt đầu giải quyết"),
    "return": _("Nơi nhận trả lại để chuyển đúng nơi"),
    "raise": _("Đã chuyển lên cấp trên"),
    "tell_above": _("Quá hạn – đã báo cấp trên"),
    "escalate": _("Cấp trên giải quyết thay"),
    "hold": _("Tạm dừng"),
    "resume_work": _("Nơi nhận tiếp tục giải quyết"),
    "release_file": _("Nơi nhận được xem tệp của ông/bà"),
    "withhold_file": _("Nơi nhận thôi được xem tệp của ông/bà"),
    "publish": _("Đã có kết quả"),
    "contest": _("Đang được cấp trên xem xét lại"),
    "uphold": _("Cấp trên giữ nguyên kết quả"),
    "reopen": _("Cấp trên cho giải quyết lại"),
    "rescreen": _("Cấp trên cho xem xét lại từ đầu"),
    "close": _("Đã kết thúc"),
    "merge": _("Được xem xét chung với ý kiến cùng nội dung"),
    "split": _("Ý kiến nói về hai việc, nay được xem xét riêng từng việc"),
    "unmerge": _("Được xem xét riêng trở lại"),
    "step_out": _("Đã rút ý kiến"),
    "withdraw": _("Đã rút ý kiến"),
    "leave": _("Đã rút ý kiến"),
    "let_go": _("Hồ sơ thôi được giữ quá thời hạn"),
    "identity_opened": _("Thông tin của ông/bà đã được mở cho một cán bộ xem trong 24 giờ"),
}
OWN_TITLES = {
    ActKind.SUPPLY: _("Ông/bà gửi thêm thông tin"),
    ActKind.ATTACH: _("Ông/bà gửi thêm tệp"),
    ActKind.RATE: _("Ông/bà đánh giá kết quả"),
    ActKind.CONTEST: _("Ông/bà đề nghị xem xét lại"),
    ActKind.WITHDRAW: _("Ông/bà xin rút ý kiến"),
}
#: Why the clock lets another organisation handle a case.
MOVED_BY_THE_CLOCK = {
    "ended": _("Nơi giải quyết trước đã sáp nhập hoặc kết thúc hoạt động."),
    "nobody": _("Nơi giải quyết trước không còn người phụ trách việc này."),
    "handed_on": _("Việc này nay do tổ chức đảng khác giải quyết tiếp. Mã tra cứu vẫn dùng được."),
}
