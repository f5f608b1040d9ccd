"""How it stands with telling an answer to everybody."""

from __future__ import annotations

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class Publication(Labelled):
    """Where an answer stands on its way to everybody; the label is what staff read."""

    #: Its writer may allow it, and has not.
    ASKED = "asked", _("Người gửi chưa trả lời")
    AGREED = "agreed", _("Cần soạn bản công bố")
    WRITTEN = "written", _("Chờ người thứ hai xác nhận")
    CONFIRMED = "confirmed", _("Chờ đến ngày công bố")
    PUBLISHED = "published", _("Đã công bố")
    #: Its writer has said no, or has taken back what was allowed. It may be allowed again.
    REFUSED = "refused", _("Người gửi không đồng ý")
    #: Somebody of the staff, or what became of the case, has ended it for good.
    STOPPED = "stopped", _("Không công bố")
