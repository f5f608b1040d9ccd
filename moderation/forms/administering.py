"""What an administrator fills in about accounts, and the code of an invitation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from moderation.forms.fields import WordOf
from portal.fields import Label, Line, OneOf, Option, PortalForm
from portal.identity.checking import is_mail
from portal.models import Organisation
from portal.vocabulary import Role

NAME_MOST = 100
REASON_MOST = 200
_LOGIN = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*", re.ASCII)


class Login(Line):
    """A login: small letters without diacritics, digits, dots and hyphens."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what nobody could type on every keyboard."""
        super().pre_validate(form)
        self.data = self.data.lower()
        if not _LOGIN.fullmatch(self.data):
            raise StopValidation(
                gettext("Chỉ dùng chữ không dấu, chữ số và dấu chấm. Ví dụ: hoa.luong.")
            )


class PlaceOf(OneOf):
    """One organisation out of those at hand, under the names of their levels."""

    def __init__(self, label: Label, *, first: Label, **options: Any):
        """Nothing may be chosen until places are offered; ``first`` is the line before that."""
        super().__init__(label, answers={}, **options)
        self._first = first
        self._groups: dict[str, list[Organisation]] = {}

    def offer(self, places: Iterable[Organisation]) -> None:
        """Offer these places, by level."""
        for place in places:
            self._groups.setdefault(str(place.kind.label), []).append(place)
            self.answers = {**self.answers, str(place.id): place.name}

    def has_groups(self) -> bool:
        """The places come in groups."""
        return True

    def iter_groups(self) -> Iterator[tuple[str, list[Option]]]:
        """The line that chooses nothing, then the levels."""
        yield "", [Option("", self._first, not self.data)]
        for title, places in self._groups.items():
            yield title, [Option(str(p.id), p.name, str(p.id) == self.data) for p in places]


class MemberChoice(Line):
    """Which member a person is: an id of the register, or that they are none."""

    NOBODY = "none"

    @property
    def member_id(self) -> UUID | None:
        """The chosen member. Raises ValueError for what is no id."""
        return None if self.data == self.NOBODY else UUID(self.data)

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what was not offered."""
        super().pre_validate(form)
        try:
            if self.data:
                self.member_id  # noqa: B018
        except ValueError as error:
            raise StopValidation(
                gettext("Lựa chọn này không có trong danh sách. Xin chọn lại.")
            ) from error


class InviteForm(PortalForm):
    """Who is invited. Which member that is comes on the second page."""

    name = Line(_("Họ và tên"), most=NAME_MOST, missing=_("Xin ghi họ và tên."))
    login = Login(
        _("Tên đăng nhập"),
        most=40,
        missing=_("Xin ghi tên đăng nhập."),
        description=_("Chữ thường không dấu. Ví dụ: hoa.luong."),
    )
    home = PlaceOf(_("Thuộc tổ chức"), first=_("Chưa chọn"), missing=_("Xin chọn tổ chức."))
    q = Line(_("Tìm trong danh sách đảng viên"), most=NAME_MOST)
    member = MemberChoice("", most=40)


class AddressForm(PortalForm):
    """Where somebody is reached at work; empty for nowhere."""

    address = Line(
        _("Thư điện tử công vụ"),
        most=NAME_MOST,
        description=_("Chỉ nhận thư nhắc việc. Thư không nêu việc gì. Để trống thì không nhận."),
    )

    def validate_address(self, field: Line) -> None:
        """Refuse what no mail could reach."""
        if field.data and not (is_mail(field.data) and field.data.isascii()):
            raise ValidationError(gettext("Địa chỉ thư có dạng ten@noi.vn. Xin xem lại."))


class GiveForm(PortalForm):
    """A role at a place, and why."""

    role = WordOf(_("Vai trò"), words=Role, first=_("Chưa chọn"), missing=_("Xin chọn vai trò."))
    place = PlaceOf(_("Tại tổ chức"), first=_("Chưa chọn"), missing=_("Xin chọn tổ chức."))
    reason = Line(
        _("Lý do"),
        most=REASON_MOST,
        missing=_("Xin nêu lý do."),
        description=_("Người thứ hai và chủ tài khoản sẽ đọc."),
    )


class ReasonForm(PortalForm):
    """Why something is asked of a second administrator."""

    reason = Line(
        _("Lý do"),
        most=REASON_MOST,
        missing=_("Xin nêu lý do."),
        description=_("Người thứ hai và chủ tài khoản sẽ đọc."),
    )


class WhoForm(PortalForm):
    """Which member a person is, or is tied to."""

    member = MemberChoice("", most=40, missing=_("Xin chọn một người trong danh sách."))
    reason = Line(
        _("Lý do"),
        most=REASON_MOST,
        description=_("Chỉ cần ghi khi đổi người đã gắn. Người thứ hai sẽ đọc."),
    )


class FindForm(PortalForm):
    """By what the list of accounts is narrowed. It is asked by GET."""

    q = Line(_("Tên"), most=NAME_MOST)
    role = WordOf(_("Vai trò"), words=Role, first=_("Mọi vai trò"))
    place = PlaceOf(_("Nơi"), first=_("Mọi nơi"))


class TokenForm(PortalForm):
    """The code of an invitation."""

    token = Line(
        _("Mã mời"),
        most=100,
        missing=_("Xin dán mã mời."),
        description=_("Mã nằm sau dấu # của liên kết."),
        render_kw={"data-from-address": "yes"},
    )
