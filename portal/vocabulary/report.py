"""Words of the tables that are added up: which table, and what each of its columns counts."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class ReportTable(Labelled):
    """Which of the tables it is."""

    MEMBERS = "members", _("Đảng viên và rà soát")
    CASEWORK = "casework", _("Ý kiến và giải quyết")
    KINDS = "kinds", _("Vụ việc nhận theo loại")
    TOPICS = "topics", _("Vụ việc nhận theo lĩnh vực")
    CHANNELS = "channels", _("Vụ việc nhận theo kênh")
    FINDINGS = "findings", _("Kết luận của vụ việc có kết quả")
    DESK_STAGES = "desk_stages", _("Thời hạn của bộ phận tiếp nhận")
    HANDLING_STAGES = "handling_stages", _("Thời hạn của nơi giải quyết")

    @property
    def is_of_cases(self) -> bool:
        """Whether it counts cases, which each reader sees for themselves."""
        return self is not ReportTable.MEMBERS

    @property
    def is_of_desks(self) -> bool:
        """Whether only moderators read it: when and how something came would tell of its writer."""
        return self in {ReportTable.CHANNELS, ReportTable.DESK_STAGES}


class MemberColumn(Labelled):
    """What the first table counts: members, and what their reviews came to.

    Removed (xóa tên), expelled (khai trừ) and having left (cho ra khỏi Đảng) are three different
    things, and are never counted together.
    """

    MEMBERS = "members", _("Tổng số đảng viên")
    #: The people on the lists of the reviews: fixed when each opened, so never less than reviewed.
    LISTED = "listed", _("Phải rà soát")
    REVIEWED = "reviewed", _("Được rà soát")
    HELPED = "helped", _("Cần giáo dục, giúp đỡ")
    VIOLATIONS = "violations", _("Có vi phạm")
    #: The four groups of a review. A member may be in several: they are not added together.
    DUTY_UNFULFILLED = "duty_unfulfilled", _("Nhóm 1")
    TRANSFER_UNFILED = "transfer_unfiled", _("Nhóm 2")
    VIOLATION = "violation", _("Nhóm 3")
    NOT_EXEMPLARY = "not_exemplary", _("Nhóm 4")
    REPRIMANDED = "reprimanded", _("Khiển trách")
    WARNED = "warned", _("Cảnh cáo")
    DISMISSED = "dismissed", _("Cách chức")
    EXPELLED = "expelled", _("Khai trừ")
    REMOVED = "removed", _("Xóa tên")
    LEFT = "left", _("Cho ra khỏi Đảng")
    PENDING = "pending", _("Đang xem xét")
    #: Told of by others only: what became of them is not said.
    UNSTATED = "unstated", _("Không nêu cách xử lý")


class CaseworkColumn(Labelled):
    """What the second table counts: cases, each once, whatever the number of its letters."""

    RECEIVED = "received", _("Vụ việc nhận")
    CRITICISM = "criticism", _("Trong đó phê bình")
    PRAISE = "praise", _("Trong đó biểu dương")
    #: Of no kind, topic or channel that is known.
    UNCLASSIFIED = "unclassified", _("Chưa phân loại")
    SCREENED = "screened", _("Đã sàng lọc")
    ELIGIBLE = "eligible", _("Đủ điều kiện")
    ROUTED = "routed", _("Đã chuyển")
    ANSWERED = "answered", _("Có kết quả")
    #: Answered, and opened again since: what was found does not stand any more.
    REOPENED = "reopened", _("Đang giải quyết lại")
    CONTESTED = "contested", _("Đề nghị xem xét lại")
    STAGES = "stages", _("Chặng đã xong")
    ON_TIME = "on_time", _("Chặng đúng hạn")
    RATED = "rated", _("Lượt đánh giá")
    SATISFIED = "satisfied", _("Lượt hài lòng")
