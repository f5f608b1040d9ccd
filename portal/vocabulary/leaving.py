"""Words about members who are away, or on their way to another cell."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class ExcusalGround(Labelled):
    """Why somebody asks to be excused for a time; it is sealed with the reason."""

    WORKING_AWAY = "working_away", _("Đi làm ăn xa")
    STUDY = "study", _("Đi học")
    HEALTH = "health", _("Sức khỏe")
    FAMILY = "family", _("Việc gia đình")
    OTHER = "other", _("Lý do khác")


class ExcusalState(Labelled):
    """How far an excusal has come."""

    PROPOSED = "proposed", _("Chờ cấp trên quyết định")
    GRANTED = "granted", _("Đã cho tạm miễn")
    REFUSED = "refused", _("Không đồng ý")
    WITHDRAWN = "withdrawn", _("Chi ủy đã rút đề nghị")


class SlipState(Labelled):
    """What is known of the confirmation slip. Only the first leaves it open."""

    MISSING = "missing", _("Chưa có phiếu xác nhận")
    HANDED_IN = "handed_in", _("Đã nộp phiếu xác nhận")
    TELEPHONED = "telephoned", _("Chi ủy đã hỏi nơi đến qua điện thoại")
    WRITTEN = "written", _("Chi ủy đã hỏi nơi đến bằng công văn")

    @property
    def settles(self) -> bool:
        """Whether nothing is left to be reminded of."""
        return self is not SlipState.MISSING


class TransferKind(Labelled):
    """For good, or for a time during which the member counts at the old place."""

    OFFICIAL = "official", _("Chuyển sinh hoạt chính thức")
    TEMPORARY = "temporary", _("Chuyển sinh hoạt tạm thời")


class TransferState(Labelled):
    """How far a transfer has come."""

    DECIDED = "decided", _("Chờ giấy giới thiệu")
    ON_THE_WAY = "on_the_way", _("Chờ nộp hồ sơ ở nơi mới")
    ACCEPTED = "accepted", _("Nơi mới đã nhận")
    LEFT_AREA = "left_area", _("Đã chuyển ra ngoài địa bàn")
    RETURNED = "returned", _("Đã về nơi cũ")
    CANCELLED = "cancelled", _("Thôi chuyển")
