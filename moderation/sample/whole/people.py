"""The people of the whole ward: invented by chance, the same on every machine and day.

Nobody has the name and year of somebody else, nor the name of anybody of the small sample, about
whom letters are written by hand. Who leads a cell comes first in it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from moderation.sample.records import DATA, read_rows
from moderation.sample.whole.cells import NOT_ALWAYS, SCHOOL, CellRecord, read_cells
from portal.text import fold
from portal.vocabulary import MembershipStatus, PostTitle, UnitKind

_SEED = 20250701
#: In which their ages are counted.
YEAR = 2026
#: By kind of cell: the ages of its members, and how many of a hundred are women.
_AGES = {
    UnitKind.RESIDENTIAL: ((34, 52, 58, 61, 63, 65, 67, 70, 74, 79, 85), 42),
    UnitKind.SCHOOL: ((25, 29, 33, 36, 39, 42, 45, 48, 52, 56), 78),
    UnitKind.HEALTH: ((27, 32, 36, 40, 45, 50, 55), 64),
    UnitKind.ENTERPRISE: ((27, 33, 38, 43, 47, 52, 57), 34),
    UnitKind.OFFICE: ((26, 31, 35, 39, 43, 48, 54), 46),
}
#: So many are on a committee, in cells of so many members and more.
_OFFICERS, _ELECTS = 3, 9
_OLD, _YOUNG, _EXEMPT_FROM = 1968, 1991, 1948
#: The posts beside those of the committee, by kind of cell: what people write to or about.
_POSTS = {
    UnitKind.RESIDENTIAL: (
        "Trưởng {place}",
        "Trưởng ban Công tác Mặt trận {place}",
        "Chi hội trưởng Chi hội Cựu chiến binh {place}",
        "Chi hội trưởng Chi hội Phụ nữ {place}",
        "Tổ trưởng tổ hòa giải {place}",
    ),
    UnitKind.SCHOOL: ("Hiệu trưởng", "Phó Hiệu trưởng", *("Giáo viên",) * 9),
    UnitKind.HEALTH: ("Bác sĩ", *("Điều dưỡng",) * 3, "Dược sĩ", "Bác sĩ"),
    UnitKind.ENTERPRISE: ("Phó Giám đốc", "Lái xe", *("Tổ trưởng tổ sản xuất",) * 4),
    UnitKind.OFFICE: ("Phó trưởng đơn vị", *("Chuyên viên",) * 6),
}
_OF_CELL = {
    "cho-hoi-xuan": ("Trưởng ban", "Phó trưởng ban", *("Tổ trưởng tổ quản lý chợ",) * 4),
}
#: What is always a woman's post here, and what a man's.
_OF_WOMEN, _OF_MEN = "Phụ nữ", ("Cựu chiến binh", "Lái xe")
_HEADS = {UnitKind.SCHOOL, UnitKind.ENTERPRISE, UnitKind.OFFICE}


@dataclass(frozen=True)
class PersonRecord:
    """A member as a row of the registrar's file; ``post`` is what people call them, or empty."""

    key: str
    name: str
    birth_year: int
    woman: bool
    home: str
    residence: str
    since: date
    status: MembershipStatus
    title: PostTitle | None
    post: str


@cache
def read_people() -> tuple[PersonRecord, ...]:
    """Everybody of the cells of the file and of the school that was founded later."""
    chance = Random(_SEED)  # noqa: S311  # nosec B311
    taken = {row["name"] for row in read_rows("members")}
    names = tomllib.loads((DATA / "whole" / "names.toml").read_text(encoding="utf-8"))
    return tuple(
        person for cell in (*read_cells(), SCHOOL) for person in _of(cell, chance, names, taken)
    )


def _of(
    cell: CellRecord, chance: Random, names: dict[str, dict[str, str]], taken: set[str]
) -> list[PersonRecord]:
    """The members of one cell."""
    found = [_person(cell, place, chance, names, taken) for place in range(cell.size)]
    for post in _OF_CELL.get(cell.key, _POSTS[cell.unit_kind]):
        for at, person in enumerate(found):
            if _fits(person, post, cell):
                found[at] = replace(person, post=post.format(place=_place(cell)))
                break
    return found


def _fits(person: PersonRecord, post: str, cell: CellRecord) -> bool:
    """Whether a post may be this person's: of an age for it, and with no other."""
    leads = cell.unit_kind in _HEADS and post != "Lái xe"
    plain = person.title is None or leads
    fit = _EXEMPT_FROM < person.birth_year < _YOUNG and not person.post
    fit = fit and (not person.woman if any(one in post for one in _OF_MEN) else fit)
    return plain and fit and (person.woman or _OF_WOMEN not in post)


def _person(
    cell: CellRecord,
    place: int,
    chance: Random,
    names: dict[str, dict[str, str]],
    taken: set[str],
) -> PersonRecord:
    """Somebody, still without a post beside that on the committee."""
    ages, women = _AGES[cell.unit_kind]
    woman = chance.randrange(100) < women
    year = YEAR - chance.choice(_leading(ages, place)) - chance.randrange(3)
    name = _name(chance, names, woman, year)
    while name in taken:
        name = _name(chance, names, woman, year)
    taken.add(name)
    works = cell.unit_kind is not UnitKind.RESIDENTIAL
    status, since = _standing(chance, place, year, cell)
    return PersonRecord(
        key=f"{fold(name).replace(' ', '-')}-{year}",
        name=name,
        birth_year=year,
        woman=woman,
        home=cell.key,
        residence=chance.choice(_lived_in()) if works and chance.randrange(5) else "",
        since=since,
        status=status,
        title=_title(place, cell),
        post="",
    )


def _leading(ages: tuple[int, ...], place: int) -> tuple[int, ...]:
    """The ages that fit: who leads a cell is neither among its youngest nor its oldest."""
    return ages if place >= _OFFICERS else ages[len(ages) // 2 - 1 : -2]


def _lived_in() -> list[str]:
    """Where those live who work elsewhere."""
    return [
        each.key
        for each in read_cells()
        if each.unit_kind is UnitKind.RESIDENTIAL and each.key not in NOT_ALWAYS
    ]


def _name(chance: Random, names: dict[str, dict[str, str]], woman: bool, year: int) -> str:
    """A name as people of that year were given one."""
    shares = names["shares"]
    origin = chance.choices(list(shares), weights=[int(each) for each in shares.values()])[0]
    kind = names["women" if woman else "men"]
    age = "old" if year < _OLD else "young" if year > _YOUNG else "middling"
    middle = chance.choice(kind["middle"].split()).replace("|", " ")
    family = chance.choice(names["families"][origin].split())
    return f"{family} {middle} {chance.choice(kind[age].split())}"


def _title(place: int, cell: CellRecord) -> PostTitle | None:
    """The first leads the cell; cells of nine and more have a committee of three."""
    if place == 0:
        return PostTitle.SECRETARY
    if place == 1:
        return PostTitle.DEPUTY_SECRETARY
    return PostTitle.COMMITTEE_MEMBER if place < _OFFICERS and cell.size >= _ELECTS else None


def _standing(
    chance: Random, place: int, year: int, cell: CellRecord
) -> tuple[MembershipStatus, date]:
    """How somebody stands, and since when in this cell."""
    if year <= _EXEMPT_FROM and place >= _OFFICERS and chance.randrange(2):
        return MembershipStatus.EXEMPT, cell.since
    if year >= _YOUNG and place >= _OFFICERS and not chance.randrange(8):
        return MembershipStatus.PROBATIONARY, cell.since + timedelta(days=chance.randrange(4))
    return MembershipStatus.ACTIVE, cell.since


def _place(cell: CellRecord) -> str:
    """The neighbourhood of a cell within a sentence: "khối 8", "thôn Pò Mận"."""
    return cell.short_name[0].lower() + cell.short_name[1:]
