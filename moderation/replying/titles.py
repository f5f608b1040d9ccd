"""What the usual texts are called in the list from which one is chosen."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

TITLES = {
    "ask-who": _("Hỏi rõ người"),
    "ask-where": _("Hỏi nơi và lúc"),
    "ask-evidence": _("Hỏi ảnh, giấy tờ"),
    "message-screening": _("Báo đang xem xét sơ bộ"),
    "message-routed": _("Báo đã chuyển"),
    "message-in-progress": _("Báo đang giải quyết"),
    "message-on-hold": _("Báo tạm dừng"),
    "message-safety": _("Khi có người dò hỏi"),
    "decline-not-about-member": _("Ngoài phạm vi"),
    "decline-out-of-area": _("Ngoài phạm vi"),
    "decline-insufficient-detail": _("Chưa đủ thông tin"),
    "decline-abusive": _("Chỉ có lời xúc phạm"),
    "decline-private-life": _("Thuộc đời tư"),
    "decline-already-concluded": _("Đã có kết luận"),
    "decline-under-proceedings": _("Cơ quan khác đang giải quyết"),
    "decline-spam": _("Gửi lặp lại"),
    "refer-complaint": _("Việc khiếu nại"),
    "refer-denunciation": _("Việc tố cáo"),
    "report-substantiated": _("Có cơ sở"),
    "report-partly": _("Có cơ sở một phần"),
    "report-unsubstantiated": _("Không có cơ sở"),
    "report-clarified": _("Đã giải thích"),
    "report-praise-noted": _("Ghi nhận lời khen"),
    "report-nomination-noted": _("Ghi nhận lời giới thiệu"),
}
