"""What moderators fill in about the text that everybody may read."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.fields import Box, Paragraphs, PortalForm

#: A short text tells less.
TEXT_MOST = 800


class PublicTextForm(PortalForm):
    """The text for everybody."""

    text = Paragraphs(
        _("Bản để mọi người đọc"),
        most=TEXT_MOST,
        missing=_("Xin viết bản để mọi người đọc."),
        description=_(
            "Viết bằng lời khác: việc gì, đã làm gì, kết quả ra sao. "
            "Không tên, chức vụ, chi bộ, khối, ngày, tháng."
        ),
    )


class PublicConfirmForm(PortalForm):
    """What the second person says after reading, point by point."""

    nobody_named = Box(
        _("Không có tên, chức vụ, chi bộ, cơ quan hay nơi cụ thể."),
        missing=_("Xin đọc lại và đánh dấu ô về tên và nơi."),
    )
    nothing_single = Box(
        _("Không có chi tiết chỉ riêng việc này mới có."),
        missing=_("Xin đọc lại và đánh dấu ô về chi tiết riêng."),
    )
    own_words = Box(
        _("Không còn lời của người gửi, không đoán ra ai gửi."),
        missing=_("Xin đọc lại và đánh dấu ô về lời người gửi."),
    )
    crowd = Box(
        _("Người đọc ở chi bộ không biết là việc nào trong các việc giống nhau."),
        missing=_("Xin so với các việc giống nhau rồi đánh dấu ô này."),
    )

    def points(self) -> set[str]:
        """The points that were ticked."""
        return {field.name for field in self if isinstance(field, Box) and field.data}
