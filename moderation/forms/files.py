"""What staff fill in about a file."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.fields import Box, OneOf, PortalForm


class ReleaseForm(PortalForm):
    """That a moderator has looked at a file before an organisation gets it."""

    looked = Box(
        _("Tôi đã mở tệp và không thấy gì cho biết ai gửi"),
        missing=_("Xin mở tệp, xem kỹ rồi đánh dấu vào ô này."),
        description=_("Chữ viết tay, tên, nhà cửa, bóng người, góc chụp đều có thể cho biết."),
    )


class KeepFileForm(PortalForm):
    """With which deed a committee keeps a file."""

    deed = OneOf(_("Việc đã làm"), answers={}, missing=_("Xin chọn việc đã làm."))
