"""What moderators and administrators fill in about how long something is kept."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from moderation.forms.fields import Day
from moderation.forms.screening import NOTE_MOST
from portal.fields import Line, Paragraphs, PortalForm
from portal.periods import DEFAULTS, UNITS, Periods, span
from portal.vocabulary import RetentionRule

_LONGEST = 10


class HoldBackForm(PortalForm):
    """Why a case must not be deleted, and when that is looked at again."""

    reason = Paragraphs(
        _("Lý do giữ hồ sơ"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do giữ hồ sơ."),
        description=_("Được niêm kín. Chỉ cán bộ tiếp nhận của hồ sơ này đọc được."),
    )
    review_on = Day(
        _("Ngày xem lại"),
        ahead=True,
        missing=_("Xin ghi ngày xem lại."),
        description=_("Trong vòng một năm. Ví dụ: 23/11/2026."),
    )


class LetGoForm(PortalForm):
    """Why a case need not be held any longer."""

    reason = Paragraphs(
        _("Lý do thôi giữ"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do thôi giữ."),
        description=_("Được niêm kín. Chỉ cán bộ tiếp nhận của hồ sơ này đọc được."),
    )


class Amount(Line):
    """A whole number of a rule's unit, between its bounds."""

    def __init__(self, rule: RetentionRule, **options: Any):
        """Name the field after the rule."""
        super().__init__(rule.label, most=_LONGEST, missing=_("Xin ghi một số."), **options)
        self.rule = rule

    @property
    def amount(self) -> int:
        """The number, after checking."""
        return int(self.data)

    @property
    def bounds(self) -> str:
        """What may be set, and what holds otherwise."""
        unit, rule = UNITS[self.rule], self.rule
        return gettext(
            "Từ %(least)s đến %(most)s. Mặc định %(usual)s.",
            least=unit.least,
            most=span(rule, unit.most),
            usual=span(rule, DEFAULTS[rule]),
        )

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is no number, and what lies outside the bounds."""
        super().pre_validate(form)
        unit = UNITS[self.rule]
        if not (self.data.isascii() and self.data.isdecimal()):
            raise StopValidation(gettext("Xin ghi bằng chữ số. Ví dụ: 24."))
        if not unit.least <= int(self.data) <= unit.most:
            raise StopValidation(
                gettext(
                    "Xin ghi từ %(least)s đến %(most)s.",
                    least=unit.least,
                    most=span(self.rule, unit.most),
                )
            )


class PeriodsForm(PortalForm):
    """How long each sort of finished case is kept, who wrote it, excuses, and what staff did."""

    closed = Amount(RetentionRule.CLOSED)
    praise = Amount(RetentionRule.PRAISE)
    nomination = Amount(RetentionRule.NOMINATION)
    referred = Amount(RetentionRule.REFERRED)
    declined = Amount(RetentionRule.DECLINED)
    refused = Amount(RetentionRule.REFUSED)
    withdrawn = Amount(RetentionRule.WITHDRAWN)
    contact = Amount(RetentionRule.CONTACT)
    excusal = Amount(RetentionRule.EXCUSAL)
    journal = Amount(RetentionRule.JOURNAL)

    @classmethod
    def showing(cls, periods: Periods) -> PeriodsForm:
        """The form with what is in force."""
        return cls(
            formdata=None, data={rule.value: str(periods.amount(rule)) for rule in RetentionRule}
        )

    def amounts(self) -> dict[RetentionRule, int]:
        """What was typed, after checking."""
        return {field.rule: field.amount for field in self if isinstance(field, Amount)}
