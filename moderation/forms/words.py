"""Which words are masked as abuse, as an administrator fills it in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from moderation.setting_words import MOST
from portal.fields import Line, OneOf, Paragraphs, PortalForm

MASK, KEEP = "mask", "keep"
_TRY_MOST = 1_000


class WordForm(PortalForm):
    """One word or phrase, and whether it is masked or never is."""

    word = Line(
        _("Từ, cụm từ"),
        most=MOST,
        missing=_("Xin ghi một từ hoặc cụm từ."),
        description=_("Viết đủ dấu. Chỉ che khi đúng cả dấu và đứng riêng thành từ."),
    )
    what = OneOf(
        _("Cổng làm gì với từ này"),
        answers={
            MASK: _("Che như lời xúc phạm"),
            KEEP: _("Không che: tên người, tên đất, từ địa phương"),
        },
        missing=_("Xin chọn che hay không che."),
    )


class TryForm(PortalForm):
    """A text to be shown as readers would see it."""

    text = Paragraphs(_("Câu muốn thử"), most=_TRY_MOST, missing=_("Xin ghi một câu để thử."))
