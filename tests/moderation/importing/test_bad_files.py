"""Files that are no files of ours: each is refused with the row and the column, or read right."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from moderation.importing import row_limits, sheets
from moderation.importing.arriving import arrive
from moderation.importing.row_limits import Fault
from portal.files.memory import nameless
from portal.files.storing import FileStore
from portal.models.register_import import ImportKind

HEAD = "Họ và tên,Năm sinh,Chi bộ\n"


def rows_of(raw: bytes, form: str, head: int = 1) -> list[object]:
    """What the process would say of the rows below the head."""
    places = range(3)
    return list(sheets.read(io.BytesIO(raw), form, 0, head, places))[:-1]


def book(fill: Callable[[Worksheet], object]) -> bytes:
    """A workbook."""
    made, kept = Workbook(), io.BytesIO()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["Họ và tên", "Năm sinh", "Chi bộ"])
    fill(sheet)
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_text_is_read_right_however_it_is_parted(encoding: str, between: str) -> None:
    text = HEAD + 'Lý Thị Ba,1970,"Chi bộ ""2""\nkhối"\n\nBế Văn Tư,1980,Chi bộ 7\n'
    raw = text.replace(",", between).encode(encoding)
    assert rows_of(raw, "csv") == [
        [2, ["Lý Thị Ba", "1970", 'Chi bộ "2"\nkhối']],
        [4, ["Bế Văn Tư", "1980", "Chi bộ 7"]],
    ]


def test_what_excel_writes_of_its_separator_is_no_row_of_people() -> None:
    raw = ("sep=;\n" + HEAD.replace(",", ";") + "Lý Thị Ba;1970;Chi bộ 7\n").encode()
    assert rows_of(raw, "csv", head=2) == [[3, ["Lý Thị Ba", "1970", "Chi bộ 7"]]]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (HEAD.encode() + b"V,1970,B\nL\xfd,1980,V\n", (3, 1)),
        (HEAD.encode() + b"Nguy\xd4n,1970,Chi\n", (2, 1)),
        (HEAD.encode() + b"Ly,1970,Ch\xd8\n", (2, 3)),
        (HEAD.encode("utf-16-le"), (1, 1)),
        (HEAD.encode() + b"A,1970,B\x00\n", (2, 0)),
    ],
)
def test_another_encoding_is_refused_where_it_shows(raw: bytes, told: tuple[int, int]) -> None:
    with pytest.raises(Fault) as caught:
        rows_of(raw, "csv")
    assert (caught.value.code, caught.value.row) == ("encoding", told[0])
    assert caught.value.column == told[1]


def test_windows_1258_is_refused_by_its_name_and_older_fonts_are_not_taken_for_it() -> None:
    # "Nguyễn Thị Đượm" as Windows writes them: a tone follows its vowel.
    named = b"Nguy\xea\xden Thi\xf2 \xd0\xfd\xf5\xf2m,1970,Kh\xf4\xec 7\n"
    # The same in VNI and in TCVN3.
    vni = b"Nguye\xe3n Th\xf2 Ba,1970,Kho\xe1i 7\n"
    tcvn3 = b"Nguy\xd4n Th\xde Ba,1970,Kh\xe8i 7\n"
    for raw, code in ((named, "windows_1258"), (vni, "encoding"), (tcvn3, "encoding")):
        with pytest.raises(Fault) as caught:
            rows_of(HEAD.encode("ascii", "ignore") + raw, "csv")
        assert (caught.value.code, caught.value.row, caught.value.column) == (code, 2, 1)


@pytest.mark.parametrize(
    ("raw", "code", "row"),
    [
        (b"", "empty", 0),
        (b" \n\n ", "empty", 0),
        (HEAD.encode() + b'A,1970,"Chi', "broken", 2),
        (HEAD.encode() + b'A,"19"70,Chi', "broken", 2),
        (HEAD.encode() + b"A,1970," + b"x" * 5000, "long_cell", 2),
    ],
)
def test_a_broken_text_is_refused_at_its_row(raw: bytes, code: str, row: int) -> None:
    with pytest.raises(Fault) as caught:
        rows_of(raw, "csv")
    assert (caught.value.code, caught.value.row) == (code, row)


def test_too_many_rows_are_refused_and_empty_ones_not_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(row_limits, "MOST_ROWS", 4)
    assert len(rows_of((HEAD + "A,1970,B\n" * 3 + ",,\n" * 9).encode(), "csv")) == 3
    with pytest.raises(Fault) as caught:
        rows_of((HEAD + "A,1970,B\n" * 4).encode(), "csv")
    assert (caught.value.code, caught.value.row) == ("too_many", 5)


def test_cells_of_a_workbook_say_what_they_are() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Lý Thị Ba", 1970.0, date(2026, 2, 3)])
        sheet.append(["=A1", "#REF!", datetime(2026, 2, 3, 4, 5)])  # noqa: DTZ001
        sheet.append([" Bế ", 45123, None])
        sheet["B3"].data_type = "e"

    assert rows_of(book(fill), "xlsx") == [
        [2, ["Lý Thị Ba", "1970", ["d", "2026-02-03"]]],
        [3, [["f", ""], ["e", "#REF!"], ["d", "2026-02-03"]]],
        [4, ["Bế", "45123", ""]],
    ]


def test_merged_cells_are_refused_below_the_head_and_not_above() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Lý Thị Ba", 1970, "Chi bộ 7"])
        sheet.append(["Bế Văn Tư", 1980, None])
        sheet.insert_rows(1)
        sheet.merge_cells("A1:C1")

    assert len(rows_of(book(fill), "xlsx", head=2)) == 2

    def merge(sheet: Worksheet) -> None:
        fill(sheet)
        sheet.merge_cells("C3:C4")

    with pytest.raises(Fault) as caught:
        rows_of(book(merge), "xlsx", head=2)
    assert (caught.value.code, caught.value.row, caught.value.column) == ("merged", 3, 3)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    with pytest.raises(Fault) as caught:
        rows_of(kept.getvalue(), "xlsx")
    assert caught.value.code == "bomb"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"%PDF-1.7\n", "no_sheet"),
        (b"PK\x03\x04 and nothing that a zip has", "broken"),
    ],
)
def test_what_is_no_sheet_is_refused_and_nothing_is_kept(
    tmp_path: Path, raw: bytes, code: str
) -> None:
    assert refused(tmp_path, raw).code == code
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("heads", "column"),
    [
        ("Mã,Hä vµ tªn,N¨m sinh,Chi bé", 2),
        ("Hoï vaø teân,Naêm sinh,Chi boä", 1),
    ],
)
def test_heads_in_an_old_font_are_named_before_anybody_is_asked_what_they_are(
    tmp_path: Path, heads: str, column: int
) -> None:
    fault = refused(tmp_path, f"{heads}\nAn,1960,Chi,x\n".encode())
    assert (fault.code, fault.row, fault.column) == ("old_letters", 1, column)


def test_a_row_with_more_cells_than_the_head_is_refused_where_it_overflows() -> None:
    """A comma in an address that nobody quoted would move every later cell into its neighbour."""
    shifted = HEAD + "Lý Thị Ba,1970,Chi bộ 2,,\nBế Văn Tư,1980,Chi bộ 7, Đông Kinh\n"
    with pytest.raises(Fault) as caught:
        rows_of(shifted.encode(), "csv")
    assert (caught.value.code, caught.value.row, caught.value.column) == ("wider", 3, 4)
    untitled = "Họ và tên,Năm sinh\nLý Thị Ba,1970,Chi bộ 2\n"
    assert rows_of(untitled.encode(), "csv") == [[2, ["Lý Thị Ba", "1970", "Chi bộ 2"]]]


def test_entities_of_xml_are_not_resolved(tmp_path: Path) -> None:
    kept = io.BytesIO(book(lambda sheet: sheet.append(["Lý", 1970, "Chi"])))
    made = io.BytesIO()
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                bomb = b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>'
                data = data.replace(b"<worksheet", bomb + b"<worksheet", 1)
            new.writestr(name, data)
    assert refused(tmp_path, made.getvalue()).code == "broken"


def refused(folder: Path, raw: bytes) -> Fault:
    """Why a file is not taken."""
    with nameless() as given:
        given.write(raw)
        with pytest.raises(Fault) as caught:
            arrive(FileStore(str(folder)), given=given, name="x", kind=ImportKind.MEMBERS)
    return caught.value
