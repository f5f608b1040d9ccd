"""What a committee fills in while it handles a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _

from moderation.followups import Clearing, Deed, Statement
from moderation.forms.fields import Day, WordOf
from moderation.forms.passing import TEXT_MOST
from moderation.forms.screening import LINE_MOST, NOTE_MOST
from portal.fields import Box, Line, Paragraphs, PortalForm
from portal.vocabulary import ActionKind, Finding, StatementOutcome, Telling

#: The statement and clearing a name have pages of their own.
_STATEMENTS = (
    *(ActionKind.MEMBER_STATEMENT, ActionKind.MEMBER_ASKED, ActionKind.MEMBER_NOT_ASKED),
    ActionKind.CLEAR_NAME,
)


class FollowUpForm(PortalForm):
    """Something that was done."""

    deed = WordOf(
        _("Việc đã làm"), words=ActionKind, first=_("Chưa chọn"), missing=_("Xin chọn việc đã làm.")
    )
    done_on = Day(_("Ngày làm"), missing=_("Xin ghi ngày đã làm."))
    note = Paragraphs(
        _("Người gửi sẽ đọc"),
        most=NOTE_MOST,
        description=_("Không ghi tên ai. Viết hai, ba câu ngắn."),
    )
    inside = Paragraphs(_("Ghi chú nội bộ"), most=NOTE_MOST)
    reference = Line(
        _("Số, ký hiệu quyết định"),
        most=LINE_MOST,
        description=_("Bắt buộc với kỷ luật. Ví dụ: 05-QĐ/CB. Người gửi không đọc số này."),
    )

    def suit(self, kinds: Iterable[ActionKind]) -> None:
        """Offer what may be done about a case, less what has a page of its own."""
        self.deed.offer(kind for kind in kinds if kind not in _STATEMENTS)

    def as_deed(self, today: date) -> Deed:
        """What was done."""
        return Deed(
            kind=self.deed.word,
            done_on=self.done_on.day or today,
            public_note=self.note.data,
            internal_note=self.inside.data,
            reference=self.reference.data,
        )


class StatementForm(PortalForm):
    """The member's side, or that it could not be had."""

    outcome = WordOf(
        _("Kết quả hỏi đảng viên"), words=StatementOutcome, missing=_("Xin chọn một kết quả.")
    )
    text = Paragraphs(
        _("Lời giải trình"),
        most=TEXT_MOST,
        description=_("Ghi đúng lời, không thêm bớt."),
    )
    read_back = Box(_("Đã đọc lại cho đồng chí đó nghe, đồng chí đó đồng ý hoặc ký xác nhận"))
    read_on = Day(_("Ngày đọc lại"))
    asked_on = Day(_("Ngày hỏi đảng viên"))
    attempt_1 = Day(_("Lần liên hệ thứ nhất"))
    attempt_2 = Day(_("Lần liên hệ thứ hai"))

    def statement(self) -> Statement:
        """What was taken down."""
        tried = (self.attempt_1.day, self.attempt_2.day)
        return Statement(
            outcome=self.outcome.word,
            text=self.text.data,
            asked_on=self.asked_on.day,
            attempts=tuple(day for day in tried if day is not None),
            read_back=self.read_back.data,
            read_on=self.read_on.day,
        )


class ClearingForm(PortalForm):
    """How and when the member was told that nothing was found."""

    how = WordOf(
        _("Báo cho đồng chí đó bằng cách nào"), words=Telling, missing=_("Xin chọn một cách.")
    )
    told_on = Day(_("Ngày báo"), missing=_("Xin ghi ngày đã báo."))
    inside = Paragraphs(
        _("Ghi chú nội bộ"),
        most=NOTE_MOST,
        description=_("Ví dụ: ai báo, ở buổi họp nào. Người gửi không đọc."),
    )

    def clearing(self, today: date) -> Clearing:
        """What was taken down."""
        return Clearing(self.how.word, self.told_on.day or today, note=self.inside.data)


class ReportForm(PortalForm):
    """What was found, with a draft of the answer."""

    finding = WordOf(_("Kết luận"), words=Finding, missing=_("Xin chọn một kết luận."))
    draft = Paragraphs(
        _("Dự thảo trả lời người gửi"),
        most=TEXT_MOST,
        missing=_("Xin viết dự thảo trả lời."),
        description=_("Không ghi tên ai. Bộ phận tiếp nhận xem lại trước khi gửi."),
    )


class ReturnForm(PortalForm):
    """Why a case is given back."""

    reason = Paragraphs(
        _("Lý do trả lại"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do để bộ phận tiếp nhận chuyển lại cho đúng."),
        description=_("Bộ phận tiếp nhận đọc, người gửi không đọc."),
    )


class HoldForm(PortalForm):
    """Why a case waits, and until when."""

    reason = Paragraphs(
        _("Lý do tạm dừng"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do tạm dừng."),
        description=_("Thường là chờ kết luận của cơ quan có thẩm quyền. Người gửi không đọc."),
    )
    review_on = Day(
        _("Ngày xem lại"),
        ahead=True,
        missing=_("Xin ghi ngày xem lại."),
        description=_("Người gửi cũng đọc ngày này. Ví dụ: 23/11/2026."),
    )
    note = Paragraphs(
        _("Lời báo cho người gửi"),
        most=NOTE_MOST,
        description=_("Không ghi tên ai. Viết hai, ba câu ngắn."),
    )


class ExtendForm(PortalForm):
    """Why the result comes later, and when."""

    note = Paragraphs(
        _("Lý do gia hạn, người gửi sẽ đọc"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do để người gửi biết."),
        description=_("Không ghi tên ai. Viết hai, ba câu ngắn."),
    )
    new_date = Day(_("Hạn mới"), ahead=True, missing=_("Xin ghi hạn mới."))


class TakeOverForm(PortalForm):
    """Why the level above handles a case itself."""

    note = Paragraphs(
        _("Lý do giải quyết thay, người gửi sẽ đọc"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do để người gửi biết."),
        description=_("Không ghi tên ai. Viết hai, ba câu ngắn."),
    )
