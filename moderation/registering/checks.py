"""Whether an entry of the register can stand. Pure: rows in, problems out, nothing is asked.

Every rule here is a design rule. The kinds that may stand below which follow from how the Party is
built (DOMAIN 1.1): a cell has nothing below it, a commission belongs to a committee. What is not
forbidden may be done to any depth.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from portal.i18n import lazy_gettext as _
from portal.text import is_legacy_encoding, one_line
from portal.vocabulary import CELLS, MembershipKind, MembershipStatus, OrganisationKind, PostTitle
from portal.vocabulary.labelled import Labelled

#: The columns take no more.
NAME_MOST = 300
GIVEN_MOST = 64
#: Nobody joins younger, and nobody whom an entry is about is older.
YOUNGEST, OLDEST = 18, 110
#: Nothing is entered for a day further away.
YEARS_BACK, YEARS_AHEAD = 100, 2

_K = OrganisationKind
#: Below which kinds each one may stand; ``None`` is the top of the register.
_ABOVE: dict[OrganisationKind, frozenset[OrganisationKind | None]] = {
    _K.CENTRAL: frozenset({None}),
    _K.PROVINCE: frozenset({None, _K.CENTRAL}),
    _K.WARD_COMMUNE: frozenset({_K.PROVINCE, _K.WARD_COMMUNE}),
    _K.GRASSROOTS_COMMITTEE: frozenset({_K.PROVINCE, _K.WARD_COMMUNE, _K.GRASSROOTS_COMMITTEE}),
    _K.GRASSROOTS_CELL: frozenset({_K.PROVINCE, _K.WARD_COMMUNE, _K.GRASSROOTS_COMMITTEE}),
    _K.SECTION_COMMITTEE: frozenset(
        {_K.WARD_COMMUNE, _K.GRASSROOTS_COMMITTEE, _K.SECTION_COMMITTEE}
    ),
    _K.CELL: frozenset({_K.WARD_COMMUNE, _K.GRASSROOTS_COMMITTEE, _K.SECTION_COMMITTEE}),
    _K.COMMISSION: frozenset({_K.CENTRAL, _K.PROVINCE, _K.WARD_COMMUNE, _K.GRASSROOTS_COMMITTEE}),
}
#: After these a member is one no longer.
ENDS = frozenset(
    {
        MembershipStatus.LEFT,
        MembershipStatus.REMOVED,
        MembershipStatus.EXPELLED,
        MembershipStatus.DECEASED,
    }
)
#: These come of a decision with a reason, a level above and days of its own.
BY_DECISION = frozenset({MembershipStatus.TEMPORARILY_EXCUSED, MembershipStatus.TRANSFERRING})


class Problem(Labelled):
    """Why an entry cannot stand; the label says what to do."""

    NO_NAME = "no_name", _("Xin ghi tên có chữ cái.")
    LONG_NAME = "long_name", _("Tên quá dài.")
    OLD_LETTERS = "old_letters", _("Tên viết bằng bảng mã cũ. Xin đổi sang Unicode.")
    BAD_YEAR = "bad_year", _("Năm sinh không hợp lý.")
    NOT_BELOW = "not_below", _("Loại tổ chức này không đặt dưới cấp đã chọn.")
    NO_CELL = "no_cell", _("Đảng viên chỉ sinh hoạt ở chi bộ.")
    NOT_THERE = "not_there", _("Tổ chức không có trong những ngày này.")
    ENDS_FIRST = "ends_first", _("Ngày kết thúc phải sau ngày bắt đầu.")
    FAR_DAY = "far_day", _("Ngày quá xa.")
    AT_ONCE = "at_once", _("Mỗi lúc chỉ có một mục loại này.")
    LATER = "later", _("Đã có mục bắt đầu sau ngày này.")
    NO_HOME = "no_home", _("Chưa có chi bộ sinh hoạt chính thức.")
    GONE = "gone", _("Đảng viên không còn sinh hoạt Đảng từ ngày này.")
    WRONG_POST = "wrong_post", _("Chức vụ này không có ở loại tổ chức đã chọn.")
    TAKEN = "taken", _("Đã có tổ chức mang tên này ở đây.")
    EARLIER = "earlier", _("Ngày này quá sớm: lúc đó tổ chức còn tên khác hoặc cấp trên khác.")
    PLANNED = "planned", _("Đã có thay đổi định sẵn. Xin bỏ thay đổi đó trước.")
    ENDED = "ended", _("Tổ chức đã hoặc sắp kết thúc.")
    HAS_MEMBERS = "has_members", _("Vẫn còn đảng viên. Xin chuyển đảng viên đi trước.")
    HAS_BELOW = "has_below", _("Vẫn còn tổ chức bên dưới. Xin chuyển các tổ chức đó trước.")
    HOLDS_KEYS = "holds_keys", _("Có người giữ khóa ở đây. Xin nhờ quản trị giao lại khóa trước.")
    TAKES_IN = "takes_in", _("Đây là nơi nhận ý kiến chưa rõ địa chỉ. Không thể kết thúc.")
    WITH_ITSELF = "with_itself", _("Không thể chọn chính tổ chức này hoặc nơi bên dưới.")
    TOO_FEW = "too_few", _("Xin chọn ít nhất hai tổ chức.")
    UNASSIGNED = "unassigned", _("Xin chọn nơi đến cho từng người, từng tổ chức.")
    OTHER_PAGE = "other_page", _("Việc này ghi ở trang tạm miễn hoặc trang chuyển sinh hoạt.")
    NO_WORDS = "no_words", _("Xin ghi tên chức vụ.")


class Spell(NamedTuple):
    """Something that holds from a day to a day, both included; no last day while it holds."""

    what: object
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= on and (self.until is None or self.until >= on)

    @property
    def struck(self) -> bool:
        """Whether it was a wrong entry, which holds on no day."""
        return self.until is not None and self.until < self.since


def name_problems(name: str, *, most: int = NAME_MOST) -> list[Problem]:
    """What is wrong with the name of an organisation."""
    written = one_line(name)
    found = [] if any(map(str.isalpha, written)) else [Problem.NO_NAME]
    found += [Problem.LONG_NAME] if len(written) > most else []
    return found + ([Problem.OLD_LETTERS] if is_legacy_encoding(written) else [])


def person_problems(name: str, birth_year: int, *, today: date) -> list[Problem]:
    """What is wrong with the name and year of a member."""
    found = name_problems(name)
    given = one_line(name).split()[-1:]
    if given and len(given[0]) > GIVEN_MOST and Problem.LONG_NAME not in found:
        found.append(Problem.LONG_NAME)
    fits = today.year - OLDEST <= birth_year <= today.year - YOUNGEST
    return found if fits else [*found, Problem.BAD_YEAR]


def place_problems(kind: OrganisationKind, *, below: OrganisationKind | None) -> list[Problem]:
    """Whether an organisation of a kind may stand below one of another, or at the top."""
    return [] if below in _ABOVE[kind] else [Problem.NOT_BELOW]


def kinds_below(kind: OrganisationKind) -> list[OrganisationKind]:
    """Which kinds may stand below one, the highest first."""
    return [each for each in OrganisationKind if kind in _ABOVE[each]]


def span_problems(
    since: date, until: date | None = None, *, today: date, within: Spell | None = None
) -> list[Problem]:
    """Whether days are in order, near enough, and inside those of the organisation."""
    first, last = _years(today, -YEARS_BACK), _years(today, YEARS_AHEAD)
    found = [Problem.ENDS_FIRST] if until is not None and until < since else []
    if not first <= since <= last or (until is not None and until > last):
        found.append(Problem.FAR_DAY)
    ends_later = within is not None and within.until is not None and within.until < (until or last)
    if within is not None and (since < within.since or ends_later):
        found.append(Problem.NOT_THERE)
    return found


def cells_problems(cells: Iterable[tuple[MembershipKind, Spell]]) -> list[Problem]:
    """Whether a member has at most one cell of each sort on every day, and a home at all."""
    by_kind: dict[MembershipKind, list[Spell]] = {}
    for kind, spell in cells:
        by_kind.setdefault(kind, []).append(spell)
    found = [] if any(not one.struck for one in by_kind.get(MembershipKind.HOME, ())) else [_NO]
    return found + (_AT_ONCE if any(map(overlap, by_kind.values())) else [])


def standing_problems(standings: Iterable[Spell]) -> list[Problem]:
    """Whether a member stands in one way on every day, and in none after death.

    Whoever left or was removed may be a member again.
    """
    spells = sorted(_standing_rows(standings), key=lambda one: one.since)
    found = list(_AT_ONCE) if overlap(spells) else []
    gone = any(one.what is MembershipStatus.DECEASED for one in spells[:-1])
    return [*found, Problem.GONE] if gone else found


def member_problems(kind: OrganisationKind) -> list[Problem]:
    """Whether members belong to an organisation of this kind."""
    return [] if kind in CELLS else [Problem.NO_CELL]


def post_problems(title: PostTitle, words: str | None, *, kind: OrganisationKind) -> list[Problem]:
    """Whether there is such a post in an organisation of this kind."""
    if title is PostTitle.OTHER:
        return [] if words and any(map(str.isalpha, words)) else [Problem.NO_WORDS]
    if title is PostTitle.COMMISSION_MEMBER and kind is not OrganisationKind.COMMISSION:
        return [Problem.WRONG_POST]
    standing = title is PostTitle.STANDING_MEMBER
    return [Problem.WRONG_POST] if standing and kind in CELLS else []


def overlap(spells: Iterable[Spell]) -> bool:
    """Whether two of these hold on one day; wrong entries hold on none."""
    ordered = sorted(_standing_rows(spells), key=lambda one: one.since)
    return any(one.until is None or one.until >= then.since for one, then in pairwise(ordered))


def day_before(day: date) -> date:
    """The day before one."""
    return day - timedelta(days=1)


def day_after(day: date) -> date:
    """The day after one."""
    return day + timedelta(days=1)


_NO, _AT_ONCE = Problem.NO_HOME, [Problem.AT_ONCE]


def _standing_rows(spells: Iterable[Spell]) -> list[Spell]:
    """Those that hold on any day."""
    return [one for one in spells if not one.struck]


def _years(day: date, years: int) -> date:
    """A day so many years away, near enough."""
    return day + timedelta(days=round(365.2425 * years))
