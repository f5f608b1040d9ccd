"""The tables of cases and the lists behind their numbers, on the screen and taken along."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.vocabulary import ReportTable
from tests.conftest import Watch
from tests.moderation.conftest import StaffClient
from tests.moderation.reports.handled import handled_cases
from tests.moderation.views.conftest import Walk
from tests.moderation.views.test_reports import ANSWERED, lines, take, words_of
from tests.moderation.ward import CELL_7, OTHER_WARD, WARD, Ward
from tests.pages import Page, page_of


def links_of(page: Page) -> list[str]:
    """Where a page leads."""
    return [html.unescape(href) for href in re.findall(r'href="([^"]+)"', page.html)]


def cases(browser: FlaskClient, number: int) -> dict[str, list[str]]:
    """What somebody takes along of cases: by unit what came, of which kind, and how far it is."""
    return {row[1]: row[3:9] for row in lines(browser, number, table="casework")}


def test_a_case_counts_where_it_is_handled_for_those_who_see_it(
    walk: Walk, staff_client: StaffClient
) -> None:
    walk(*ANSWERED)
    hoa, vinh = staff_client("hoa"), staff_client("vinh")
    handled = ["1", "1", "0", "1", "1", "1"]
    for browser in (hoa, vinh):
        found = cases(browser, WARD)
        assert [name for name, amounts in found.items() if amounts == handled] == [
            "Đảng bộ phường Đông Kinh",
            "Chi bộ khối 7",
        ]
        assert found["Chi bộ khối 2"] == ["0"] * 6
    paper = words_of(take(hoa, WARD, "pdf", table="casework").data)
    assert "Vụ việc nhận" in paper
    assert paper.count("Chỉ gồm hồ sơ mà tài khoản Lương Thị Hòa (hoa) được xem lúc") >= 2
    assert "T/M" not in paper
    assert "BC/" not in paper
    assert "DỮ LIỆU MẪU" not in paper
    sheet = take(hoa, WARD, "csv", table="casework").data.decode("utf-8-sig")
    assert sheet.count("Không phải số liệu của tổ chức.") == 2


def test_of_a_hidden_case_there_is_no_trace_in_any_sum(
    walk: Walk, staff_client: StaffClient
) -> None:
    places = {"tied": WARD, "wife": CELL_7, "far": OTHER_WARD}
    watchers = {login: staff_client(login) for login in places}
    before = {login: cases(browser, places[login]) for login, browser in watchers.items()}
    walk(*ANSWERED)
    for login, browser in watchers.items():
        assert cases(browser, places[login]) == before[login]


def test_whoever_sees_no_case_reads_no_table_of_cases(ward: Ward, registrar: FlaskClient) -> None:
    assert registrar.get(f"/reports/{WARD}?table=casework").status_code == 422
    token = page_of(registrar.get(f"/reports/{WARD}")).fields["csrf_token"]
    fields = {"csrf_token": token, "table": "casework"}
    assert registrar.post(f"/reports/{WARD}/csv", data=fields).status_code == 404


def test_every_number_leads_to_its_list_and_the_list_to_the_case(
    walk: Walk, staff_client: StaffClient
) -> None:
    course = walk(*ANSWERED)
    for login in ("hoa", "vinh", "thanh"):
        browser = staff_client(login)
        number = CELL_7 if login == "thanh" else WARD
        for table in ("casework", "kinds", "topics", "findings", "handling_stages"):
            page = page_of(browser.get(f"/reports/{number}?table={table}"))
            ways = [href for href in links_of(page) if f"/reports/{number}/list?" in href]
            assert ways
            for way in ways:
                listed = page_of(browser.get(way))
                assert course.reference in listed.text, way
                assert any(href.endswith(f"/{course.number}") for href in links_of(listed)), way


def test_a_list_tells_a_committee_neither_words_nor_the_way_of_arrival(
    walk: Walk, staff_client: StaffClient
) -> None:
    walk(*ANSWERED)
    browser = staff_client("vinh")
    found = browser.get(f"/reports/{WARD}/list?table=casework&column=received").text
    assert "Mấy tháng nay" not in found
    for table, column in (("channels", "web"), ("desk_stages", "screening.ended")):
        assert browser.get(f"/reports/{WARD}?table={table}").status_code == 422
        nothing = browser.get(f"/reports/{WARD}/list?table={table}&column={column}")
        assert nothing.status_code == 404


def test_what_is_no_list_is_answered_like_an_organisation_that_is_not_there(
    ward: Ward, staff_client: StaffClient
) -> None:
    browser = staff_client("vinh")
    nowhere = browser.get("/reports/999/list?table=casework&column=received")
    assert nowhere.status_code == 404
    for address in (
        f"{OTHER_WARD}/list?table=casework&column=received",
        f"{WARD}/list?table=casework&column=none",
        f"{WARD}/list?table=members&column=members",
        f"{WARD}/list?table=casework&column=received&until=31/2/2026",
        f"{WARD}/list",
        f"{2**70}/list?table=casework&column=received",
    ):
        answer = browser.get(f"/reports/{address}")
        assert (answer.status_code, answer.data) == (404, nowhere.data), address


def test_a_list_is_turned_page_by_page_in_as_many_statements_as_one_of_few(
    ward: Ward, staff_app: Flask, staff_client: StaffClient, statements: Watch
) -> None:
    browser, address = staff_client("hoa"), f"/reports/{WARD}/list?table=casework&column=received"
    assert "Không có hồ sơ nào" in browser.get(address).text
    taken = []
    for amount in (4, 60):
        with ward.database.writing() as session:
            handled_cases(session, ward, amount, seed=amount)
        with statements(staff_app.extensions["portal"].database) as seen:
            FlaskClient.get(browser, address + "&since=1/1/2025")
        taken.append(len(seen))
    assert taken[0] == taken[1]
    first = page_of(browser.get(address + "&since=1/1/2025"))
    later = next(href for href in links_of(first) if "at=a" in href)
    second = page_of(browser.get(later))
    assert any("at=b" in href for href in links_of(second))


def test_the_lines_may_be_those_of_a_level_and_the_period_a_usual_one(
    ward: Ward, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        handled_cases(session, ward, 5)
    browser = staff_client("thu")
    page = page_of(browser.get("/reports/1?table=casework&level=cell"))
    for name in ("Chi bộ khối 7", "Chi bộ trường học", "Tháng trước", "Năm trước"):
        assert name in page.text
    assert "Các dòng cùng một cấp." in page.text
    sheet = take(browser, 1, "csv", table="casework", level="cell").data.decode("utf-8-sig")
    assert "Đảng bộ phường Kỳ Lừa" in sheet
    assert "Các dòng cùng một cấp." not in sheet
    last = next(href for href in links_of(page) if "since=01/01/2025" in href.replace("%2F", "/"))
    assert "từ 01/01/2025 đến hết 31/12/2025" in page_of(browser.get(last)).text


@pytest.mark.parametrize("table", [table for table in ReportTable if table.is_of_cases])
def test_a_column_is_drawn_that_was_chosen_and_one_of_another_table_is_no_fault(
    ward: Ward, staff_client: StaffClient, table: ReportTable
) -> None:
    browser = staff_client("hoa")
    assert browser.get(f"/reports/{WARD}?table={table}&drawn=members").status_code == 200
    page = page_of(browser.get(f"/reports/{WARD}?table=casework&drawn=answered"))
    assert page.html.count("Có kết quả") >= 3


def test_every_table_of_cases_is_taken_along(walk: Walk, staff_client: StaffClient) -> None:
    walk(*ANSWERED)
    browser = staff_client("hoa")
    findings = {row[1]: row[3:] for row in lines(browser, WARD, table="findings")}
    assert findings["Chi bộ khối 7"][:3] == ["1", "0", "1"]
    stages = lines(browser, WARD, table="handling_stages")
    assert [row[3:7] for row in stages if row[1] == "Chi bộ khối 7"] == [["1", "1", "0", "0"]]
    for ending in ("xlsx", "pdf"):
        take(browser, WARD, ending, table="desk_stages")
