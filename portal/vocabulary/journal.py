"""What staff do that is written into the journal."""

from __future__ import annotations

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class Deed(Labelled):
    """One thing that a member of staff did. Content is never part of it."""

    READ = "read", _("Mở hồ sơ")
    UNMASKED = "unmasked", _("Xem chỗ đã che")
    FILE_OPENED = "file_opened", _("Mở tệp kèm theo")
    FILE_RELEASED = "file_released", _("Cho nơi giải quyết xem tệp")
    FILE_WITHHELD = "file_withheld", _("Thôi cho nơi giải quyết xem tệp")
    FILE_KEPT = "file_kept", _("Lưu tệp cùng việc đã làm")
    COPIES_RELEASED = "copies_released", _("Đưa nhóm bản sao lên hàng việc")
    COPIES_PROPOSED = "copies_proposed", _("Đề nghị không tiếp nhận nhóm bản sao")
    COPIES_DECLINED = "copies_declined", _("Xác nhận không tiếp nhận nhóm bản sao")
    COPIES_OBJECTED = "copies_objected", _("Bỏ đề nghị về nhóm bản sao")
    SIGNED_IN = "signed_in", _("Đăng nhập")
    REFUSED = "refused", _("Đăng nhập bị từ chối")
    SIGNED_OUT = "signed_out", _("Đăng xuất")
    SESSIONS_ENDED = "sessions_ended", _("Kết thúc phiên đăng nhập")
    PASSWORD_CHANGED = "password_changed", _("Đổi mật khẩu")
    FACTOR_ADDED = "factor_added", _("Thêm cách xác nhận thứ hai")
    FACTOR_REMOVED = "factor_removed", _("Gỡ một cách xác nhận thứ hai")
    FACTORS_RESET = "factors_reset", _("Đặt lại cách xác nhận thứ hai")
    RECOVERY_USED = "recovery_used", _("Dùng mã dự phòng")
    RECOVERY_RENEWED = "recovery_renewed", _("Tạo bộ mã dự phòng mới")
    FOUNDED = "founded", _("Mời người quản trị đầu tiên")
    INVITED = "invited", _("Mời nhận tài khoản")
    LINK_RENEWED = "link_renewed", _("Cấp lại liên kết mời")
    ACCEPTED = "accepted", _("Nhận tài khoản và đặt mật khẩu")
    ROLE_GIVEN = "role_given", _("Giao vai trò")
    ROLE_TAKEN = "role_taken", _("Cho thôi vai trò")
    PROPOSED = "proposed", _("Đề nghị người thứ hai xác nhận")
    DECLINED = "declined", _("Từ chối đề nghị")
    WITHDRAWN = "withdrawn", _("Rút lại đề nghị")
    TIED = "tied", _("Khai quan hệ")
    UNTIED = "untied", _("Bỏ quan hệ đã khai")
    MEMBER_NAMED = "member_named", _("Gắn tài khoản với đảng viên")
    ACCOUNT_ENDED = "account_ended", _("Kết thúc tài khoản")
    CUSTODIAN_MADE = "custodian_made", _("Tạo khóa của người giữ khóa")
    CUSTODIAN_ADMITTED = "custodian_admitted", _("Nhận người giữ khóa")
    CUSTODIAN_RETIRED = "custodian_retired", _("Cho thôi giữ khóa")
    IDENTITY_ASKED = "identity_asked", _("Đề nghị mở danh tính người gửi")
    IDENTITY_AGREED = "identity_agreed", _("Đồng ý mở danh tính người gửi")
    IDENTITY_REFUSED = "identity_refused", _("Không đồng ý mở danh tính người gửi")
    IDENTITY_READ = "identity_read", _("Xem danh tính người gửi")
    HOURS_SET = "hours_set", _("Đổi giờ ghi sổ cái")
    RIGHTS_GIVEN = "rights_given", _("Cấp quyền cơ sở dữ liệu")
    HELD_BACK = "held_back", _("Giữ hồ sơ quá thời hạn")
    LET_GO = "let_go", _("Thôi giữ hồ sơ quá thời hạn")
    PERIODS_SET = "periods_set", _("Đổi thời hạn lưu giữ")
    CONTACTS_DESTROYED = "contacts_destroyed", _("Hủy họ tên, cách liên hệ hết thời hạn lưu giữ")
    PURGED = "purged", _("Xóa hồ sơ hết thời hạn lưu giữ")
    EXPORTED = "exported", _("Tải nhật ký")
