"""What is filled in when a writer is pointed to another authority, and when it has answered."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.forms.fields import Day
from moderation.forms.screening import LINE_MOST, NOTE_MOST
from moderation.screening import Transfer
from portal.authorities import Competent
from portal.fields import Line, OneOf, Paragraphs, PortalForm


class ReferForm(PortalForm):
    """Which authority is competent, what the writer is told, and how the matter was passed on."""

    place = OneOf(_("Cơ quan có thẩm quyền"), answers={})
    authority = Line(
        _("Tên cơ quan khác"),
        most=LINE_MOST,
        description=_("Chỉ ghi khi cơ quan đó không có trong danh sách trên."),
    )
    note = Paragraphs(
        _("Người gửi sẽ đọc"),
        most=NOTE_MOST,
        description=_("Ghi việc người gửi cần làm. Địa chỉ trong danh sách tự thêm vào sau."),
    )
    number = Line(
        _("Số văn bản chuyển"),
        most=LINE_MOST,
        description=_("Chỉ khi Cổng đã chuyển việc này sang cơ quan đó. Ví dụ: 12-CV/UBKT."),
    )
    sent_on = Day(_("Ngày chuyển"))

    def offer(self, places: Iterable[Competent]) -> None:
        """Offer the authorities that administrators keep; another one is typed."""
        self.known = {str(each.id): each for each in places}
        names = {value: each.name for value, each in self.known.items()}
        self.place.answers = {"": gettext("Cơ quan khác, ghi tên bên dưới"), **names}

    def told(self) -> tuple[str, str]:
        """The authority and what the writer reads of it: what was typed, then where it is."""
        chosen = self.known.get(self.place.data)
        if chosen is None:
            return self.authority.data, self.note.data
        call = gettext("Gọi %(number)s", number=chosen.telephone) if chosen.telephone else ""
        lines = "\n".join(each for each in (*chosen.lines, call) if each)
        return chosen.name, "\n\n".join(each for each in (self.note.data, lines) if each)

    def transfer(self) -> Transfer:
        """By which paper it was passed on, if it was."""
        return Transfer(number=self.number.data, on=self.sent_on.day)


class ReplyForm(PortalForm):
    """What an authority has answered, as the writer reads it."""

    note = Paragraphs(
        _("Người gửi sẽ đọc"),
        most=NOTE_MOST,
        missing=_("Xin ghi cơ quan đó trả lời thế nào."),
        description=_("Nói lại bằng lời dễ hiểu. Không ghi tên ai."),
    )
    number = Line(_("Số văn bản trả lời"), most=LINE_MOST)
    done_on = Day(_("Ngày trả lời"), missing=_("Xin ghi ngày cơ quan đó trả lời."))

    def transfer(self) -> Transfer:
        """By which paper it answered, and when."""
        return Transfer(number=self.number.data, on=self.done_on.day)
