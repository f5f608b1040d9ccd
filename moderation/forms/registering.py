"""What a registrar fills in about members and organisations, with the days on which it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from moderation.forms.fields import Day, WordOf
from moderation.registering.checks import BY_DECISION, NAME_MOST, Problem
from portal.fields import Box, Line, OneOf, PortalForm
from portal.vocabulary import (
    MembershipKind,
    MembershipStatus,
    PostTitle,
)

#: Beside which field a problem is said; any other is said of the form.
_BESIDE = {
    Problem.NO_NAME: "name",
    Problem.LONG_NAME: "name",
    Problem.OLD_LETTERS: "name",
    Problem.TAKEN: "name",
    Problem.BAD_YEAR: "birth_year",
    Problem.NOT_BELOW: "place",
    Problem.NO_CELL: "place",
    Problem.NOT_THERE: "on",
    Problem.FAR_DAY: "on",
    Problem.LATER: "on",
    Problem.GONE: "on",
    Problem.EARLIER: "on",
    Problem.ENDS_FIRST: "until",
    Problem.WRONG_POST: "title",
    Problem.NO_WORDS: "words",
}
_SEARCH_MOST = 200
_NEW = (MembershipStatus.ACTIVE, MembershipStatus.PROBATIONARY)


class RegisterForm(PortalForm):
    """A form of the register, which says of a refused entry what is wrong and where."""

    def show(self, problems: Iterable[Problem]) -> None:
        """Say each problem beside its field, or of the whole form."""
        for problem in problems:
            name = _BESIDE.get(problem, "")
            if name in self:
                self[name].errors = [*self[name].errors, str(problem.label)]
            else:
                self.refuse(str(problem.label))


def since_field() -> Day:
    """The day on which something begins to hold."""
    return Day(
        _("Có hiệu lực từ ngày"),
        ahead=True,
        missing=_("Xin ghi ngày có hiệu lực."),
        description=_("Ngày, tháng, năm. Ví dụ: 23/11/2026."),
    )


def until_field() -> Day:
    """The last day of something that ends by itself."""
    return Day(_("Đến hết ngày"), ahead=True, description=_("Chưa rõ thì để trống."))


def search_field() -> Line:
    """Words by which a place is looked for."""
    return Line(
        _("Tìm nơi khác"), most=_SEARCH_MOST, description=_("Tên hoặc một phần tên, không cần dấu.")
    )


def name_field() -> Line:
    """The name of a member."""
    return Line(_("Họ và tên"), most=NAME_MOST, missing=_("Xin ghi họ và tên."))


class OrganisationsForm(RegisterForm):
    """For which day the tree is shown, and what organisation is looked for."""

    q = Line(_("Tên tổ chức"), most=_SEARCH_MOST)
    on = Day(_("Xem tại ngày"), ahead=True)


class FindForm(RegisterForm):
    """The name of a member who is looked for, and after whom the list goes on."""

    words = Line(_("Tên đảng viên"), most=_SEARCH_MOST, missing=_("Xin ghi tên cần tìm."))
    after = Line(most=_SEARCH_MOST)


class YearLine(Line):
    """A year of four digits."""

    @property
    def year(self) -> int:
        """The year, after checking."""
        return int(self.data)


class _Person(RegisterForm):
    """Name and year of a member, and whether they are another of that name."""

    name = name_field()
    birth_year = YearLine(_("Năm sinh"), most=4, missing=_("Xin ghi năm sinh, đủ bốn chữ số."))
    twin = Box(_("Đây là người khác, trùng họ tên và năm sinh"))

    def validate_birth_year(self, field: YearLine) -> None:
        """Ask for four digits."""
        if not (len(field.data) == 4 and field.data.isascii() and field.data.isdigit()):
            raise ValidationError(gettext("Xin ghi năm sinh, đủ bốn chữ số."))


class CorrectForm(_Person):
    """A name and a year as they should have been."""


class EnterForm(_Person):
    """A new member of a cell."""

    status = WordOf(
        _("Tình trạng sinh hoạt"),
        words=_NEW,
        first=_("Chọn tình trạng"),
        missing=_("Xin chọn tình trạng sinh hoạt."),
    )
    on = since_field()


class _Somewhere(RegisterForm):
    """A place of the register, chosen among those near by or those that were looked for."""

    place = OneOf(_("Tổ chức"), answers={})
    q = search_field()

    def validate_place(self, field: OneOf) -> None:
        """Ask for a place."""
        if not field.data:
            raise ValidationError(gettext("Xin chọn một tổ chức trong danh sách."))

    @property
    def place_id(self) -> int:
        """The id of the place that was chosen."""
        return int(self.place.data)


class CellForm(_Somewhere):
    """A cell of one of the three sorts, from a day."""

    kind = WordOf(_("Loại sinh hoạt"), words=MembershipKind, missing=_("Xin chọn loại sinh hoạt."))
    on = since_field()
    until = until_field()


class StandingForm(RegisterForm):
    """How a membership stands, from a day; not what an excusal or a transfer brings about."""

    status = WordOf(
        _("Tình trạng sinh hoạt"),
        words=tuple(status for status in MembershipStatus if status not in BY_DECISION),
        first=_("Chọn tình trạng"),
        missing=_("Xin chọn tình trạng sinh hoạt."),
    )
    on = since_field()
    until = until_field()


class PostForm(_Somewhere):
    """A post in an organisation, from a day."""

    title = WordOf(
        _("Chức vụ"), words=PostTitle, first=_("Chọn chức vụ"), missing=_("Xin chọn chức vụ.")
    )
    words = Line(
        _("Tên chức vụ"),
        most=NAME_MOST,
        description=_("Chỉ cần khi là chức vụ khác, hoặc có cách gọi riêng."),
    )
    on = since_field()
    until = until_field()


class LevelForm(RegisterForm):
    """Which level above the ward manages a member, if any does."""

    place = OneOf(_("Cấp quản lý"), answers={}, missing=_("Xin chọn cấp quản lý."))

    @property
    def place_id(self) -> int | None:
        """The id of the level, or none."""
        return int(self.place.data) if self.place.data.isdigit() else None


class EndForm(RegisterForm):
    """The last day of an entry."""

    on = Day(
        _("Ngày cuối cùng"),
        ahead=True,
        missing=_("Xin ghi ngày cuối cùng."),
        description=_("Ngày, tháng, năm. Ví dụ: 23/11/2026."),
    )


class StrikeForm(RegisterForm):
    """Nothing but the button."""


def on_day(form: PortalForm) -> date:
    """The day of a form that was checked."""
    field = form["on"]
    day = field.day if isinstance(field, Day) else None
    if not isinstance(day, date):
        raise TypeError("a form is asked for its day before it was checked")
    return day
