"""By what an auditor narrows the journal."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from moderation.auditing import Wanted
from moderation.forms.administering import PlaceOf
from moderation.forms.fields import Day, WordOf
from moderation.listing import read_reference
from portal.fields import Line, PortalForm
from portal.i18n import gettext
from portal.vocabulary import Deed

_LINE_MOST = 100


class Reference(Line):
    """The number of a case, as people write it."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is no number of a case, with an example."""
        super().pre_validate(form)
        if self.data and read_reference(self.data, year=date.min.year) is None:
            raise StopValidation(gettext("Số hồ sơ có dạng PA-2026-004217. Có thể chỉ gõ 4217."))


class JournalForm(PortalForm):
    """It is asked by GET, so that a page of the journal has an address."""

    who = Line(_("Người làm"), most=_LINE_MOST)
    about = Line(_("Tài khoản liên quan"), most=_LINE_MOST)
    deed = WordOf(_("Việc đã làm"), words=Deed, first=_("Mọi việc"))
    place = PlaceOf(_("Nơi"), first=_("Mọi nơi"))
    reference = Reference(_("Số hồ sơ"), most=_LINE_MOST)
    since = Day(_("Từ ngày"), ahead=True)
    until = Day(_("Đến ngày"), ahead=True)

    def wanted(self, today: date) -> Wanted:
        """What was asked for, after checking."""
        return Wanted(
            who=self.who.data,
            about=self.about.data,
            place_id=int(self.place.data) if self.place.data else None,
            deed=self.deed.word if self.deed.data else None,
            case_id=read_reference(self.reference.data, year=today.year),
            since=self.since.day,
            until=self.until.day,
        )

    def kept(self) -> dict[str, str]:
        """The answers that narrow it, as they stand in an address."""
        return {field.name: field.data for field in self if field.data}
