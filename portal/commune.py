"""The field for a commune or ward, out of those that exist today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wtforms.validators import StopValidation

from portal.asking import Question
from portal.fields import Label, Option
from portal.holding import held
from portal.i18n import gettext
from portal.installation import Unit


class Commune(Question):
    """The commune or ward, out of those that exist today; by letter, or none."""

    def __init__(self, label: Label = "", **options: Any):
        """Take a label in any language; the rest is the library's."""
        super().__init__(label, **options)

    def process_data(self, value: Any) -> None:
        """A link may bring one."""
        self.data: str = str(value or "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was chosen."""
        self.data = str(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        """Refuse a place that is not on the list."""
        if self.data and self.unit is None:
            raise StopValidation(
                gettext("Xã, phường này không có trong danh sách. Xin chọn lại, hoặc để trống.")
            )

    @property
    def unit(self) -> Unit | None:
        """The chosen unit, if there is one."""
        return (
            held()
            .installation.current()
            .unit(int(self.data) if self.data.isdecimal() and len(self.data) < 19 else None)
        )

    def has_groups(self) -> bool:
        """The list is long: it comes by letter."""
        return True

    def iter_groups(self) -> Iterator[tuple[str, list[Option]]]:
        """The units by letter, after the empty answer."""
        yield "", [Option("", gettext("Chưa chọn"), not self.data)]
        for letter, units in held().installation.current().groups:
            options = [Option(str(unit.id), unit.name, str(unit.id) == self.data) for unit in units]
            yield letter, options
