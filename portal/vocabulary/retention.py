"""Words about how long something is kept."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class RetentionRule(Labelled):
    """Under which rule a finished case is kept, or what of it goes before.

    Each has one period, which administrators set.
    """

    CLOSED = "closed", _("Ý kiến đã có kết quả")
    PRAISE = "praise", _("Lời biểu dương đã ghi nhận")
    NOMINATION = "nomination", _("Lời giới thiệu quần chúng ưu tú")
    REFERRED = "referred", _("Việc đã hướng dẫn sang cơ quan khác")
    DECLINED = "declined", _("Ý kiến không được tiếp nhận")
    REFUSED = "refused", _("Quảng cáo, thư gửi thử, lời lẽ xúc phạm")
    WITHDRAWN = "withdrawn", _("Ý kiến người gửi đã rút")
    #: Who wrote, and where they wanted to be told of news: no rule of a case.
    CONTACT = "contact", _("Họ tên, cách liên hệ của người gửi")
    #: Why a member was excused: no rule of a case, and counted from the end of the excusal.
    EXCUSAL = "excusal", _("Lý do tạm miễn sinh hoạt")
    #: What staff did, without content: no rule of a case either.
    JOURNAL = "journal", _("Nhật ký công việc của cán bộ")
