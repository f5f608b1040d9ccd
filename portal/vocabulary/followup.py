"""Words about what a committee did."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class ActionKind(Labelled):
    """The kinds of follow-up action."""

    ACKNOWLEDGE = "acknowledge", _("Tiếp nhận, phân công")
    MEET_MEMBER = "meet_member", _("Gặp gỡ, trao đổi với đảng viên")
    MEMBER_STATEMENT = "member_statement", _("Đảng viên giải trình, làm rõ")
    MEMBER_ASKED = "member_asked", _("Đã hỏi đảng viên, chưa có giải trình")
    MEMBER_NOT_ASKED = "member_not_asked", _("Không cần đảng viên giải trình")
    FIELD_CHECK = "field_check", _("Kiểm tra thực tế, nắm thông tin")
    DIALOGUE = "dialogue", _("Đối thoại, hòa giải với người dân")
    REMIND = "remind", _("Nhắc nhở, rút kinh nghiệm")
    SELF_CRITICISM = "self_criticism", _("Tự phê bình và phê bình tại sinh hoạt chi bộ")
    REMEDY = "remedy", _("Yêu cầu khắc phục")
    APOLOGY = "apology", _("Xin lỗi, cải chính")
    MENTORING = "mentoring", _("Phân công đảng viên giúp đỡ, giáo dục có thời hạn")
    THEMATIC_SUPERVISION = "thematic_supervision", _("Giám sát chuyên đề")
    PROPOSE_INSPECTION = "propose_inspection", _("Đề nghị kiểm tra khi có dấu hiệu vi phạm")
    DISCIPLINE_REPRIMAND = "discipline_reprimand", _("Khiển trách")
    DISCIPLINE_WARNING = "discipline_warning", _("Cảnh cáo")
    PROPOSE_DISMISSAL = "propose_dismissal", _("Đề nghị cách chức")
    PROPOSE_EXPULSION = "propose_expulsion", _("Đề nghị khai trừ")
    PROPOSE_REMOVAL = "propose_removal", _("Đề nghị xóa tên")
    FILE_GUIDANCE = "file_guidance", _("Hướng dẫn hồ sơ, chuyển sinh hoạt")
    RESIDENCE_COMMENT = "residence_comment", _("Trao đổi nhận xét nơi cư trú")
    COMMEND = "commend", _("Biểu dương tại chi bộ")
    PROPOSE_REWARD = "propose_reward", _("Đề nghị khen thưởng")
    CLEAR_NAME = "clear_name", _("Làm rõ, khôi phục uy tín")
    TRANSFER_AUTHORITY = "transfer_authority", _("Chuyển cơ quan có thẩm quyền")
    NO_ACTION = "no_action", _("Không phải xử lý")
    NOMINATION_NOTED = "nomination_noted", _("Ghi nhận lời giới thiệu")
    NOMINEE_MET = "nominee_met", _("Gặp gỡ người được giới thiệu")
    NOMINEE_TO_CLASS = "nominee_to_class", _("Giới thiệu học lớp bồi dưỡng nhận thức về Đảng")
    NOMINEE_NOT_FOLLOWED = "nominee_not_followed", _("Chưa theo dõi, bồi dưỡng tiếp")

    @property
    def is_discipline(self) -> bool:
        """Whether it only refers to a decision of the Party's own process."""
        return self in _DISCIPLINE

    @property
    def resident_label(self) -> object:
        """What the resident reads.

        Design rule: discipline is never shown in detail, nor is what became of a nomination.
        """
        if self.is_about_nominee:
            return _CONSIDERED
        return _HANDLED if self.is_discipline else self.label

    @property
    def told_as(self) -> str:
        """What may be read of it without a key."""
        if self.is_about_nominee:
            return "considered"
        return "handled" if self.is_discipline else self.value

    @property
    def is_told_in_general(self) -> bool:
        """Whether the resident reads only that something was done, and no note about it."""
        return self.is_discipline or self.is_about_nominee

    @property
    def is_about_nominee(self) -> bool:
        """Whether it is done about somebody who was nominated, and about nothing else."""
        return self in _ABOUT_NOMINEES


class Telling(Labelled):
    """How a member was told that nothing was found against them."""

    IN_PERSON = "in_person", _("Gặp trực tiếp")
    MEETING = "meeting", _("Tại sinh hoạt chi bộ")
    LETTER = "letter", _("Bằng văn bản")
    TELEPHONE = "telephone", _("Qua điện thoại")


_HANDLED = _("Đã xử lý theo quy định của Đảng")
_CONSIDERED = _("Nơi nhận đã xem xét lời giới thiệu")
_ABOUT_NOMINEES = frozenset(
    {
        ActionKind.NOMINATION_NOTED,
        ActionKind.NOMINEE_MET,
        ActionKind.NOMINEE_TO_CLASS,
        ActionKind.NOMINEE_NOT_FOLLOWED,
    }
)
_DISCIPLINE = frozenset(
    {
        ActionKind.DISCIPLINE_REPRIMAND,
        ActionKind.DISCIPLINE_WARNING,
        ActionKind.PROPOSE_DISMISSAL,
        ActionKind.PROPOSE_EXPULSION,
        ActionKind.PROPOSE_REMOVAL,
    }
)
