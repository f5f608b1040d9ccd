"""The sentence that answers where the letter is, for each status in which it does not depend."""

from __future__ import annotations

from portal.i18n import lazy_gettext as _
from portal.vocabulary import Status

#: What is said of a nomination instead; nothing in it tells what became of whoever was named.
OF_NOMINATIONS = {
    Status.RECEIVED: (
        _("Cổng đã nhận lời giới thiệu và sắp xem xét sơ bộ"),
        _("Cổng đã nhận lời giới thiệu, nhưng xem xét chậm"),
    ),
    Status.ELIGIBLE: (
        _("Lời giới thiệu đủ điều kiện và sắp được chuyển đi"),
        _("Lời giới thiệu đủ điều kiện, nhưng chuyển đi chậm"),
    ),
    Status.DECLINED: (
        _("Cổng không tiếp nhận được lời giới thiệu này"),
        _("Cổng không tiếp nhận được lời giới thiệu này"),
    ),
    Status.ANSWERED: (
        _("Lời giới thiệu của ông/bà đã có trả lời"),
        _("Lời giới thiệu của ông/bà đã có trả lời"),
    ),
}
#: What the page says in time, and when the promise of this stage is broken.
HEADLINES = {
    Status.RECEIVED: (
        _("Cổng đã nhận ý kiến và sắp xem xét sơ bộ"),
        _("Cổng đã nhận ý kiến, nhưng xem xét chậm"),
    ),
    Status.SCREENING: (
        _("Bộ phận tiếp nhận đang xem xét sơ bộ"),
        _("Bộ phận tiếp nhận đang xem xét, nhưng chậm hơn đã hẹn"),
    ),
    Status.NEED_INFO: (
        _("Bộ phận tiếp nhận cần ông/bà cho biết thêm"),
        _("Bộ phận tiếp nhận cần ông/bà cho biết thêm"),
    ),
    Status.ELIGIBLE: (
        _("Ý kiến đủ điều kiện và sắp được chuyển đi"),
        _("Ý kiến đủ điều kiện, nhưng chuyển đi chậm"),
    ),
    Status.DECLINED: (
        _("Cổng không tiếp nhận được ý kiến này"),
        _("Cổng không tiếp nhận được ý kiến này"),
    ),
    Status.REFERRED: (
        _("Việc này do cơ quan khác giải quyết"),
        _("Việc này do cơ quan khác giải quyết"),
    ),
    Status.REVIEW: (
        _("Cấp trên đang xem xét lại việc này"),
        _("Cấp trên đang xem xét lại, nhưng chậm hơn đã hẹn"),
    ),
    Status.ANSWERED: (
        _("Ý kiến của ông/bà đã có kết quả"),
        _("Ý kiến của ông/bà đã có kết quả"),
    ),
    Status.CLOSED: (
        _("Việc này đã kết thúc"),
        _("Việc này đã kết thúc"),
    ),
}
