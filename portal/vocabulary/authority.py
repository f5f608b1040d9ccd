"""Words about what belongs to other authorities."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class Matter(Labelled):
    """What an authority is named for."""

    DENUNCIATION = "denunciation", _("Tố cáo")
    COMPLAINT = "complaint_admin", _("Khiếu nại")
    CRIME = "crime_tip", _("Tin báo tội phạm, việc khẩn cấp")
    CORRUPTION = "corruption", _("Nhận tiền, tham ô, làm giả giấy tờ")
    REVIEW = "review", _("Chưa đồng ý sau khi đã xem xét lại")
    OTHER = "other", _("Việc khác ngoài phạm vi của Cổng")
