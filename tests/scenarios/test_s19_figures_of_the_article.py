"""S-19: the figures of the founding article stand as they were told, and are added to nothing."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.disclosing.publishing import publish_due
from portal.models import Organisation, Succession
from portal.text import fold
from portal.vocabulary import OrganisationKind, Role
from tests.moderation.ward import PROVINCE, WARD, Ward
from tests.pages import Page, page_of
from tests.scenarios.town import Town

OLD_WARD = 901
SOURCE = "Báo Lạng Sơn, 14/11/2019"
#: The fixture of DOMAIN 3.7, column by column; what the article does not tell is left empty.
ARTICLE = (
    {
        "place": str(OLD_WARD),
        "since": "1/1/2019",
        "until": "31/12/2019",
        "members": "832",
        "removed": "5",
        "left": "3",
        "source": SOURCE,
        "note": "Bài báo ghi “cho ra khỏi Đảng”, không ghi khai trừ.",
    },
    {
        "place": str(PROVINCE),
        "since": "1/1/2019",
        "until": "30/11/2019",
        "violations": "708",
        "removed": "102",
        "unstated": "606",
        "source": SOURCE,
    },
)


@pytest.fixture
def registrar(town: Town) -> FlaskClient:
    """The registrar of the province, in a province whose wards were others until 2025."""
    _look_back(town.ward)
    town.enrol("registrar", Role.REGISTRAR, PROVINCE)
    town.later(minutes=2)
    return town.browser("registrar")


def test_the_figures_of_the_article_are_printed_as_it_tells_them(
    town: Town, registrar: FlaskClient
) -> None:
    for line in ARTICLE:
        assert _enter(registrar, line).status_code == 302
    ward, province = _cards(page_of(registrar.get("/reports/reported/")))

    assert "(cũ, đến 30/6/2025)" in ward
    assert "832" in ward
    assert "5 0,60% trên tổng số đảng viên" in ward
    assert "3 0,36% trên tổng số đảng viên" in ward
    assert "Khai trừ –" in ward
    assert SOURCE in ward

    assert "(cũ" not in province
    assert "Có vi phạm 708" in province
    assert "102 14,4% trên số có vi phạm" in province
    assert "Không nêu cách xử lý 606" in province
    assert "Tổng số đảng viên –" in province

    # The ward's five may be among the hundred and two: nobody adds them, and no table counts them.
    everything = registrar.get("/reports/reported/").text
    assert "107" not in everything
    assert "840" not in everything
    table = page_of(registrar.get(f"/reports/{PROVINCE}?since=1/1/2019&until=31/12/2026"))
    assert "832" not in table.text
    assert "708" not in table.text


def test_the_ward_of_today_reads_what_was_told_of_the_one_before(
    town: Town, registrar: FlaskClient
) -> None:
    for line in ARTICLE:
        _enter(registrar, line)
    page = page_of(town.browser("vinh").get("/reports/reported/"))
    assert "(cũ, đến 30/6/2025)" in page.text
    assert "708" not in page.text
    assert "Nhập số liệu" not in page.text


def test_where_everybody_may_read_a_small_count_is_not_printed(town: Town) -> None:
    for _letter in range(3):
        town.send().do("withdraw")
    town.work()
    anybody = town.resident()
    # Until the quarter is over, and may be contested no more, nothing is told of it.
    town.later(days=68)
    _night(town)
    assert "Chưa có số liệu" in anybody.open("/so-lieu").text
    town.later(days=1)
    _night(town)
    words = anybody.open("/so-lieu").text
    assert "Số liệu quý 4 năm 2026" in words
    assert "< 5 vụ việc kết thúc trong quý" in words
    # Neither a place nor a way to end is told of so few, and a cell never is.
    assert "Đông Kinh" not in words
    assert "Người gửi đã rút" not in words
    assert "khối 7" not in anybody.browser.get("/so-lieu.json").text


def _night(town: Town) -> None:
    """What the worker does at the beginning of a day."""
    publish_due(town.ward.database, town.ward.worker_ring, at=town.ward.at)


def _look_back(ward: Ward) -> None:
    """Let the ward have been another one until 2025."""
    with ward.database.writing() as session:
        session.add(
            Organisation(
                id=OLD_WARD,
                kind=OrganisationKind.GRASSROOTS_COMMITTEE,
                name="Đảng bộ phường Đông Kinh",
                short_name="Phường Đông Kinh (cũ)",
                folded=fold("Đảng bộ phường Đông Kinh"),
                parent_id=PROVINCE,
                path=f"{PROVINCE}.{OLD_WARD}.",
                valid_from=date(2000, 1, 1),
                valid_to=date(2025, 6, 30),
            )
        )
        session.flush()
        session.add(Succession(old_id=OLD_WARD, new_id=WARD))


def _enter(browser: FlaskClient, line: dict[str, str]) -> TestResponse:
    """Copy one line of the article into the form."""
    token = page_of(browser.get("/reports/reported/new")).fields["csrf_token"]
    return browser.post("/reports/reported/new", data={"csrf_token": token, **line})


def _cards(page: Page) -> list[str]:
    """The text of each line, in the order of the page, with single spaces."""
    text = " ".join(page.text.split())
    _before, *cards = text.split("Đảng bộ ")
    return [card for card in cards if "Nguồn:" in card]
