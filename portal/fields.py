"""The kinds of field of every form, and what each refuses. They check; the macros draw them.

Whatever is typed passes the cleaner on its way in. What is refused stays in the field as typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta
from wtforms.validators import StopValidation

from portal.asking import CopiedFields, Question
from portal.i18n import OwnWords, gettext
from portal.text import clean, is_legacy_encoding, one_line, vn_number

#: Nobody types as much; cleaning more would only cost time, since it is refused anyway.
_MOST_CLEANED = 50_000
_BROKEN = "\ufffd"
_WORDS = OwnWords()

Label = Any


class PortalForm(FlaskForm):
    """A form of ours: its token is checked for the whole site, its sentences are our own."""

    class Meta(CopiedFields):
        """How the library treats the form."""

        csrf = False

        def get_translations(self, form: BaseForm) -> OwnWords:
            """Our words in place of the library's."""
            return _WORDS

    def refuse(self, sentence: str) -> None:
        """Add a sentence about the form as a whole."""
        self.form_errors = [*self.form_errors, sentence]


class Paragraphs(Question):
    """A text of several lines, cleaned; at most ``most`` characters after cleaning.

    ``missing`` is the sentence for an empty answer; without it the answer is optional.
    """

    _clean: Callable[[str], str] = staticmethod(clean)
    meta: DefaultMeta

    def __init__(self, label: Label = "", *, most: int, missing: Label = "", **options: Any):
        """Set the bounds; the rest is the library's."""
        super().__init__(label, **options)
        self.most = most
        self.missing = missing
        self.flags.required = bool(missing)

    def process_data(self, value: Any) -> None:
        """Take an empty text for nothing."""
        self.data: str = value or ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed, cleaned."""
        typed = str(valuelist[0]) if valuelist else ""
        self.data = self._clean(typed) if 0 < len(typed) <= _MOST_CLEANED else typed

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what nobody could read, with a sentence that says what to do."""
        if not self.data:
            if self.missing:
                raise StopValidation(str(self.missing))
            return
        if len(self.data) > self.most:
            raise StopValidation(_too_long(len(self.data), self.most))
        if _BROKEN in self.data:
            raise StopValidation(
                gettext("Có chữ bị hỏng trên đường gửi, hiện thành dấu �. Xin gõ lại chỗ đó.")
            )
        if is_legacy_encoding(self.data):
            raise StopValidation(
                gettext("Chữ gõ bằng phông cũ nên Cổng không đọc được. Xin gõ lại bằng Unicode.")
            )

    def _value(self) -> str:
        """What stands in the field."""
        return self.data


class Line(Paragraphs):
    """A text of one line."""

    _clean: Callable[[str], str] = staticmethod(one_line)


class Trap(Question):
    """A field that people neither see nor hear, and that stays empty. It refuses nothing."""

    def __init__(self, label: Label = "", **options: Any):
        """Take a label in any language; the rest is the library's."""
        super().__init__(label, **options)

    def process_data(self, value: Any) -> None:
        """Begin empty."""
        self.data: bool = bool(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Remember only whether something was filled in, never what."""
        self.data = any(valuelist)


@dataclass(frozen=True)
class Option:
    """One line of a list of answers."""

    value: str
    label: Label
    selected: bool


class OneOf(Question):
    """One answer out of a few, or none. ``answers`` gives the stored values and their words."""

    def __init__(
        self,
        label: Label = "",
        *,
        answers: Mapping[str, Label],
        missing: Label = "",
        **options: Any,
    ):
        """Set what may be answered; the rest is the library's."""
        super().__init__(label, **options)
        self.answers = answers
        self.missing = missing
        self.flags.required = bool(missing)

    def process_data(self, value: Any) -> None:
        """Nothing is chosen for anybody."""
        self.data: str = str(value or "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was chosen."""
        self.data = str(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse an answer that was not offered."""
        if not self.data and self.missing:
            raise StopValidation(str(self.missing))
        if self.data and not self.offers(self.data):
            raise StopValidation(_not_offered(self))

    def offers(self, value: str) -> bool:
        """Whether this answer may be chosen."""
        return value in self.answers

    def has_groups(self) -> bool:
        """Whether the answers come in groups."""
        return False

    def iter_choices(self) -> Iterator[Option]:
        """The answers, for drawing."""
        for value, label in self.answers.items():
            yield Option(value, label, value == self.data and bool(value or self.raw_data))


class Box(Question):
    """A box to tick. ``missing`` is the sentence for a box that must be ticked and is not."""

    def __init__(self, label: Label = "", *, missing: Label = "", **options: Any):
        """Set whether it must be ticked; the rest is the library's."""
        super().__init__(label, **options)
        self.missing = missing
        self.flags.required = bool(missing)

    def process_data(self, value: Any) -> None:
        """Nothing is ticked for anybody."""
        self.data: bool = bool(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Ticked means that the browser sent it."""
        self.data = bool(valuelist and valuelist[0])

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse to go on without a tick that is needed."""
        if self.missing and not self.data:
            raise StopValidation(str(self.missing))


def _not_offered(field: Field) -> str:
    """The sentence for an answer that was not offered; it names its question."""
    return str(
        gettext(
            "“%(question)s”: câu trả lời này không có trong danh sách. Xin chọn lại.",
            question=field.label.text,
        )
    )


def _too_long(count: int, most: int) -> str:
    """The sentence for a text that is too long."""
    return str(
        gettext(
            "Chỗ này dài %(count)s ký tự. Xin viết ngắn lại, nhiều nhất %(most)s ký tự.",
            count=vn_number(count),
            most=vn_number(most),
        )
    )
