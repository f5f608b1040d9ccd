"""Which table is read, from which to which day, and which of its columns is drawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from moderation.forms.fields import Day, WordOf
from moderation.reports.columns import Column
from moderation.reports.periods import Period
from moderation.reports.tables import LAYOUTS, MEMBERS, Layout
from portal.fields import OneOf, PortalForm
from portal.i18n import gettext
from portal.text import vn_date
from portal.vocabulary import OrganisationKind, ReportTable

#: Of which level the lines are; the first answer leaves them at those directly below.
_LEVELS = {"": _("Đơn vị trực thuộc"), **{kind.value: kind.label for kind in OrganisationKind}}


class ReportForm(PortalForm):
    """It is asked by GET, so that a table has an address. Left empty, it is this year so far."""

    table = WordOf(_("Bảng"), words=LAYOUTS)
    since = Day(_("Từ ngày"), asked=True)
    until = Day(_("Đến hết ngày"), asked=True)
    level = OneOf(_("Các dòng"), answers=_LEVELS)
    drawn = OneOf(_("Biểu đồ"), answers={})

    def settle(self, today: date) -> bool:
        """Check the answers and fill in what was left out; whether there is a table to read."""
        self.table.data = self.table.data or ReportTable.MEMBERS
        self.until.data = self.until.data or vn_date(today)
        self.drawn.answers = {str(column): column.label for column in self.layout.columns}
        if not self.drawn.offers(self.drawn.data):
            # Whoever changes the table still has a column of the one before.
            self.drawn.data = ""
        if not self.validate():
            return False
        if not self.since.data:
            self.since.data = vn_date(Period.year(self._until()).since)
        return self._in_order()

    @property
    def layout(self) -> Layout:
        """The table that was asked for, or the first one."""
        named = {str(table): layout for table, layout in LAYOUTS.items()}
        return named.get(self.table.data, MEMBERS)

    @property
    def column(self) -> Column:
        """Which column is drawn: the first one unless another was chosen."""
        names = [str(column) for column in self.layout.columns]
        return self.layout.column(self.drawn.data if self.drawn.data in names else names[0])

    @property
    def kind(self) -> OrganisationKind | None:
        """The level whose units are the lines, where one was chosen."""
        kinds = {kind.value: kind for kind in OrganisationKind}
        return kinds.get(self.level.data)

    @property
    def period(self) -> Period:
        """The days that were asked for, once they are settled."""
        return Period(self.since.day or self._until(), self._until())

    def kept(self) -> dict[str, Any]:
        """The answers as they stand in an address."""
        return {field.name: field.data for field in self if field.data}

    def _until(self) -> date:
        """The last day, once there is one."""
        return self.until.day or date.max

    def _in_order(self) -> bool:
        """Whether the first day is not after the last one."""
        if self.period.since <= self.period.until:
            return True
        self.since.errors = [gettext("Ngày bắt đầu phải trước hoặc trùng ngày cuối.")]
        return False
