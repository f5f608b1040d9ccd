"""Words about opening who wrote."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class IdentityOutcome(Labelled):
    """What became of a request to open who wrote."""

    OPENED = "opened", _("Đã mở")
    REFUSED = "refused", _("Không đồng ý mở")
    EXPIRED = "expired", _("Hết thời gian chờ")
    DESTROYED = "destroyed", _("Người gửi đã rút, danh tính đã hủy")
