"""The form on the page that shows every part of the look. Nobody ever sends it."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField

from moderation.forms.secret import Secret
from portal.commune import Commune
from portal.fields import Box, Line, OneOf, Paragraphs, PortalForm


def _checked() -> list[tuple[str, str]]:
    """What can be ticked."""
    return [("readable", gettext("Đọc được")), ("in_scope", gettext("Đúng phạm vi"))]


class Specimen(PortalForm):
    """One field of each sort."""

    name = Line(
        _("Ý kiến này về ai?"), most=300, description=_("Tên, chức vụ, nơi ở hoặc nơi làm.")
    )
    story = Paragraphs(_("Có việc gì?"), most=5_000, description=_("Kể như nói chuyện."))
    day = Line(_("Ngày làm việc đó"), most=20)
    unit = Commune(_("Xã, phường"))
    place = OneOf(_("Nơi"), answers={"": _("Mọi nơi"), "7": _("Khối 7"), "5": _("Khối 5")})
    kind = OneOf(
        _("Việc xảy ra ở đâu?"),
        answers={"home": _("Nơi cư trú"), "work": _("Nơi làm việc")},
        default="home",
    )
    checked = SelectMultipleField(
        _("Đã xem những gì?"),  # type: ignore[arg-type]
        choices=_checked,
        default=["readable"],
    )
    agree = Box(_("Tôi đã lưu mã"))
    secret = Secret(_("Mật khẩu"))
    code = Line(_("Mã tra cứu"), most=40)


def wrong_specimen() -> Specimen:
    """The same form with an error at each field."""
    form = Specimen(formdata=None, prefix="wrong-")
    for field in form:
        field.errors = [gettext("Xin xem lại chỗ này.")]
    return form
