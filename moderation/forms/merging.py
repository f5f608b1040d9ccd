"""What a moderator fills in to merge cases, to take one out again, and to part a letter."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from moderation.cutting import LeftOut, NotCut, Parts
from moderation.forms.screening import NOTE_MOST
from portal.asking import Question
from portal.fields import Box, Line, Paragraphs, PortalForm

_NUMBER_MOST = 40
_ABOUT_MOST = 300
_TEXT_MOST = 5_000


class Cases(Question):
    """Cases that were ticked, by their numbers."""

    def __init__(self, label: Any = "", **options: Any):
        """Take a label; the rest is the library's."""
        super().__init__(label, **options)

    def process_data(self, value: Any) -> None:
        """Nothing is ticked for anybody."""
        self.data: list[int] = list(value or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the numbers; what is none was sent by no page of ours."""
        self.data = [int(each) for each in valuelist if str(each).isdecimal()]

    def pre_validate(self, form: BaseForm) -> None:
        """Ask for at least one."""
        if not self.data:
            raise StopValidation(gettext("Xin chọn ít nhất một hồ sơ để gộp."))


class MergeForm(PortalForm):
    """Which cases go on in this one."""

    case = Cases(_("Hồ sơ"))


class NumberForm(PortalForm):
    """A case that the portal did not find by itself."""

    number = Line(
        _("Hồ sơ khác, theo số"),
        most=_NUMBER_MOST,
        description=_("Ví dụ: PA-2026-000123."),
    )


class UnmergeForm(PortalForm):
    """Why a case is taken out again."""

    reason = Paragraphs(
        _("Lý do tách"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do tách."),
        description=_("Người gửi không đọc lý do này."),
    )


class SplitForm(PortalForm):
    """Which words are about which matter."""

    staying = Paragraphs(
        _("Việc ở lại hồ sơ này"),
        most=_TEXT_MOST,
        missing=_("Xin để lại phần thư về việc thứ nhất."),
        description=_("Xóa phần thư nói về việc kia, không viết thêm."),
    )
    about = Line(
        _("Việc kia nói về ai"),
        most=_ABOUT_MOST,
        missing=_("Xin ghi việc kia nói về ai, như người gửi đã viết."),
        description=_("Chép như người gửi đã viết. Nhiều người thì cách nhau bằng dấu phẩy."),
    )
    going = Paragraphs(
        _("Việc kia, thành hồ sơ mới"),
        most=_TEXT_MOST,
        missing=_("Xin để lại phần thư về việc thứ hai."),
        description=_("Xóa phần thư nói về việc thứ nhất, không viết thêm."),
    )
    left = Paragraphs(_("Phần không vào thư nào"), most=_TEXT_MOST)
    agreed = Box(_("Đã đọc, đồng ý không đưa phần này vào hồ sơ nào"))

    def parts(self) -> Parts:
        """The parts as they were filled in; nothing is dropped without the tick."""
        dropped = self.left.data if self.agreed.data else ""
        return Parts(self.staying.data, self.about.data, self.going.data, dropped)

    def name_added(self, refused: NotCut) -> None:
        """Name beside each field what in it is not of the letter."""
        for name, pieces in refused.added.items():
            told = ", ".join(f"“{piece}”" for piece in pieces)
            if name == "about":
                said = gettext("Thư không nhắc đến %(told)s. Xin chép như trong thư.", told=told)
            else:
                said = gettext(
                    "Thư không viết như vậy: %(told)s. Xin chỉ xóa, không viết thêm, không đổi "
                    "thứ tự.",
                    told=told,
                )
            self[name].errors = [said]

    def ask_about(self, refused: LeftOut) -> None:
        """Ask whether what stands in neither part is meant to be lost."""
        self.left.data, self.agreed.data = "\n".join(refused.pieces), False
        if refused.pieces:
            self.agreed.errors = [
                gettext("Có phần không vào thư nào. Xin đọc phần đó rồi đánh dấu.")
            ]
