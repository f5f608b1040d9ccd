"""The cells that the whole ward has beside those of the small sample, and what became of some."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from moderation.sample.records import FOUNDED, read_rows, valued
from portal.vocabulary import UnitKind


@dataclass(frozen=True)
class CellRecord:
    """A cell as the file names it that the registrar brought in; ``size`` counts its members."""

    key: str
    unit_kind: UnitKind
    name: str
    short_name: str
    size: int
    since: date = FOUNDED


#: Founded in the school year after the ward, as no file told.
SCHOOL = CellRecord(
    "mam-non-hoa-mo",
    UnitKind.SCHOOL,
    "Chi bộ Trường Mầm non Hoa Mơ",
    "Mầm non Hoa Mơ",
    9,
    date(2025, 9, 5),
)
#: The cell that was parted, and the two that took over from it.
PARTED = "khoi-18"
PARTS = (("khoi-19", "Chi bộ khối 19", "Khối 19"), ("khoi-20", "Chi bộ khối 20", "Khối 20"))
PARTED_ON = date(2026, 5, 4)
#: The village whose cell was too small, the one that took over from it, and since when.
JOINED, HEIR, JOINED_ON = "pac-dao", "na-lung", date(2026, 4, 6)
#: The cell that another legal form gave another name.
RENAMED, RENAMED_ON = "van-tai", date(2026, 3, 2)
NEW_NAME = ("Chi bộ Công ty cổ phần Vận tải Ải Mẫu", "Vận tải Ải Mẫu")
#: The cell that ended when its station closed, where its members went, and its last day.
ENDED, TAKEN_IN_BY, LAST = "diem-tram-khau-hoi", "khau-hoi", date(2026, 6, 30)
#: The cells that nobody writes about: they are not there all the time.
NOT_ALWAYS = frozenset({PARTED, JOINED, HEIR, ENDED, SCHOOL.key, *(part[0] for part in PARTS)})


@cache
def read_cells() -> tuple[CellRecord, ...]:
    """The cells of the file, in its order."""
    return tuple(
        CellRecord(
            row["key"],
            valued(UnitKind, row["unit_kind"]),
            row["name"],
            row["short_name"],
            int(row["size"]),
        )
        for row in read_rows("whole/cells")
    )
