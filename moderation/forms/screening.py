"""What a moderator fills in while screening."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.forms.addressing import AddressedForm
from moderation.forms.fields import WordOf
from moderation.screening import Checklist, Classification
from portal.fields import Box, Line, OneOf, Paragraphs, PortalForm
from portal.vocabulary import DeclineReason, Kind, Sentiment, Topic

NOTE_MOST = 2_000
LINE_MOST = 200


class ClassifyForm(PortalForm):
    """How a moderator reads a case."""

    kind = WordOf(
        _("Loại ý kiến"), words=Kind, first=_("Chưa chọn"), missing=_("Xin chọn loại ý kiến.")
    )
    sentiment = WordOf(
        _("Khen hay phê bình"),
        words=Sentiment,
        first=_("Chưa chọn"),
        missing=_("Xin chọn khen hay phê bình."),
    )
    topic = WordOf(
        _("Lĩnh vực"), words=Topic, first=_("Chưa chọn"), missing=_("Xin chọn lĩnh vực.")
    )
    denunciation = Box(
        _("Có thể là tố cáo"),
        description=_("Khi đó chỉ ủy ban kiểm tra được xem, không chuyển chi bộ."),
    )

    def reading(self) -> Classification:
        """What was chosen."""
        return Classification(
            kind=self.kind.word,
            sentiment=self.sentiment.word,
            topic=self.topic.word,
            possible_denunciation=self.denunciation.data,
        )


class ChooseForm(PortalForm):
    """Which member is meant. The answer "none" leads to asking the writer."""

    NOBODY = "none"
    member = Line("", most=40, missing=_("Xin chọn một đảng viên, hoặc chọn “Không rõ là ai”."))

    def member_id(self) -> UUID | None:
        """The chosen member; raises ValueError for what is no id."""
        return None if self.member.data == self.NOBODY else UUID(self.member.data)


class CheckForm(PortalForm):
    """What "eligible to be passed on" means, point by point."""

    readable = Box(_("Đọc được, nói rõ một việc"), missing=_("Chưa đọc được thì hỏi thêm."))
    in_scope = Box(
        _("Thuộc phạm vi của Cổng"), missing=_("Ngoài phạm vi thì không tiếp nhận hoặc hướng dẫn.")
    )
    masked = Box(
        _("Đã che hết dữ liệu riêng"),
        missing=_("Còn dữ liệu riêng thì viết lại phần chuyển đi."),
    )
    not_duplicate = Box(
        _("Không trùng hồ sơ khác"), missing=_("Trùng hồ sơ khác thì gộp vào hồ sơ đó.")
    )
    right_member = Box(
        _("Đã chọn đúng đảng viên"), missing=_("Chưa rõ là ai thì chọn lại hoặc hỏi thêm.")
    )
    guessable = OneOf(
        _("Người đọc có thể đoán ra người gửi không?"),
        answers={
            "no": _("Không"),
            "yes": _("Có, phải viết lại trước khi chuyển"),
        },
        missing=_("Xin cho biết người đọc có đoán ra người gửi không."),
    )

    def checklist(self) -> Checklist:
        """What was ticked."""
        return Checklist(
            readable=self.readable.data,
            in_scope=self.in_scope.data,
            masked=self.masked.data,
            not_duplicate=self.not_duplicate.data,
            right_member=self.right_member.data,
            guessable=self.guessable.data == "yes",
        )


class ScreeningForm(ClassifyForm, ChooseForm, CheckForm):
    """All that is filled in while a case is screened.

    It is sent whole, whatever is pressed, so that saving one part loses nothing of the others.
    """

    #: The one form of the page that these fields belong to, wherever they stand.
    ID = "screening"

    def __init__(self, *given: Any, **more: Any):
        """Tie every field to the form; the rest is the library's."""
        super().__init__(*given, **more)
        for field in self:
            field.render_kw = {"form": self.ID}

    def fits(self, *parts: type[PortalForm]) -> bool:
        """Whether these parts are filled in. What is missing elsewhere is not told yet."""
        self.validate()
        asked = {name for part in parts for name in part(formdata=None)._fields}
        for field in self:
            field.errors = field.errors if field.name in asked else ()
        return not self.errors

    def ask_about_nominee(self) -> None:
        """Ask of a nomination, which is about no member, whether it is clear who is named."""
        self.right_member.label.text = gettext("Đã rõ người được giới thiệu, khối hoặc thôn")

    def holds_more(self, kept: ScreeningForm) -> bool:
        """Whether something stands in it that is not kept."""
        return any((field.data or "") != (kept[field.name].data or "") for field in self)


class AskForm(AddressedForm):
    """A question to the writer."""

    question = Paragraphs(
        _("Câu hỏi cho người gửi"),
        most=NOTE_MOST,
        missing=_("Xin ghi điều cần hỏi."),
        description=_("Hỏi một, hai điều. Không nêu tên ai, không nêu điều người gửi chưa kể."),
    )


class ObjectForm(PortalForm):
    """Why somebody does not agree with a proposal."""

    reason = Paragraphs(
        _("Lý do không đồng ý"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do để người đề nghị xem lại."),
        description=_("Chỉ bộ phận tiếp nhận đọc."),
    )


class UnmaskForm(PortalForm):
    """Why what was masked must be seen."""

    reason = Paragraphs(
        _("Lý do cần xem chỗ đã che"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do. Lý do ở lại trong hồ sơ."),
        description=_("Ví dụ: cần số điện thoại của cơ quan để hỏi lại."),
    )


class DeclineForm(PortalForm):
    """Why the portal does not take it."""

    reason = WordOf(
        _("Lý do"),
        words=DeclineReason,
        says=lambda reason: reason.staff_label,
        missing=_("Xin chọn một lý do."),
    )
    note = Paragraphs(
        _("Người gửi sẽ đọc"),
        most=NOTE_MOST,
        missing=_("Xin giải thích cho người gửi bằng hai, ba câu."),
        description=_("Nêu lý do và việc người gửi có thể làm. Không cho biết ai là đảng viên."),
    )
