"""What whoever looks at a contested result fills in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from moderation.forms.screening import NOTE_MOST
from portal.fields import OneOf, Paragraphs, PortalForm

UPHOLD, AGAIN = "uphold", "again"


class ReviewForm(PortalForm):
    """Whether a result stands, and why. The writer reads the reason."""

    decision = OneOf(
        _("Quyết định"),
        answers={
            UPHOLD: _("Giữ nguyên kết quả, kết thúc hồ sơ"),
            AGAIN: _("Cho giải quyết lại"),
        },
        missing=_("Xin chọn một quyết định."),
    )
    note = Paragraphs(
        _("Lý do, người gửi sẽ đọc"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do để người gửi biết."),
        description=_("Không ghi tên ai. Nêu điều đã xem và vì sao quyết định như vậy."),
    )

    @property
    def again(self) -> bool:
        """Whether it is looked at once more."""
        return bool(self.decision.data == AGAIN)
