"""The forms of following a comment: the code, more words, the judgement, and asking once more."""

from __future__ import annotations

from wtforms.validators import ValidationError

from portal.choices import RATING_WORDS
from portal.fields import Line, OneOf, Paragraphs, PortalForm
from portal.forms.lettered import has_letters
from portal.forms.sending import LINE_MOST, WHAT_LEAST, WHAT_MOST
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _

COMMENT_MOST = 1_000


class SupplyForm(PortalForm):
    """More words from the writer, asked for or not."""

    text = Paragraphs(
        _("Ông/bà muốn cho biết thêm"),
        most=WHAT_MOST,
        missing=_("Viết điều ông/bà muốn cho biết rồi bấm gửi."),
        description=_("Không cần ghi tên hay số điện thoại."),
    )

    def validate_text(self, field: Paragraphs) -> None:
        """Refuse an answer without any letter or digit."""
        if not has_letters(field.data, 1):
            raise ValidationError(gettext("Viết bằng chữ hoặc số rồi bấm gửi."))


class RateForm(PortalForm):
    """The writer's judgement of the answer."""

    rating = OneOf(
        _("Ông/bà thấy kết quả này thế nào?"),
        answers=RATING_WORDS,
        missing=_("Chọn một trong ba câu trả lời."),
    )
    comment = Paragraphs(
        _("Ông/bà muốn nói thêm"),
        most=COMMENT_MOST,
        description=_("Nơi giải quyết cũng đọc. Xin không ghi điều cho biết ông/bà là ai."),
    )


class ContestForm(PortalForm):
    """Why the level above should look at the result again."""

    why = Paragraphs(
        _("Điều gì chưa đúng, hoặc có gì mới?"),
        most=WHAT_MOST,
        missing=_("Viết điều chưa đúng hoặc điều mới rồi bấm gửi."),
        description=_("Người xem xét lại ở cấp trên sẽ đọc. Không cần ghi tên hay số điện thoại."),
    )

    def validate_why(self, field: Paragraphs) -> None:
        """Refuse a reason that tells nothing."""
        if not has_letters(field.data, WHAT_LEAST):
            raise ValidationError(gettext("Viết vài chữ cho biết vì sao rồi bấm gửi."))


class TrackForm(PortalForm):
    """The tracking code, as typed."""

    code = Line(
        _("Mã tra cứu bí mật"),
        most=LINE_MOST,
        missing=_("Nhập mã 20 ký tự ghi trên phiếu."),
    )
