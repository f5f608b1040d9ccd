"""Words about the course of a case."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class Status(Labelled):
    """Where a case stands; the label is the one residents read."""

    RECEIVED = "received", _("Đã tiếp nhận")
    SCREENING = "screening", _("Đang xem xét sơ bộ")
    NEED_INFO = "need_info", _("Cần bổ sung thông tin")
    DECLINED = "declined", _("Không thuộc diện tiếp nhận")
    REFERRED = "referred", _("Đã hướng dẫn cơ quan có thẩm quyền")
    ELIGIBLE = "eligible", _("Đủ điều kiện chuyển")
    ROUTED = "routed", _("Đã chuyển tổ chức đảng")
    IN_PROGRESS = "in_progress", _("Đang xem xét, giải quyết")
    ON_HOLD = "on_hold", _("Tạm dừng")
    REPORTED = "reported", _("Đang xem xét, giải quyết")
    ANSWERED = "answered", _("Đã có kết quả")
    CLOSED = "closed", _("Đã kết thúc")
    REVIEW = "review", _("Đang xem xét lại")
    WITHDRAWN = "withdrawn", _("Người gửi đã rút")
    MERGED = "merged", _("Đã gộp với ý kiến trùng")

    @property
    def staff_label(self) -> object:
        """The label on the desks, where it differs from what residents read."""
        return _STAFF_LABELS.get(self, self.label)


_STAFF_LABELS = {
    Status.REPORTED: _("Đã báo cáo, chờ trả lời"),
}


class Sentiment(Labelled):
    """How a moderator reads the words. Mixed follows the rules of criticism."""

    CRITICISM = "criticism", _("Phê bình")
    PRAISE = "praise", _("Khen")
    MIXED = "mixed", _("Vừa khen vừa phê bình")
    NEUTRAL = "neutral", _("Trung tính")


class Topic(Labelled):
    """What it is about."""

    EXEMPLARY_CONDUCT = "exemplary_conduct", _("Nêu gương, đạo đức, lối sống")
    ATTITUDE_TO_PEOPLE = "attitude_to_people", _("Thái độ, ứng xử với nhân dân")
    DUTY_PERFORMANCE = "duty_performance", _("Thực hiện nhiệm vụ được giao")
    PARTY_LIFE = "party_life", _("Sinh hoạt đảng, liên hệ nơi cư trú")
    COMMUNITY_RULES = "community_rules", _("Hương ước, việc cưới, việc tang")
    ENVIRONMENT_ORDER = "environment_order", _("Vệ sinh môi trường, trật tự đô thị")
    LAND_CONSTRUCTION = "land_construction", _("Đất đai, xây dựng")
    FUNDS_TRANSPARENCY = "funds_transparency", _("Quỹ, đóng góp, công khai tài chính")
    BENEFITS_FAIRNESS = "benefits_fairness", _("Chính sách, hộ nghèo, cứu trợ")
    FAMILY = "family", _("Gia đình, phòng chống bạo lực")
    SOCIAL_MEDIA = "social_media", _("Phát ngôn, sử dụng mạng xã hội")
    ABSENCE_TRANSFER = "absence_transfer", _("Vắng sinh hoạt, đi xa, chuyển sinh hoạt")
    VOLUNTEERING = "volunteering", _("Giúp đỡ cộng đồng, thiên tai")
    CORRUPTION_HINT = "corruption_hint", _("Dấu hiệu nhũng nhiễu, tiêu cực")
    OTHER = "other", _("Nội dung khác")


class DeclineReason(Labelled):
    """Why the portal does not pass something on.

    Reasons that would tell whether somebody is a Party member share one label.
    """

    NOT_ABOUT_MEMBER = "not_about_member", _("Không thuộc phạm vi tiếp nhận của Cổng")
    INSUFFICIENT_DETAIL = "insufficient_detail", _("Chưa đủ thông tin để xem xét")
    ABUSIVE = "abusive", _("Có lời lẽ xúc phạm, không có nội dung cụ thể")
    PRIVATE_LIFE = "private_life", _("Thuộc đời tư, không liên quan trách nhiệm nêu gương")
    THIRD_PARTY_DATA = "third_party_data", _("Chứa dữ liệu riêng của người khác không thể che")
    ALREADY_CONCLUDED = "already_concluded", _("Đã được kết luận, không có tình tiết mới")
    UNDER_PROCEEDINGS = "under_proceedings", _("Đang được cơ quan có thẩm quyền giải quyết")
    OUT_OF_AREA = "out_of_area", _("Không thuộc phạm vi tiếp nhận của Cổng")
    SPAM = "spam", _("Quảng cáo hoặc gửi lặp lại")
    TEST = "test", _("Nội dung gửi thử")
    IMPERSONATION = "impersonation", _("Mạo danh người khác")
    ILLEGAL_CONTENT = "illegal_content", _("Nội dung vi phạm pháp luật")
    STATE_SECRET = "state_secret", _("Có thể chứa bí mật nhà nước")

    @property
    def staff_label(self) -> object:
        """The label in the moderator's list, where the shared one would be ambiguous."""
        return _DECLINE_STAFF_LABELS.get(self, self.label)


_DECLINE_STAFF_LABELS = {
    DeclineReason.NOT_ABOUT_MEMBER: _("Không phải việc về đảng viên"),
    DeclineReason.OUT_OF_AREA: _("Ngoài địa bàn"),
}


class Finding(Labelled):
    """What the handling organisation found, after the member was asked."""

    SUBSTANTIATED = "substantiated", _("Nội dung có cơ sở")
    PARTLY = "partly", _("Nội dung có cơ sở một phần")
    UNSUBSTANTIATED = "unsubstantiated", _("Nội dung không có cơ sở")
    UNDETERMINED = "undetermined", _("Chưa đủ căn cứ kết luận")
    CLARIFIED = "clarified", _("Đã giải thích, làm rõ")
    PRAISE_NOTED = "praise_noted", _("Đã ghi nhận, biểu dương")
    #: The one answer to a nomination, whatever was decided: it tells nothing of the person named.
    NOMINATION_NOTED = "nomination_noted", _("Đã ghi nhận lời giới thiệu")
    TRANSFERRED = "transferred", _("Đã chuyển cơ quan có thẩm quyền")


class StatementOutcome(Labelled):
    """What became of asking the member."""

    GIVEN = "given", _("Đảng viên đã giải trình")
    DECLINED = "declined", _("Đảng viên từ chối giải trình")
    UNREACHABLE = "unreachable", _("Không liên hệ được sau hai lần")
    NOT_APPLICABLE = "not_applicable", _("Không cần giải trình")
