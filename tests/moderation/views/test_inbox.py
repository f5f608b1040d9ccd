"""The inbox of a committee over HTTP."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from portal.models import CasePart
from portal.models.case import Part
from portal.vocabulary import Sentiment, Status
from tests.conftest import Watch
from tests.moderation.conftest import MakeCase, StaffClient
from tests.moderation.ward import CELL_2, CELL_7, COMMISSION, Ward
from tests.pages import page_of

S = Status
LISTS = ("open", "todo", "working", "overdue", "praise", "reported", "done")


def _titles(html: str) -> list[str]:
    return re.findall(r'<a class="ti" href="[^"]*">([^<]*)</a>', html)


def test_an_empty_inbox_says_what_will_appear_there(staff_client: StaffClient) -> None:
    page = page_of(staff_client("thanh").get("/committee/"))
    assert page.h1 == "Đang mở"
    assert "Chi bộ khối 7" in [text.strip() for tag, text in page.headings if tag == "h2"]
    assert "Việc được chuyển đến sẽ hiện ở đây" in page.text


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_by_its_own_address(staff_client: StaffClient, name: str) -> None:
    response = staff_client("thanh").get(f"/committee/?list={name}")
    assert f'list={name}" aria-current="true"' in response.text


def test_cases_stand_under_what_the_committee_has_to_do_next(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        late, soon = ward.at - timedelta(days=3), ward.at + timedelta(days=3)
        for title, status, due, sentiment in (
            ("Đang làm", S.IN_PROGRESS, soon, None),
            ("Mới chuyển", S.ROUTED, soon, None),
            ("Lời khen", S.ROUTED, soon, Sentiment.PRAISE),
            ("Trễ", S.IN_PROGRESS, late, None),
        ):
            make_case(
                session,
                status=status,
                handler=CELL_7,
                shown=title,
                due_at=due,
                sentiment=sentiment,
            )
    response = staff_client("thanh").get("/committee/")
    page = page_of(response)
    assert _titles(response.text) == ["Trễ", "Mới chuyển", "Đang làm", "Lời khen"]
    for words in ("Quá hạn · 1", "Cần nhận · 1", "Lời khen, lời giới thiệu cần ghi nhận · 1"):
        assert words in page.text


def test_a_committee_never_reads_the_words_of_the_writer(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        make_case(
            session, status=S.ROUTED, handler=CELL_7, title="Nguyên văn", shown="Lời viết lại"
        )
    text = staff_client("thanh").get("/committee/").text
    assert "Lời viết lại" in text
    assert "Nguyên văn" not in text


def test_who_accepted_a_case_is_named(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        case = make_case(session, status=S.IN_PROGRESS, handler=CELL_7)
        part = {"case_id": case.id, "account_id": ward.accounts["thanh"], "part": Part.HANDLER}
        session.execute(insert(CasePart).values(part))
    assert "Tôi đang giữ" in page_of(staff_client("thanh").get("/committee/")).text
    assert "Đ/c Vi Văn Thành" in page_of(staff_client("both").get("/committee/")).text


def test_a_committee_sees_its_own_cases_and_its_ward_sees_those_below(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        make_case(session, status=S.ROUTED, handler=CELL_7, shown="Khối 7")
        make_case(session, status=S.ROUTED, handler=CELL_2, shown="Khối 2")
        make_case(session, status=S.ROUTED, handler=COMMISSION, restricted=True, shown="Kín")
    assert _titles(staff_client("thanh").get("/committee/").text) == ["Khối 7"]
    assert _titles(staff_client("ky").get("/committee/").text) == ["Kín"]
    above = staff_client("vinh").get("/committee/")
    assert sorted(_titles(above.text)) == ["Khối 2", "Khối 7"]
    assert "Chi bộ khối 2" in page_of(above).text
    assert "Cấp dưới đang giải quyết" in page_of(above).text
    assert "Cấp dưới" not in page_of(staff_client("thanh").get("/committee/")).text


def test_nothing_about_the_committee_itself_leaves_a_trace_there(
    ward: Ward, make_case: MakeCase, staff_client: StaffClient
) -> None:
    addresses = [f"/committee/?list={name}" for name in LISTS] + ["/committee/?q=1"]
    client = staff_client("thanh")
    before = [client.get(address).text for address in addresses]
    with ward.database.writing() as session:
        make_case(session, status=S.ROUTED, handler=CELL_7, subjects=["thanh"])
    after = [client.get(address).text for address in addresses]
    token = re.compile(r'name="csrf_token" value="[^"]*"')
    assert [token.sub("", text) for text in before] == [token.sub("", text) for text in after]
    assert _titles(staff_client("both").get("/committee/").text)


def test_the_inbox_takes_the_same_few_statements_at_five_cases_and_at_sixty(
    ward: Ward,
    staff_app: Flask,
    make_case: MakeCase,
    staff_client: StaffClient,
    statements: Watch,
) -> None:
    client, taken = staff_client("thanh"), []
    client.get("/committee/")
    for amount in (5, 55):
        with ward.database.writing() as session:
            for _ in range(amount):
                make_case(session, status=S.ROUTED, handler=CELL_7, due_at=ward.at)
        with statements(staff_app.extensions["portal"].database) as seen:
            client.get("/committee/")
        taken.append(len([words for words in seen if words.startswith("SELECT")]))
    assert taken[0] == taken[1] <= 13
