"""The field for a password: taken as typed and never shown again."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from portal.asking import Question
from portal.fields import Label


class Secret(Question):
    """A password. It is neither cleaned nor cut: every letter counts."""

    def __init__(self, label: Label = "", *, missing: Label = "", **options: Any):
        """Set what is said of an empty one; the rest is the library's."""
        super().__init__(label, **options)
        self.missing = missing
        self.flags.required = True

    def process_data(self, value: Any) -> None:
        """Nothing stands in it beforehand."""
        self.data = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed."""
        self.data = str(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse nothing at all."""
        if not self.data:
            raise StopValidation(str(self.missing or gettext("Nhập mật khẩu.")))
