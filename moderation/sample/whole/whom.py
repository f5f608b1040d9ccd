"""Whom a letter of the whole ward is about, and how its writer speaks of them. Drawn by chance."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

from moderation.sample.whole.cells import NOT_ALWAYS, CellRecord, read_cells
from moderation.sample.whole.matters import Matter
from moderation.sample.whole.people import YEAR, PersonRecord, read_people
from portal.vocabulary import Sentiment, UnitKind

SLOT = re.compile(r"\{([XxHTo])\}")
_BEGINNING = re.compile(r"(^|[.!?…]\s+|\n)([a-zà-ỹđ])")
#: From which age on people are called by which word, men and women.
_OLD, _GROWN = 60, 45
#: Nobody born before it is written about.
_OLDEST = 1944
_MOST_ABOUT_ONE = 2
#: Whom a matter may be about, by the beginning of the post.
_POSTS = {
    "head": ("Trưởng khối", "Trưởng thôn"),
    "front": ("Trưởng ban Công tác Mặt trận",),
    "women": ("Chi hội trưởng Chi hội Phụ nữ",),
    "veterans": ("Chi hội trưởng Chi hội Cựu chiến binh",),
    "mediator": ("Tổ trưởng tổ hòa giải",),
    "teacher": ("Giáo viên",),
    "principal": ("Hiệu trưởng", "Phó Hiệu trưởng"),
    "doctor": ("Bác sĩ", "Điều dưỡng", "Dược sĩ"),
    "clerk": ("Chuyên viên", "Phó trưởng đơn vị"),
    "director": ("Phó Giám đốc", "Tổ trưởng", "Phó trưởng ban"),
    "driver": ("Lái xe",),
}


def whom(
    matter: Matter, number: int, chance: Random, used: Counter[str]
) -> tuple[PersonRecord | None, CellRecord]:
    """Whom it is about and where; nobody, where the matter names no member."""
    cells = {cell.key: cell for cell in read_cells() if cell.key not in NOT_ALWAYS}
    if matter.at is None:
        living = [each for each in cells.values() if each.unit_kind is UnitKind.RESIDENTIAL]
        return None, chance.choice(living)
    only = {matter.cells[number % len(matter.cells)]} if matter.cells else cells.keys()
    fitting = [
        person
        for person in read_people()
        if person.home in cells.keys() & only
        and cells[person.home].unit_kind is matter.at
        and _fits(matter, person)
        and used[person.key] < _MOST_ABOUT_ONE
    ]
    person = chance.choice(fitting)
    used[person.key] += 1
    return person, cells[person.home]


def _fits(matter: Matter, person: PersonRecord) -> bool:
    """Whether the matter may be about somebody; criticism of a committee goes a way of its own."""
    if matter.who == "secretary":
        return person.title is not None and person.title.value == "secretary"
    praised = matter.sentiment is Sentiment.PRAISE
    if person.birth_year < _OLDEST or (person.title is not None and not praised):
        return False
    if matter.who in _POSTS:
        return person.post.startswith(_POSTS[matter.who])
    if matter.who in {"woman", "man"}:
        return person.woman is (matter.who == "woman") and not person.post and not person.title
    return not person.post and person.title is None


class Filler:
    """Puts in whom and where a text is about, and begins its sentences with capitals."""

    def __init__(self, person: PersonRecord | None, cell: CellRecord) -> None:
        self._words = {"o": _place(cell)}
        if person is not None:
            word, given = called(person), person.name.split()[-1]
            self._words |= {"x": word, "X": f"{word} {given}", "H": f"{word} {person.name}"}
            self._words["T"] = given

    def __call__(self, text: str) -> str:
        """The text without its slots."""
        whole = SLOT.sub(lambda found: self._words[found[1]], text)
        return _BEGINNING.sub(lambda found: found[1] + found[2].upper(), whole)


def called(person: PersonRecord) -> str:
    """By which word residents speak of somebody."""
    age = YEAR - person.birth_year
    if person.post.startswith(("Giáo viên", "Hiệu trưởng", "Phó Hiệu trưởng")):
        return "cô" if person.woman else "thầy"
    if age >= _OLD:
        return "bà" if person.woman else "ông"
    if age >= _GROWN:
        return "cô" if person.woman else "chú"
    return "chị" if person.woman else "anh"


def _place(cell: CellRecord) -> str:
    """The cell's place within a sentence."""
    name = cell.name.removeprefix("Chi bộ ")
    return name[0].lower() + name[1:] if cell.unit_kind is UnitKind.RESIDENTIAL else name


def about_words(matter: Matter, number: int, person: PersonRecord | None, chance: Random) -> str:
    """Whom the writer means, as precisely as people are."""
    if person is None:
        return matter.about[number % len(matter.about)]
    ways = ["{H}, {o}", "{H}, {o}", "{X}, {o}", "{X} ở {o}"]
    if person.post:
        post = person.post[0].lower() + person.post[1:]
        # The post of a neighbourhood names it; that of a unit does not.
        place = "" if matter.at is UnitKind.RESIDENTIAL else ", {o}"
        ways = [f"{{H}}, {post}{place}", f"{{X}}, {post}{place}"]
    if matter.who == "secretary":
        ways = ["{H}, bí thư chi bộ {o}", "Bí thư chi bộ {o}"]
    return chance.choice(ways)
