"""What an administrator may set for the whole portal."""

from __future__ import annotations

import re
from datetime import time

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from moderation.appending import BadHours, parse_hours
from portal.fields import Line, PortalForm

_BETWEEN = re.compile(r"[\s,;]+")
_HOUR = re.compile(r"(\d{1,2})(?:[h:](\d{2})?)?", re.ASCII)


class Hours(Line):
    """Hours of a day as people write them: 12:00, 7h30, 18h."""

    hours: tuple[time, ...] = ()

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is no hour."""
        super().pre_validate(form)
        words = [word for word in _BETWEEN.split(self.data.lower()) if word]
        try:
            self.hours = parse_hours([_written_out(word) for word in words])
        except BadHours as error:
            raise StopValidation(gettext("Viết giờ như thế này: 12:00 18:00.")) from error


class HoursForm(PortalForm):
    """At which hours the public log grows."""

    hours = Hours(
        _("Giờ ghi sổ"),
        most=150,
        missing=_("Xin ghi ít nhất một giờ."),
        description=_("Giờ Việt Nam, cách nhau bằng dấu cách. Ví dụ: 12:00 18:00."),
    )


class Hour(Hours):
    """One hour of a day."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is no hour, and more than one."""
        super().pre_validate(form)
        if len(self.hours) != 1:
            raise StopValidation(gettext("Xin ghi một giờ. Ví dụ: 7:30."))


class DigestForm(PortalForm):
    """When the staff are sent the daily reminder."""

    digest = Hour(
        _("Giờ gửi thư nhắc việc"),
        most=20,
        missing=_("Xin ghi một giờ. Ví dụ: 7:30."),
        description=_("Giờ Việt Nam, vào ngày làm việc. Ví dụ: 7:30."),
    )


def _written_out(word: str) -> str:
    """An hour in four figures; what is none stays as it was typed."""
    found = _HOUR.fullmatch(word)
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else word
