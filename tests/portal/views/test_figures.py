"""The public figures on the screen and as files: what was published, and no more."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from flask.testing import FlaskClient

from portal.db import Database
from portal.figures.codebook import COLUMNS
from portal.figures.layout import ALL, WHOLE
from portal.models import FiguresEdition, PublishedFigure
from portal.vocabulary import FigureSide, FigureSign, FigureTable
from tests.conftest import Watch
from tests.pages import page_of
from tests.portal.residents import Resident

FIGURES = "/so-lieu"
LATEST = "2026-2"
WARD, SMALL_WARD, FORMULA = 11, 12, 13
_T = FigureTable
#: Place, its name, table, value, and what is printed; of the newest quarter.
PRINTED: tuple[tuple[int, str, FigureTable, str, int | FigureSign], ...] = (
    (WHOLE, "", _T.RECEIVED, ALL, 1200),
    (WHOLE, "", _T.FINISHED, ALL, 40),
    (WHOLE, "", _T.SIDE, FigureSide.PRAISE, 10),
    (WHOLE, "", _T.SIDE, FigureSide.NOMINATION, FigureSign.FEW),
    (WHOLE, "", _T.SIDE, FigureSide.OPINION, FigureSign.HIDDEN),
    (WARD, "Phường Đông Kinh", _T.FINISHED, ALL, 31),
    (WARD, "Phường Đông Kinh", _T.SIDE, FigureSide.PRAISE, 7),
    (SMALL_WARD, "Xã Đình Lập", _T.FINISHED, ALL, FigureSign.FEW),
    (FORMULA, "=1+1", _T.FINISHED, ALL, FigureSign.HIDDEN),
)


@pytest.fixture
def published(database: Database) -> Database:
    """Three quarters: one taken back, one in which nothing finished, and the newest."""
    with database.writing() as session:
        for number, quarter in enumerate(("2025-4", "2026-1", LATEST), 1):
            on = date(2026, 1, 31)
            session.add(
                FiguresEdition(id=number, quarter=quarter, edition=1, published_on=on, reason="")
            )
        session.add(
            FiguresEdition(
                quarter="2025-4", edition=2, published_on=date(2026, 3, 1), reason="Đếm thiếu."
            )
        )
        session.flush()
        empty = [(WHOLE, "", table, ALL, 0) for table in (_T.RECEIVED, _T.FINISHED)]
        for edition, rows in ((1, PRINTED), (2, empty), (3, PRINTED)):
            for place, name, table, value, shown in rows:
                told = isinstance(shown, int)
                session.add(
                    PublishedFigure(
                        edition_id=edition,
                        place=place,
                        place_name=name,
                        measure=table,
                        value=value,
                        amount=shown if told else None,
                        sign=None if told else shown,
                    )
                )
    return database


def test_a_new_installation_says_what_will_be_here(resident: Resident) -> None:
    page = resident.open(FIGURES)
    assert page.h1 == "Cổng đã giải quyết được gì"
    assert "Chưa có số liệu" in page.text
    assert json.loads(resident.browser.get(f"{FIGURES}.json").text)["quarters"] == []


@pytest.mark.usefixtures("published")
def test_the_newest_quarter_is_shown_with_its_signs_and_denominators(resident: Resident) -> None:
    words = resident.open(FIGURES).text
    assert "quý 2 năm 2026, từ 01/04/2026 đến hết 30/06/2026" in words
    assert "1.200 vụ việc tiếp nhận" in words
    assert "Trong 40 vụ việc kết thúc trong quý." in words
    assert "Biểu dương 10 25,0%" in words
    assert "Giới thiệu quần chúng ưu tú < 5 –" in words
    assert "Góp ý, phản ánh, kiến nghị * không nêu –" in words
    # Below a number that is not told nothing is told.
    assert words.count("Không nêu, vì có quá ít vụ việc.") == 6


@pytest.mark.usefixtures("published")
def test_places_stand_by_name_and_open_where_there_is_more(resident: Resident) -> None:
    words = resident.open(FIGURES).text
    assert words.index("Đình Lập") < words.index("Phường Đông Kinh")
    ward = resident.open(f"{FIGURES}/{LATEST}/{WARD}")
    assert ward.h1 == "Phường Đông Kinh"
    assert "Biểu dương 7 22,6%" in ward.text
    assert "Nêu gương" not in ward.text


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "address",
    [
        "2026-3",
        "2026-5",
        "2026-02",
        "abc",
        "2026-2-1",
        f"{LATEST}/{SMALL_WARD}",
        f"{LATEST}/99",
        f"{LATEST}/{10**30}",
    ],
)
def test_what_was_not_published_is_not_there(public_client: FlaskClient, address: str) -> None:
    assert public_client.get(f"{FIGURES}/{address}").status_code == 404


@pytest.mark.usefixtures("published")
def test_what_was_taken_back_is_told_with_its_reason_and_without_a_number(
    resident: Resident,
) -> None:
    words = resident.open(f"{FIGURES}/2025-4").text
    assert "Công bố ngày 31/01/2026, rút ngày 01/03/2026." in words
    assert "Đếm thiếu." in words
    assert "1.200" not in words
    assert "nào kết thúc" in resident.open(f"{FIGURES}/2026-1").text


@pytest.mark.usefixtures("published")
def test_the_table_is_read_by_programs_and_carries_nothing_out(public_client: FlaskClient) -> None:
    answer = public_client.get(f"{FIGURES}.csv")
    assert answer.data.startswith("\N{BYTE ORDER MARK}".encode())
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert list(rows[0]) == [entry.name for entry in COLUMNS]
    # Nothing of what was taken back.
    assert {row["quarter"] for row in rows} == {"2026-1", LATEST}
    assert len(rows) == len(PRINTED) + 2
    assert rows[-1]["place_name"] == "'=1+1"
    few = next(row for row in rows if row["place"] == str(SMALL_WARD))
    assert (few["amount"], few["sign"], few["place_name"]) == ("", "few", "Xã Đình Lập")


@pytest.mark.usefixtures("published")
def test_the_same_as_json_says_what_was_taken_back_and_why(public_client: FlaskClient) -> None:
    found = json.loads(public_client.get(f"{FIGURES}.json").text)
    newest, empty, taken_back = found["quarters"]
    assert [place["name"] for place in newest["places"]] == [
        *("Tất cả các nơi", "Phường Đông Kinh", "Xã Đình Lập", "=1+1")
    ]
    assert empty["places"][0]["figures"][0]["amount"] == 0
    assert (taken_back["edition"], taken_back["reason"], taken_back["places"]) == (
        *(2, "Đếm thiếu."),
        [],
    )
    book = json.loads(public_client.get(found["codebook"]).text)
    assert [each["name"] for each in book["columns"]] == [entry.name for entry in COLUMNS]
    for place in newest["places"]:
        for figure in place["figures"]:
            table = next(each for each in book["tables"] if each["table"] == figure["table"])
            assert figure["value"] in table["values"]
    assert {"few", "hidden"} == set(book["signs"])


def test_the_codebook_explains_every_column_and_table(resident: Resident) -> None:
    words = resident.open(f"{FIGURES}/giai-thich").text
    for entry in COLUMNS:
        assert f"{entry.name} {entry.meaning}" in words
    for table in FigureTable:
        assert f"{table.label} {table.value}" in words


def test_a_page_asks_few_things_and_is_asked_for_again_without_its_weight(
    public_client: FlaskClient, published: Database, statements: Watch
) -> None:
    first = public_client.get(FIGURES)
    database = public_client.application.extensions["portal"].database
    with statements(database) as seen:
        again = public_client.get(FIGURES, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert len(seen) == 2
    english = public_client.get(f"{FIGURES}?lang=en")
    assert english.headers["ETag"] != first.headers["ETag"]
    assert "Public figures" in page_of(english).title
