"""Words about screening reviews and their legal bases."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class ReviewState(Labelled):
    """How far a screening review is."""

    DRAFT = "draft", _("Đang soạn")
    OPEN = "open", _("Đang rà soát")
    CLOSED = "closed", _("Đã kết thúc")


class PartState(Labelled):
    """How far one cell is with its list."""

    RECORDING = "recording", _("Chi bộ đang ghi")
    SIGNED = "signed", _("Chi bộ đã ký, chờ cấp trên")
    CONFIRMED = "confirmed", _("Cấp trên đã xác nhận")


class ScreeningGroup(Labelled):
    """The four groups that a review names; a member may be in several, or in none."""

    DUTY_UNFULFILLED = "duty_unfulfilled", _("Không hoàn thành nhiệm vụ")
    TRANSFER_UNFILED = "transfer_unfiled", _("Không đúng chế độ chuyển sinh hoạt, chưa nộp hồ sơ")
    VIOLATION = "violation", _("Vi phạm kỷ luật đảng, pháp luật")
    NOT_EXEMPLARY = "not_exemplary", _("Thiếu gương mẫu, uy tín thấp")


class ReviewOutcome(Labelled):
    """What a review comes to for a member.

    Being removed, expelled and having left are three things: the first is no discipline.
    """

    CONTINUE = "continue", _("Tiếp tục sinh hoạt")
    MENTORING = "mentoring", _("Giáo dục, giúp đỡ có thời hạn")
    REPRIMAND = "reprimand", _("Khiển trách")
    WARNING = "warning", _("Cảnh cáo")
    DISMISSAL = "dismissal", _("Cách chức")
    EXPELLED = "expelled", _("Khai trừ")
    REMOVED = "removed", _("Xóa tên")
    LEFT = "left", _("Cho ra khỏi Đảng")
    EXEMPT = "exempt", _("Miễn sinh hoạt")
    TRANSFERRED = "transferred", _("Chuyển sinh hoạt")
    PENDING = "pending", _("Đang xem xét")

    @property
    def needs_decision(self) -> bool:
        """Whether it only refers to a decision of the Party's own process."""
        return self in _DECIDED


class AnswerState(Labelled):
    """What became of asking a member before the cell signs."""

    ASKED = "asked", _("Đã hỏi, chờ trả lời")
    GIVEN = "given", _("Đảng viên đã trả lời")
    DECLINED = "declined", _("Đảng viên không trả lời")
    UNREACHABLE = "unreachable", _("Không liên hệ được sau hai lần")

    @property
    def is_final(self) -> bool:
        """Whether nothing more is waited for."""
        return self is not AnswerState.ASKED


class BasisUse(Labelled):
    """Where a legal basis is printed."""

    REVIEW = "review", _("Đợt rà soát đảng viên")
    SLIP = "slip", _("Phiếu chuyển ý kiến")
    GUIDE = "guide", _("Trang hướng dẫn người dân")


_DECIDED = frozenset(
    {
        ReviewOutcome.REPRIMAND,
        ReviewOutcome.WARNING,
        ReviewOutcome.DISMISSAL,
        ReviewOutcome.EXPELLED,
        ReviewOutcome.REMOVED,
        ReviewOutcome.LEFT,
        ReviewOutcome.EXEMPT,
    }
)
