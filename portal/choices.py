"""The answers that the public forms offer, in the words in which people give them."""

from __future__ import annotations

from portal.i18n import lazy_gettext as _
from portal.vocabulary import Context, HowKnown, Kind, Matter, PostLevel, Rating

#: The plain tests by which people find their kind; the last one leaves it to the moderator.
KIND_WORDS = {
    Kind.PRAISE.value: _("Tôi muốn khen, cảm ơn"),
    Kind.NOMINATION.value: _("Tôi muốn giới thiệu một quần chúng ưu tú để chi bộ xem xét"),
    Kind.SUGGESTION.value: _("Tôi mong đồng chí ấy sửa, làm tốt hơn"),
    Kind.REPORT.value: _("Tôi báo một việc cụ thể tôi thấy"),
    Kind.PETITION.value: _("Tôi đề nghị chi bộ làm một việc"),
    Matter.COMPLAINT.value: _("Một quyết định, việc làm hành chính xâm phạm quyền lợi của tôi"),
    Matter.DENUNCIATION.value: _("Tôi tố cáo hành vi vi phạm pháp luật hoặc Điều lệ Đảng"),
    Matter.CRIME.value: _("Tôi báo tội phạm: nhận tiền, đánh người, ma túy, xâm hại trẻ em"),
    "": _("Tôi không rõ, xin Cổng phân loại giúp"),
}
HOW_KNOWN_WORDS = {
    HowKnown.SEEN.value: _("Tôi tận mắt thấy"),
    HowKnown.DOCUMENTS.value: _("Tôi có giấy tờ, hình ảnh"),
    HowKnown.HEARD.value: _("Tôi nghe kể lại"),
}
CONTEXT_WORDS = {each.value: each.label for each in Context}
POST_LEVEL_WORDS = {"": _("Chưa chọn")} | {each.value: each.label for each in PostLevel}
RATING_WORDS = {each.value: each.label for each in Rating}

#: Who reads the letter of somebody who fears retaliation, and what not to write. It says the same
#: wherever it stands: here, on the first page, on the preview and under the protection of writers.
FEAR_WORDS = _(
    "Cán bộ tiếp nhận đọc trước. Sau đó chỉ Ủy ban kiểm tra cấp trên nhận bản viết lại. "
    "Chi bộ không bao giờ thấy. Xin đừng kể chi tiết mà chỉ riêng ông/bà biết."
)
