"""A text to begin with, as an administrator writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.forms.fields import WordOf
from moderation.replying import Reply
from portal.fields import Box, Label, Line, OneOf, Paragraphs, PortalForm
from portal.vocabulary import DeclineReason, Finding, Occasion, Status

TITLE_MOST, TEXT_MOST = 100, 2_000
_SEPARATOR = ":"


def _details() -> dict[str, Label]:
    """For what a text is meant: the reasons, findings and statuses that have texts of their own."""
    kinds = (
        (Occasion.DECLINE, DeclineReason, "staff_label"),
        (Occasion.REPORT, Finding, "label"),
        (Occasion.MESSAGE, Status, "staff_label"),
    )
    return {
        f"{occasion.value}{_SEPARATOR}{word.value}": getattr(word, label)
        for occasion, words, label in kinds
        for word in words
    }


class TemplateForm(PortalForm):
    """One text, with when it is offered."""

    occasion = WordOf(_("Dùng khi"), words=Occasion, missing=_("Xin chọn khi nào dùng mẫu này."))
    detail = OneOf(
        _("Lý do, kết luận hoặc trạng thái"),
        answers={"": _("Mọi trường hợp"), **_details()},
        description=_("Chỉ chọn điều thuộc mục “Dùng khi” ở trên."),
    )
    title = Line(_("Tên mẫu"), most=TITLE_MOST, missing=_("Xin đặt tên ngắn cho mẫu."))
    text = Paragraphs(
        _("Nội dung người gửi sẽ đọc"), most=TEXT_MOST, missing=_("Xin viết nội dung mẫu.")
    )
    used = Box(_("Đưa ra cho người viết chọn"))

    @classmethod
    def showing(cls, reply: Reply) -> TemplateForm:
        """The form with a text as it is."""
        detail = f"{reply.occasion.value}{_SEPARATOR}{reply.detail}" if reply.detail else ""
        return cls(
            formdata=None,
            data={
                "occasion": reply.occasion.value,
                "detail": detail,
                "title": str(reply.title),
                "text": reply.text,
                "used": reply.used,
            },
        )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check every answer, and that what it is meant for belongs to when it is used."""
        fine = super().validate(extra_validators)
        begins = f"{self.occasion.data}{_SEPARATOR}"
        if fine and self.detail.data and not self.detail.data.startswith(begins):
            self.detail.errors = [gettext("Mục này không thuộc “Dùng khi” đã chọn. Xin chọn lại.")]
            return False
        return bool(fine)

    def answers(self) -> dict[str, Any]:
        """What was filled in, as the verb takes it."""
        return {
            "occasion": self.occasion.word,
            "detail": self.detail.data.partition(_SEPARATOR)[2],
            "title": self.title.data,
            "text": self.text.data,
            "used": self.used.data,
        }
