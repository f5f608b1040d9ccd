"""What a source tells of an organisation, as a registrar copies it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from moderation.forms.administering import PlaceOf
from moderation.forms.fields import Day
from moderation.reports.reported import MOST, ReportedFacts
from portal.fields import Line, PortalForm
from portal.i18n import gettext
from portal.models import ReportedFigure
from portal.text import vn_date, vn_number
from portal.vocabulary import MemberColumn

_LINE_MOST = 300
_NUMBER_MOST = 12


class Told(Line):
    """A whole number, or nothing where the source tells none."""

    def __init__(self, column: MemberColumn, **options: Any):
        """Name the field after its column."""
        super().__init__(column.label, most=_NUMBER_MOST, **options)
        self.column = column

    @property
    def value(self) -> int | None:
        """The number, after checking; points between thousands are taken."""
        return int(self.data.replace(".", "")) if self.data else None

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is no number, with a sentence that says how to write one."""
        super().pre_validate(form)
        plain = self.data.replace(".", "")
        if self.data and not (plain.isascii() and plain.isdecimal() and int(plain) <= MOST):
            raise StopValidation(gettext("Xin ghi số nguyên, ví dụ 832. Không có thì để trống."))


class ReportedForm(PortalForm):
    """One line of a report that came from outside. What the source does not tell stays empty."""

    place = PlaceOf(_("Tổ chức"), first=_("Chọn tổ chức"), missing=_("Xin chọn tổ chức."))
    since = Day(_("Từ ngày"), missing=_("Xin ghi ngày đầu của kỳ báo cáo."))
    until = Day(_("Đến hết ngày"), missing=_("Xin ghi ngày cuối của kỳ báo cáo."))
    source = Line(
        _("Nguồn"),
        most=_LINE_MOST,
        missing=_("Xin ghi nguồn: văn bản nào, bài báo nào, ngày nào."),
        description=_("Tên văn bản hoặc bài báo, ngày. Không ghi tên người."),
    )
    note = Line(_("Ghi chú"), most=_LINE_MOST)
    members = Told(MemberColumn.MEMBERS)
    reviewed = Told(MemberColumn.REVIEWED)
    helped = Told(MemberColumn.HELPED)
    violations = Told(MemberColumn.VIOLATIONS)
    duty_unfulfilled = Told(MemberColumn.DUTY_UNFULFILLED)
    transfer_unfiled = Told(MemberColumn.TRANSFER_UNFILED)
    violation = Told(MemberColumn.VIOLATION)
    not_exemplary = Told(MemberColumn.NOT_EXEMPLARY)
    reprimanded = Told(MemberColumn.REPRIMANDED)
    warned = Told(MemberColumn.WARNED)
    dismissed = Told(MemberColumn.DISMISSED)
    expelled = Told(MemberColumn.EXPELLED)
    removed = Told(MemberColumn.REMOVED)
    left = Told(MemberColumn.LEFT)
    pending = Told(MemberColumn.PENDING)
    unstated = Told(MemberColumn.UNSTATED)

    def told(self) -> Iterator[Told]:
        """The fields of the figures, in the order of the columns."""
        return (field for field in self if isinstance(field, Told))

    def check(self) -> bool:
        """Check every answer, and that the days are in order and something is told at all."""
        fine = self.validate()
        if fine and self.facts().since > self.facts().until:
            self.since.errors = [gettext("Ngày bắt đầu phải trước hoặc trùng ngày cuối.")]
        if fine and not self.facts().figures:
            self.members.errors = [gettext("Xin ghi ít nhất một số liệu.")]
        return fine and not self.errors

    def facts(self) -> ReportedFacts:
        """What was entered, after checking."""
        since, until = self.since.day, self.until.day
        if since is None or until is None:
            raise ValueError("the days are not checked")
        told = {field.column: field.value for field in self.told()}
        return ReportedFacts(
            organisation_id=int(self.place.data),
            since=since,
            until=until,
            figures={column: value for column, value in told.items() if value is not None},
            source=self.source.data,
            note=self.note.data,
        )

    def take(self, row: ReportedFigure) -> None:
        """Begin with what was entered before."""
        self.place.data = str(row.organisation_id)
        self.since.data, self.until.data = vn_date(row.period_from), vn_date(row.period_to)
        self.source.data, self.note.data = row.source, row.note
        for field in self.told():
            value = row.figures.get(str(field.column))
            field.data = "" if value is None else vn_number(value)
