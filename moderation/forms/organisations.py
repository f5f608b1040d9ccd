"""What a registrar fills in about an organisation itself, with the day on which it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from moderation.forms.fields import WordOf
from moderation.forms.registering import EndForm, RegisterForm, search_field, since_field
from moderation.registering.checks import NAME_MOST
from portal.fields import Line, OneOf, Option, Paragraphs
from portal.vocabulary import OrganisationKind, UnitKind

_NAMES_MOST = 2000
#: So many organisations one can be split into at once.
_PARTS_MOST = 8

__all__ = ["DropForm", "EndForm", "FoundForm", "MergeForm", "MoveForm", "RenameForm", "SplitForm"]


class SomeOf(OneOf):
    """Some answers out of a few."""

    def process_data(self, value: Any) -> None:
        """Nothing is chosen for anybody."""
        self.chosen: list[str] = []
        self.data = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was ticked."""
        self.chosen = [str(value) for value in valuelist]
        self.data = self.chosen[0] if self.chosen else ""

    def iter_choices(self) -> Iterator[Option]:
        """The answers, for drawing."""
        for value, label in self.answers.items():
            yield Option(value, label, value in self.chosen)

    @property
    def numbers(self) -> list[int]:
        """The ids that were ticked, of those that were offered."""
        return [int(value) for value in self.chosen if self.offers(value)]


def _full(missing: Any = "") -> Line:
    return Line(
        _("Tên đầy đủ"),
        most=NAME_MOST,
        missing=missing,
        description=_("Ví dụ: Chi bộ khối 7, Đảng bộ phường Đông Kinh."),
    )


def _short(missing: Any = "") -> Line:
    return Line(
        _("Tên ngắn"),
        most=NAME_MOST,
        missing=missing,
        description=_("Ví dụ: Khối 7, Phường Đông Kinh. Tên xã, phường này hiện với người gửi."),
    )


class RenameForm(RegisterForm):
    """Another name from a day."""

    name = _full(_("Xin ghi tên đầy đủ."))
    short_name = _short(_("Xin ghi tên ngắn."))
    on = since_field()


class FoundForm(RegisterForm):
    """An organisation to be founded below another one."""

    kind = WordOf(_("Loại tổ chức"), words=OrganisationKind, missing=_("Xin chọn loại tổ chức."))
    unit_kind = WordOf(_("Nơi đặt"), words=UnitKind, first=_("Không ghi"))
    name = _full(_("Xin ghi tên đầy đủ."))
    short_name = _short(_("Xin ghi tên ngắn."))
    on = since_field()

    @property
    def unit(self) -> UnitKind | None:
        """Where a cell lives, if that was said."""
        return self.unit_kind.word if self.unit_kind.data else None


class MoveForm(RegisterForm):
    """Another parent from a day."""

    place = OneOf(_("Cấp trên mới"), answers={}, missing=_("Xin chọn cấp trên mới."))
    q = search_field()
    on = since_field()


class MergeForm(RegisterForm):
    """Others that go into one, or into a new one under a name."""

    others = SomeOf(_("Hợp nhất với"), answers={}, missing=_("Xin chọn ít nhất một tổ chức."))
    name = Line(
        _("Tên tổ chức mới"),
        most=NAME_MOST,
        description=_("Để trống thì các nơi đã chọn nhập vào tổ chức này."),
    )
    short_name = _short()
    on = since_field()


class SplitForm(RegisterForm):
    """Several new organisations in place of one; who goes where is asked next."""

    names = Paragraphs(
        _("Tên các tổ chức mới"),
        most=_NAMES_MOST,
        missing=_("Xin ghi tên các tổ chức mới."),
        description=_("Mỗi dòng một tên đầy đủ. Tên ngắn sửa được sau."),
    )
    on = since_field()

    @property
    def parts(self) -> list[str]:
        """The names, line by line."""
        return [line.strip() for line in self.names.data.splitlines() if line.strip()]

    def validate_names(self, _field: Paragraphs) -> None:
        """Ask for two names or more, each another one."""
        if not 2 <= len(self.parts) <= _PARTS_MOST or len(set(self.parts)) < len(self.parts):
            raise ValidationError(gettext("Xin ghi từ hai đến tám tên khác nhau."))


class DropForm(RegisterForm):
    """Nothing but the button."""
