"""What a moderator fills in to merge cases, to take one out again, and to part a letter."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from moderation.forms.screening import NOTE_MOST
from portal.asking import Question
from portal.fields import Line, Paragraphs, PortalForm

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
    )
    going = Paragraphs(
        _("Việc kia, thành hồ sơ mới"),
        most=_TEXT_MOST,
        missing=_("Xin để lại phần thư về việc thứ hai."),
        description=_("Xóa phần thư nói về việc thứ nhất, không viết thêm."),
    )
