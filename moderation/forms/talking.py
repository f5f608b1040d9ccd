"""What staff fill in to write to a writer, to note something, or to hand a case on."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _

from moderation.forms.addressing import AddressedForm
from moderation.forms.screening import NOTE_MOST
from portal.fields import OneOf, Paragraphs, PortalForm
from portal.models import Account


class WriteForm(AddressedForm):
    """A message to the writer."""

    note = Paragraphs(
        _("Người gửi sẽ đọc"),
        most=NOTE_MOST,
        missing=_("Xin viết điều cần nói với người gửi."),
        description=_("Viết ngắn, dễ hiểu. Không nêu tên ai, không cho biết ai là đảng viên."),
    )


class RemarkForm(PortalForm):
    """A note for those who work on the case in one room."""

    text = Paragraphs(_("Ghi chú"), most=NOTE_MOST, missing=_("Xin viết điều cần ghi."))


class HandOverForm(PortalForm):
    """Who goes on with the case, and what they should know."""

    colleague = OneOf(
        _("Người nhận"),
        answers={},
        missing=_("Xin chọn người nhận hồ sơ."),
        description=_("Chỉ có người được xem hồ sơ này và chưa làm phần việc khác của hồ sơ."),
    )
    text = Paragraphs(
        _("Lời nhắn"),
        most=NOTE_MOST,
        description=_("Việc đã làm đến đâu, cần làm gì tiếp. Chỉ bộ phận tiếp nhận đọc."),
    )

    def offer(self, colleagues: Iterable[Account]) -> HandOverForm:
        """Offer these colleagues; nobody is chosen beforehand."""
        self.colleague.answers = {str(each.id): each.name for each in colleagues}
        return self
