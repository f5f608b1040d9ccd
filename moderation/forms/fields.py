"""The kinds of field that only the staff room has: a word of the vocabulary, and a whole day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Generic, TypeVar

from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from portal.clock import local_date
from portal.fields import Label, Line, OneOf
from portal.holding import held
from portal.text import BadDate, parse_day
from portal.vocabulary.labelled import Labelled

_Word = TypeVar("_Word", bound=Labelled)

#: A day takes ten letters; nobody is cut off in the middle of "ngày 3 tháng 11 năm 2026".
_DAY_MOST = 40
_NOT_YET = _("Ngày này chưa tới. Xin chọn hôm nay hoặc một ngày đã qua.")
_BAD_DAYS = {
    "format": _("Xin ghi ngày, tháng, năm. Ví dụ: 23/11/2026."),
    "no_such_day": _("Lịch không có ngày này. Xin xem lại ngày, tháng, năm."),
    "future": _("Ngày này chưa tới. Xin ghi ngày đã làm."),
    "too_old": _("Ngày này quá xa. Xin xem lại năm."),
}


def _label_of(word: Labelled) -> Label:
    """The words that everybody reads."""
    return word.label


class WordOf(OneOf, Generic[_Word]):
    """One word of a vocabulary, or none."""

    def __init__(
        self,
        label: Label,
        *,
        words: Iterable[_Word],
        says: Callable[[_Word], Label] = _label_of,
        first: Label = "",
        missing: Label = "",
        **options: Any,
    ):
        """Offer these words; ``first`` is the line of a list before anything is chosen."""
        super().__init__(label, answers={}, missing=missing, **options)
        self._says, self._first = says, first
        self.offer(words)

    def offer(self, words: Iterable[_Word]) -> None:
        """Offer only these words."""
        self._words = {word.value: word for word in words}
        first = {"": self._first} if self._first else {}
        self.answers = first | {value: self._says(word) for value, word in self._words.items()}

    @property
    def word(self) -> _Word:
        """What was chosen, after a field that must be answered was checked."""
        return self._words[self.data]


class Day(Line):
    """A whole day as people write it. ``ahead`` lets days to come through.

    ``asked``: it is the day of what is asked for, and nothing was done on it.
    """

    def __init__(
        self,
        label: Label,
        *,
        ahead: bool = False,
        asked: bool = False,
        missing: Label = "",
        **options: Any,
    ):
        """Set whether days to come are taken; the rest is the library's."""
        super().__init__(label, most=_DAY_MOST, missing=missing, **options)
        self.ahead, self.asked = ahead, asked

    @property
    def day(self) -> date | None:
        """The day that was typed, after checking; nothing where nothing was typed."""
        return parse_day(self.data, date.max, past_only=False) if self.data else None

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is no day, with a sentence that says how to write one."""
        super().pre_validate(form)
        if not self.data:
            return
        try:
            parse_day(self.data, local_date(held().clock()), past_only=not self.ahead)
        except BadDate as error:
            early = self.asked and error.reason == "future"
            raise StopValidation(str(_NOT_YET if early else _BAD_DAYS[error.reason])) from error
