"""The files in which a registrar brings the whole ward: cells, and members with their posts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from moderation.sample.whole.cells import CellRecord
from moderation.sample.whole.people import PersonRecord
from portal.text import vn_date
from portal.vocabulary import OrganisationKind, PostTitle

_CELLS = (
    *("Tên tổ chức", "Tên gọi tắt", "Loại tổ chức", "Loại hình đơn vị"),
    *("Thuộc tổ chức", "Có từ ngày"),
)
_PEOPLE = (
    *("Họ và tên", "Năm sinh", "Chi bộ sinh hoạt chính thức", "Sinh hoạt từ ngày"),
    *("Chi bộ nơi cư trú", "Cư trú từ ngày", "Tình trạng đảng viên", "Tình trạng từ ngày"),
    "Chức vụ",
)
_TITLES = {
    PostTitle.SECRETARY: "Bí thư",
    PostTitle.DEPUTY_SECRETARY: "Phó bí thư",
    PostTitle.COMMITTEE_MEMBER: "Chi ủy viên",
}


def file_of_cells(cells: Iterable[CellRecord], *, below: str) -> bytes:
    """The file of cells below an organisation."""
    rows = (
        (
            *(cell.name, cell.short_name, OrganisationKind.CELL.value, cell.unit_kind.value),
            *(below, vn_date(cell.since)),
        )
        for cell in cells
    )
    return _file(_CELLS, rows)


def file_of_people(people: Iterable[PersonRecord], *, cells: Mapping[str, str]) -> bytes:
    """The file of members, with the names of their cells by key."""
    return _file(_PEOPLE, (_row(person, cells) for person in people))


def _row(person: PersonRecord, cells: Mapping[str, str]) -> Sequence[str]:
    """One member."""
    home, residence = cells[person.home], cells.get(person.residence, "")
    since = vn_date(person.since)
    posts = [_TITLES[person.title]] if person.title else []
    posts += [person.post] if person.post else []
    return (
        *(person.name, str(person.birth_year), home, since),
        *(residence, since if residence else "", person.status.value, since),
        "; ".join(f"{post} | {home} | {since}" for post in posts),
    )


def _file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file with the mark that says that it is UTF-8."""
    made = io.StringIO()
    csv.writer(made).writerows((head, *rows))
    return made.getvalue().encode("utf-8-sig")
