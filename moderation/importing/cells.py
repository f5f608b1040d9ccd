"""Reading one cell: a day, a year, a word of the vocabulary, a list of posts. Pure.

Nothing is guessed: what can be read in two ways, or only by knowing how the sheet was written, is
refused with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar

from portal.i18n import source_of
from portal.spreadsheet import FORMULA
from portal.text import BadDate, fold, is_legacy_encoding, one_line, parse_day, vn_date
from portal.vocabulary import MembershipStatus, OrganisationKind, PostTitle, UnitKind
from portal.vocabulary.labelled import Labelled

_Word = TypeVar("_Word", bound=Labelled)

#: A number by which a sheet counts days since 1900: a day only to who knows the sheet's format.
_SERIAL = re.compile(r"\d{5,6}([.,]\d+)?")
_YEAR = re.compile(r"\d{4}")
#: What other programs write behind a day.
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
#: The signs that part posts and the words of one, and how a sign stands for itself.
_PARTING = {sign: re.compile(r"(?<!\\)" + re.escape(sign)) for sign in ";|"}
_SIGN, _GUARDED = re.compile(r"([;|])"), re.compile(r"\\([;|])")

#: Other words for a term, folded, beside its label and its stored value.
_OTHERS: Mapping[Labelled, tuple[str, ...]] = {
    MembershipStatus.ACTIVE: ("chinh thuc", "dang vien chinh thuc", "dang hoat dong"),
    MembershipStatus.PROBATIONARY: ("dang vien du bi",),
    MembershipStatus.EXEMPT: ("mien sinh hoat", "duoc mien sinh hoat", "mien ct sh"),
    MembershipStatus.TEMPORARILY_EXCUSED: ("tam mien",),
    MembershipStatus.TEMPORARY_ELSEWHERE: ("sinh hoat tam thoi",),
    MembershipStatus.TRANSFERRED: ("da chuyen", "chuyen di", "chuyen sinh hoat di"),
    MembershipStatus.LEFT: ("cho ra khoi dang", "xin ra khoi dang", "ra khoi dang"),
    MembershipStatus.REMOVED: ("xoa ten",),
    MembershipStatus.EXPELLED: ("khai tru",),
    MembershipStatus.DECEASED: ("tu tran", "da mat", "chet"),
    OrganisationKind.WARD_COMMUNE: ("dang bo xa", "dang bo phuong", "dang uy xa", "dang uy phuong"),
    OrganisationKind.PROVINCE: ("dang bo tinh",),
    OrganisationKind.GRASSROOTS_COMMITTEE: ("dang bo co so",),
    OrganisationKind.SECTION_COMMITTEE: ("dang bo bo phan",),
    UnitKind.RESIDENTIAL: ("khoi", "thon", "khoi pho", "to dan pho", "dan cu"),
    UnitKind.SCHOOL: ("truong",),
    UnitKind.HEALTH: ("y te",),
}
#: How a post begins in the words of everybody; longer ones first.
_TITLES = (
    ("pho bi thu", PostTitle.DEPUTY_SECRETARY),
    ("bi thu", PostTitle.SECRETARY),
    ("uy vien ban thuong vu", PostTitle.STANDING_MEMBER),
    ("uy vien btv", PostTitle.STANDING_MEMBER),
    ("uy vien uy ban kiem tra", PostTitle.COMMISSION_MEMBER),
    ("uy vien ubkt", PostTitle.COMMISSION_MEMBER),
    ("chu nhiem uy ban kiem tra", PostTitle.COMMISSION_MEMBER),
    ("cap uy vien", PostTitle.COMMITTEE_MEMBER),
    ("chi uy vien", PostTitle.COMMITTEE_MEMBER),
    ("dang uy vien", PostTitle.COMMITTEE_MEMBER),
    ("uy vien ban chap hanh", PostTitle.COMMITTEE_MEMBER),
)
#: "Bí thư đoàn" is no post in a committee of the Party.
_ELSEWHERE = re.compile(r"\b(doan|hoi|cong doan|thanh nien)\b")


class Wrong(Exception):
    """A cell that cannot be taken: a code, and what stands there as far as it may be shown."""

    def __init__(self, code: str, value: str = "") -> None:
        """Keep both."""
        super().__init__(code)
        self.code, self.value = code, value


class PostText(NamedTuple):
    """One post as it was written; an empty place is the home cell."""

    title: PostTitle
    words: str | None
    place: str = ""
    since: str = ""
    until: str = ""


def text(cell: Any) -> str:
    """The words in a cell. Raises Wrong for a formula and for an error of the sheet."""
    if isinstance(cell, str):
        written = one_line(cell)
        # What a file of ours wrote before a text that a sheet would take for a formula.
        return written[1:] if written[:1] == "'" and written[1:].startswith(FORMULA) else written
    what, value = cell
    if what == "f":
        raise Wrong("formula")
    if what == "e":
        raise Wrong("sheet_error", value)
    return vn_date(date.fromisoformat(value))


def day(cell: Any) -> date | None:
    """A whole day, or nothing where the cell is empty.

    A cell that its sheet calls a date is one; digits alone are not. Raises Wrong.
    """
    if not isinstance(cell, str) and cell[0] == "d":
        return date.fromisoformat(cell[1])
    written = _MIDNIGHT.sub("", text(cell))
    if not written:
        return None
    if _SERIAL.fullmatch(written):
        raise Wrong("serial", written)
    try:
        return parse_day(written, date.max, past_only=False)
    except BadDate as error:
        raise Wrong(f"day_{error.reason}", written) from error


def year(cell: Any) -> int:
    """A year, also the year of a whole day; of which nothing else is kept. Raises Wrong."""
    if not isinstance(cell, str) and cell[0] == "d":
        return date.fromisoformat(cell[1]).year
    written = text(cell)
    if _YEAR.fullmatch(written):
        return int(written)
    if _SERIAL.fullmatch(written):
        raise Wrong("serial", written)
    try:
        return parse_day(_MIDNIGHT.sub("", written), date.max, past_only=False).year
    except BadDate as error:
        raise Wrong("bad_year", written) from error


def term(cell: Any, words: type[_Word]) -> _Word | None:
    """A word of the vocabulary, or nothing where the cell is empty. Raises Wrong."""
    written = text(cell)
    if not written:
        return None
    found: _Word | None = _terms(words).get(fold(written))
    if found is None:
        raise Wrong("no_term", written)
    return found


def posts(cell: Any) -> list[PostText]:
    """The posts in a cell: "Bí thư; Chức vụ khác: Hiệu trưởng | Chi bộ trường | 01/07/2025".

    Of each the title, with its own words after a colon; then, between bars, the organisation where
    it is not the home cell, its first and its last day. A backslash before one of the signs lets it
    stand for itself. Raises Wrong.
    """
    return [_post(each) for each in _split(text(cell), ";") if each]


def post_words(title: PostTitle, words: str | None, *rest: str) -> str:
    """One post as ``posts`` reads it."""
    label = source_of(title.label)
    named = f"{label}: {_guarded(words)}" if words else label
    parts = [named, *map(_guarded, rest)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def old_letters(cells: Mapping[str, Any]) -> str | None:
    """In which column a row shows the letters of an old font, if it does in any."""
    written = {name: cell for name, cell in cells.items() if isinstance(cell, str)}
    if not is_legacy_encoding(" ".join(written.values())):
        return None
    return next((name for name, each in written.items() if is_legacy_encoding(each)), "name")


@cache
def _terms(words: type[_Word]) -> dict[str, _Word]:
    """Every way to write the words of a vocabulary."""
    found: dict[str, _Word] = {}
    for word in words:
        for way in (word.value.replace("_", " "), word.value, *_OTHERS.get(word, ())):
            found[fold(way)] = word
        found[fold(source_of(word.label))] = word
    return found


def _post(written: str) -> PostText:
    """One post. Raises Wrong for one with too many parts, or none."""
    named, *rest = _split(written, "|")
    if not named or len(rest) > 3:
        raise Wrong("bad_post", written)
    head, colon, own = named.partition(":")
    title = _terms(PostTitle).get(fold(head)) if colon else None
    rest = [_bare(each) for each in rest]
    if title is not None:
        return PostText(title, _bare(own.strip()) or None, *rest)
    title = _terms(PostTitle).get(fold(named))
    if title is not None and title is not PostTitle.OTHER:
        return PostText(title, None, *rest)
    return PostText(_title_of(fold(named)), _bare(named), *rest)


def _title_of(folded: str) -> PostTitle:
    """Which title words mean that are not one."""
    if _ELSEWHERE.search(folded):
        return PostTitle.OTHER
    return next((title for words, title in _TITLES if folded.startswith(words)), PostTitle.OTHER)


def _split(written: str, sign: str) -> list[str]:
    """The parts between signs that stand for themselves nowhere."""
    return [each.strip() for each in _PARTING[sign].split(written)]


def _guarded(words: str | None) -> str:
    """Words in which no sign parts anything."""
    return _SIGN.sub(r"\\\1", words or "")


def _bare(words: str) -> str:
    """Words as they were before they were guarded."""
    return _GUARDED.sub(r"\1", words)
