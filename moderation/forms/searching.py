"""The one field of a search, and the question that was read from it."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from moderation.searching.question import MOST_SYLLABLES, Question, TooMuch, read_question
from portal.fields import Line, PortalForm

_MOST = 200


class _Sought(Line):
    """Words to look for. After checking, ``question`` is what they ask."""

    question: Question | None = None

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what has no letter and no digit, and more than anybody looks for."""
        super().pre_validate(form)
        try:
            self.question = read_question(self.data)
        except TooMuch as error:
            raise StopValidation(
                gettext(
                    "Chỗ này nhiều chữ quá. Xin gõ nhiều nhất %(most)s tiếng.", most=MOST_SYLLABLES
                )
            ) from error
        if self.question is None:
            raise StopValidation(gettext("Xin gõ ít nhất một chữ hoặc một số."))


class SearchForm(PortalForm):
    """What somebody looks for."""

    words = _Sought(
        _("Từ cần tìm trong hồ sơ"), most=_MOST, missing=_("Xin gõ ít nhất một chữ hoặc một số.")
    )
