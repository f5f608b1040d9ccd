"""The moderators' desk over HTTP."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from portal.models import Account, Case
from portal.vocabulary import Kind, Status, Topic
from tests.conftest import Watch
from tests.moderation.conftest import MakeCase, StaffClient
from tests.moderation.ward import CELL_7, OTHER_WARD, WARD, Ward
from tests.pages import page_of

S = Status
LISTS = (
    *("todo", "mine", "confirm", "publish", "waiting", "added", "left", "overdue"),
    *("handling", "answered", "review", "done"),
)


def _titles(html: str) -> list[str]:
    return re.findall(r'<a class="ti" href="[^"]*">([^<]*)</a>', html)


def _counts(html: str) -> dict[str, int]:
    found = re.findall(r'list=(\w+)"[^>]*>[^<]*<span class="num">([\d.]+)</span>', html)
    return {name: int(number.replace(".", "")) for name, number in found}


def test_an_empty_desk_says_what_will_appear_there(staff_client: StaffClient) -> None:
    page = page_of(staff_client("hoa").get("/desk/"))
    assert page.h1 == "Cần xem"
    assert page.title.startswith("Cần xem")
    assert "Thư mới sẽ hiện ở đây." in page.text


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_by_its_own_address(staff_client: StaffClient, name: str) -> None:
    response = staff_client("hoa").get(f"/desk/?list={name}")
    assert response.status_code == 200
    assert f'list={name}" aria-current="true"' in response.text


def test_cases_stand_under_how_near_their_deadline_is(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        for title, hours in (("Sau", 60), ("Hôm nay", 4), ("Quá hạn", -60)):
            make_case(session, title=title, due_at=ward.at + timedelta(hours=hours))
    response = staff_client("hoa").get("/desk/")
    page = page_of(response)
    assert _titles(response.text) == ["Quá hạn", "Hôm nay", "Sau"]
    for words in ("Quá hạn · 1", "Hết hạn hôm nay · 1", "Còn thời gian · 1"):
        assert words in page.text
    for words in ("Quá 1 ngày làm việc", "Còn 4 giờ", "Còn 2 ngày làm việc", "14:00, 23/11"):
        assert words in page.text


def test_a_line_says_status_kind_place_and_who_has_it(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        make_case(session, kind=Kind.REPORT, unit_id=WARD)
        make_case(session, status=S.SCREENING, claimant_id=ward.accounts["hoa"])
        make_case(session, status=S.SCREENING, claimant_id=ward.accounts["lam"])
        make_case(session, status=S.IN_PROGRESS, handler=CELL_7)
    client = staff_client("hoa")
    todo = page_of(client.get("/desk/")).text
    for words in (
        *("Đã tiếp nhận", "Phản ánh", "Đảng bộ phường Đông Kinh", "Chưa ai giữ"),
        *("Tôi đang giữ", "Đ/c Chu Văn Lâm", "Chưa phân loại", "PA-2026-000001"),
    ):
        assert words in todo
    assert "Chi bộ khối 7" in page_of(client.get("/desk/?list=handling")).text


def test_a_proposal_is_shown_to_its_proposer_and_to_the_second_person(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        make_case(session, status=S.SCREENING, proposal="verify", proposer_id=ward.accounts["hoa"])
    assert "Chờ người thứ hai" in page_of(staff_client("hoa").get("/desk/")).text
    other = staff_client("lam").get("/desk/?list=confirm")
    assert "Chờ xác nhận" in page_of(other).text
    assert _counts(other.text)["confirm"] == 1


def test_the_numbers_beside_the_lists_are_the_lengths_of_the_lists(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        for status in S:
            make_case(session, status=status, handler=CELL_7, due_at=ward.at)
    ward.later(hours=1)
    client = staff_client("hoa")
    counts = _counts(client.get("/desk/").text)
    assert set(counts) == set(LISTS)
    for name in LISTS:
        assert len(_titles(client.get(f"/desk/?list={name}").text)) == counts[name], name


def test_whoever_is_excluded_finds_no_trace_of_a_case(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    """Everything that "tied" can ask for reads as if the case had never arrived."""
    addresses = [f"/desk/?list={name}" for name in LISTS] + ["/desk/?q=1", "/desk/?q=2"]
    client = staff_client("tied")
    before = [client.get(address).text for address in addresses]
    with ward.database.writing() as session:
        make_case(session, subjects=["bach"], due_at=ward.at - timedelta(hours=1))
    after = [client.get(address).text for address in addresses]
    token = re.compile(r'name="csrf_token" value="[^"]*"')
    assert [token.sub("", text) for text in before] == [token.sub("", text) for text in after]
    assert "PA-2026-000001" in staff_client("hoa").get("/desk/?q=1").text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=praise", ["Khen"]),
        ("topic=family", ["Gia đình"]),
        (f"unit={OTHER_WARD}", ["Nơi khác"]),
        ("status=screening", ["Đang giữ"]),
        ("holder=me", ["Đang giữ"]),
        ("holder=nobody", ["Quá hạn", "Khen", "Gia đình", "Nơi khác"]),
        ("list=overdue&kind=report", ["Quá hạn"]),
        ("list=overdue&kind=praise", []),
        ("q=PA-2026-000002", ["Gia đình"]),
        ("q=3", ["Nơi khác"]),
        ("list=done&q=3", ["Nơi khác"]),
    ],
)
def test_the_desk_can_be_narrowed(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient, query: str, expected: list[str]
) -> None:
    with ward.database.writing() as session:
        soon = ward.at + timedelta(hours=30)
        hoa = ward.accounts["hoa"]
        make_case(session, title="Khen", kind=Kind.PRAISE, due_at=soon)
        make_case(session, title="Gia đình", topic=Topic.FAMILY, due_at=soon)
        make_case(session, title="Nơi khác", unit_id=OTHER_WARD, due_at=soon)
        make_case(session, title="Đang giữ", status=S.SCREENING, claimant_id=hoa, due_at=soon)
        make_case(session, title="Quá hạn", kind=Kind.REPORT, due_at=ward.at - timedelta(hours=1))
    response = staff_client("hoa").get(f"/desk/?{query}")
    assert _titles(response.text) == expected
    assert "Bỏ lọc" in page_of(response).text


@pytest.mark.parametrize(
    "query",
    [
        *("kind=xyz", "status=answered", "topic=../..", "unit=abc", "unit=999999999999999999999"),
        *("holder=you", "list=xyz", "at=forged", "at=a1-1'", "list=todo&list=done"),
        *("kind=praise%00", "status=%ff%fe", "unit=-1", "at=" + "9" * 2000),
    ],
)
def test_a_forged_filter_or_cursor_narrows_nothing(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient, query: str
) -> None:
    with ward.database.writing() as session:
        make_case(session, title="Có mặt", due_at=ward.at)
    response = staff_client("hoa").get(f"/desk/?{query}")
    assert response.status_code == 200
    assert _titles(response.text) == ["Có mặt"]


@pytest.mark.parametrize("typed", ["vỉa hè", "PA-", "x" * 5_000, "12345678901234567890"])
def test_what_is_no_reference_number_is_answered_with_how_one_looks(
    staff_client: StaffClient, typed: str
) -> None:
    page = page_of(staff_client("hoa").get("/desk/", query_string={"q": typed}))
    assert "Số hồ sơ có dạng PA-2026-004217." in page.text


def test_pages_are_walked_by_their_links_with_the_filter_kept(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        for number in range(65):
            make_case(
                session,
                title=f"Việc {number}",
                kind=Kind.REPORT,
                due_at=ward.at + timedelta(minutes=number),
            )
        make_case(session, title="Loại khác", kind=Kind.PRAISE, due_at=ward.at)
    client, address, walked, pages = staff_client("hoa"), "/desk/?kind=report", [], 0
    while address:
        html = client.get(address).text
        walked += _titles(html)
        pages += 1
        found = re.search(r'href="([^"]*)" rel="next"', html)
        address = found[1].replace("&amp;", "&") if found else ""
    assert walked == [f"Việc {number}" for number in range(65)]
    assert pages == 3
    assert 'rel="prev"' in html


def test_the_desk_takes_the_same_few_statements_at_five_cases_and_at_sixty(
    ward: Ward,
    staff_app: Flask,
    make_case: MakeCase,
    staff_client: StaffClient,
    statements: Watch,
) -> None:
    client, taken = staff_client("hoa"), []
    client.get("/desk/")
    for amount in (5, 55):
        with ward.database.writing() as session:
            for _ in range(amount):
                make_case(session, due_at=ward.at)
        with statements(staff_app.extensions["portal"].database) as seen:
            client.get("/desk/")
        taken.append([words for words in seen if not words.startswith(("BEGIN", "COMMIT"))])
    assert len(taken[0]) == len(taken[1]) <= 12
    assert not [words for page in taken for words in page if not words.startswith("SELECT")]


def test_a_line_leads_to_its_case(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        make_case(session)
    client = staff_client("hoa")
    found = re.search(r'class="ti" href="([^"]*)"', client.get("/desk/").text)
    assert found is not None
    assert client.get(found[1]).status_code == 200


def test_what_somebody_wrote_in_a_title_stays_words(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        make_case(session, title="<script>alert(1)</script>")
        session.get_one(Account, ward.accounts["lam"]).name = "<b>Lâm</b>"
        make_case(session, status=S.SCREENING, claimant_id=ward.accounts["lam"])
    text = staff_client("hoa").get("/desk/").text
    assert "<script>alert" not in text
    assert "<b>Lâm" not in text


def test_the_desk_writes_nothing(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        case_id = make_case(session).id
        version = session.get_one(Case, case_id).version
    staff_client("hoa").get("/desk/")
    with ward.database.reading() as session:
        assert session.get_one(Case, case_id).version == version


def test_a_list_is_narrowed_as_it_was_the_last_time_for_its_person_alone(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        make_case(session, title="Đã nhận")
        make_case(session, title="Đang xem", status=Status.SCREENING)
    hoa, lam = staff_client("hoa"), staff_client("lam")
    fields = page_of(hoa.get("/desk/")).fields
    asked = {"csrf_token": fields["csrf_token"], "list": "todo", "status": "received", "kind": "x"}
    answer = hoa.post("/desk/filter", data=asked)
    assert answer.headers["Location"] == "/desk/?list=todo&status=received"
    again = page_of(hoa.get("/desk/"))
    assert "Đang lọc" in again.text
    assert "Đang xem Đang" not in again.text
    assert "Đang xem" not in " ".join(text for _tag, text in again.headings)
    assert "Đang lọc" not in page_of(lam.get("/desk/")).text
    assert "Đang lọc" not in page_of(hoa.get("/desk/?list=mine")).text
    number = hoa.post("/desk/filter", data=asked | {"q": "17"})
    assert "q=17" in number.headers["Location"]
    assert "Đang lọc" in page_of(hoa.get("/desk/?list=todo")).text
    hoa.post("/desk/filter", data=asked | {"clear": "1"})
    assert "Đang lọc" not in page_of(hoa.get("/desk/")).text
