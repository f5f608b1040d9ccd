"""Words about the accounts of the staff."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class AccountState(Labelled):
    """How far an account has come."""

    INVITED = "invited", _("Đã mời, chưa đặt mật khẩu")
    MUST_ENROL = "must_enrol", _("Chưa có cách xác nhận thứ hai")
    ACTIVE = "active", _("Đang dùng")
    ENDED = "ended", _("Đã kết thúc")
