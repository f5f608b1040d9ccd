"""An older name of a commune or ward, as an administrator fills it in."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from moderation.forms.fields import Day
from moderation.setting_places import MOST
from portal.commune import Commune
from portal.fields import Line, PortalForm


class PlaceForm(PortalForm):
    """A name, which unit of today it leads to, and until when it was in use."""

    name = Line(
        _("Tên cũ, tên hay gọi"),
        most=MOST,
        missing=_("Xin ghi tên, kèm cấp. Ví dụ: Phường Chi Lăng."),
        description=_("Ghi kèm cấp: phường, xã, thị trấn, huyện, thành phố."),
    )
    unit = Commune(
        _("Xã, phường hiện nay"),
        description=_("Một tên thuộc nhiều nơi thì thêm từng nơi một."),
    )
    until = Day(
        _("Dùng đến ngày"),
        ahead=True,
        description=_("Ngày, tháng, năm. Tên còn hay gọi thì để trống."),
    )

    def validate_unit(self, field: Commune) -> None:
        """Ask for the unit."""
        if field.unit is None:
            raise ValidationError(gettext("Xin chọn xã, phường hiện nay."))
