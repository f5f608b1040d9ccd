"""The pages of search: what was typed, what was found, and what is never left of either."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from moderation.searching.addresses import from_address, to_address
from moderation.searching.asking import PER_PAGE
from portal.models import JournalEntry
from portal.vault import new_key
from portal.words import Words
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.walking import set_out
from tests.moderation.ward import COMMISSION, Ward
from tests.pages import page_of

WORDS = Words(
    about="Ông Lý Đức, tổ trưởng <i>khối 7</i>",
    what="Vật liệu để lấn hết vỉa hè. Số máy 0912 345 678.",
)


@pytest.fixture
def browser(ward: Ward, staff_client: StaffClient) -> FlaskClient:
    """A moderator's browser, and one letter to be found."""
    set_out(ward, WORDS).until(Course.prepare)
    return staff_client("hoa")


def ask(browser: FlaskClient, typed: str, start: str = "/desk/") -> str:
    """Type something into the field above a list; return the address that the browser goes to."""
    token = page_of(browser.get(start)).fields["csrf_token"]
    answer = browser.post(f"{start}search", data={"csrf_token": token, "words": typed})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def seen(html: str) -> str:
    """The text of the main part of a page."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", "", main).split())


def way(html: str, rel: str) -> str:
    """The address of the neighbouring page."""
    found = re.search(rf'<a href="([^"]*)" rel="{rel}"', html)
    assert found is not None
    return unescape(found[1])


def test_what_was_found_is_shown_masked_with_the_words_marked(browser: FlaskClient) -> None:
    page = browser.get(ask(browser, "ly duc"))
    assert '<mark class="hit">Lý Đức</mark>' in page.text
    assert "</mark>, tổ trưởng &lt;i&gt;khối 7&lt;/i&gt;</span>" in page.text
    assert "Góp ý về: Ông Lý Đức, tổ trưởng" in seen(page.text)
    assert "0912" not in page.text
    assert 'value="ly duc"' in page.text
    assert "PA-2026-000001" in page.text


def test_no_word_lies_in_an_address_and_no_page_is_kept(browser: FlaskClient) -> None:
    address = ask(browser, "Lý Đức")
    for part in ("Lý", "Đức", "ly", "duc"):
        assert part not in unquote(address).replace("/desk/search", "")
    assert ask(browser, "Lý Đức") != address
    answer = browser.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_an_address_is_for_one_account_alone(
    ward: Ward, browser: FlaskClient, staff_client: StaffClient
) -> None:
    address = ask(browser, "ly duc")
    other = staff_client("lam").get(address)
    assert "PA-2026" not in other.text
    assert "ly duc" not in other.text
    assert "Tìm mọi điều đồng chí được đọc" in other.text


@pytest.mark.parametrize("forged", ["", "x", "%00", "AAAA", "é", "a" * 3000, "A-_9=="])
def test_a_forged_address_asks_nothing(browser: FlaskClient, forged: str) -> None:
    answer = browser.get(f"/desk/search?s={forged}&at=a1")
    assert answer.status_code == 200
    assert "Tìm mọi điều đồng chí được đọc" in answer.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Xin gõ ít nhất một chữ hoặc một số."),
        ("“ … ” * ^", "Xin gõ ít nhất một chữ hoặc một số."),
        ("hè " * 25, "Chỗ này nhiều chữ quá. Xin gõ nhiều nhất 24 tiếng."),
        ("hè" * 200, "Xin viết ngắn lại, nhiều nhất 200 ký tự."),
    ],
)
def test_what_cannot_be_looked_for_is_told_and_kept(
    browser: FlaskClient, typed: str, sentence: str
) -> None:
    token = page_of(browser.get("/desk/")).fields["csrf_token"]
    answer = browser.post("/desk/search", data={"csrf_token": token, "words": typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<title>Lỗi:" in answer.text


def test_a_syllable_alone_is_said_to_be_looked_for_in_names(browser: FlaskClient) -> None:
    found, nothing = browser.get(ask(browser, "Đức")), browser.get(ask(browser, "liệu"))
    assert "Tiếng đứng một mình chỉ được tìm trong tên người và tên nơi: duc." in found.text
    assert "PA-2026-000001" in found.text
    assert "Không tìm thấy hồ sơ nào" in nothing.text


@pytest.mark.parametrize("typed", ["PA-2026-000001", "2026-1", "1"])
def test_a_number_goes_to_the_list_that_finds_cases_by_it(browser: FlaskClient, typed: str) -> None:
    address = ask(browser, typed)
    assert address == "/desk/?q=PA-2026-000001"
    assert "Vật liệu để lấn" in browser.get(address).text


def test_the_very_diacritics_come_first_under_their_own_heading(
    ward: Ward, browser: FlaskClient
) -> None:
    set_out(ward, Words(about="Ông Lý Đực", what="Họp khối chưa đúng giờ.")).until(Course.prepare)
    page = seen(browser.get(ask(browser, "Lý Đức")).text)
    assert page.index("Đúng cả dấu") < page.index("000001") < page.index("Chỉ đúng khi bỏ dấu")
    assert page.index("Chỉ đúng khi bỏ dấu") < page.index("000002")
    assert "Đúng cả dấu" not in browser.get(ask(browser, "ly duc")).text


def test_a_page_leads_to_the_next_one_and_back(ward: Ward, browser: FlaskClient) -> None:
    for _letter in range(PER_PAGE):
        set_out(ward, WORDS).until(Course.prepare)
    first = browser.get(ask(browser, "vỉa hè"))
    second = browser.get(way(first.text, "next"))
    assert seen(first.text).count("PA-2026-") == PER_PAGE
    assert seen(second.text).count("PA-2026-") == 1
    assert seen(browser.get(way(second.text, "prev")).text) == seen(first.text)


def test_only_who_may_search_is_offered_to(ward: Ward, staff_client: StaffClient) -> None:
    offered = {
        login: "Từ cần tìm trong hồ sơ" in staff_client(login).get(start).text
        for login, start in (
            *(("hoa", "/desk/"), ("both", "/desk/"), ("ky", "/committee/")),
            *(("thanh", "/committee/"), ("vinh", "/committee/")),
        )
    }
    assert offered == {"hoa": True, "both": True, "ky": True, "thanh": False, "vinh": False}
    for login in ("thanh", "vinh", "province"):
        assert staff_client(login).get("/committee/search").status_code == 404


def test_a_commission_searches_what_it_reads(ward: Ward, staff_client: StaffClient) -> None:
    walk = set_out(ward, WORDS, fears_retaliation=True)
    walk.handler, walk.handled_by = COMMISSION, "ky"
    walk.until(Course.route)
    browser = staff_client("ky")
    page = browser.get(ask(browser, "vật liệu", "/committee/"))
    assert "Bản chuyển đi: Có ý kiến về" in page.text
    assert f'href="/committee/{walk.number}"' in page.text
    assert "Không tìm thấy hồ sơ nào" in browser.get(ask(browser, "lấn hết", "/committee/")).text


def test_what_is_looked_for_is_written_down_nowhere(
    ward: Ward, browser: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with ward.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(JournalEntry))
    address = ask(browser, "Lý Đức vỉa hè")
    browser.get(address)
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == before
    assert "vỉa" not in caplog.text


def test_a_text_that_does_not_open_is_said_to_and_leaves_the_others(
    ward: Ward, browser: FlaskClient
) -> None:
    set_out(ward, WORDS).until(Course.prepare)
    with ward.database.writing() as session:
        session.execute(text("UPDATE search_entry SET sheet = x'00' WHERE case_id = 20260000001"))
    page = seen(browser.get(ask(browser, "vỉa hè")).text)
    assert page.count("PA-2026-") == 2
    assert "Không mở được nội dung" in page


@given(typed=st.text(max_size=120), account=st.integers(1, 2**40))
def test_what_was_typed_comes_back_from_its_address(typed: str, account: int) -> None:
    typed = typed.strip()
    key = new_key()
    try:
        sealed = to_address(key, account_id=account, typed=typed)
    except UnicodeEncodeError:
        return
    assert re.fullmatch(r"[\w-]+", sealed, re.ASCII)
    assert from_address(key, account_id=account, sealed=sealed) == typed.rstrip(" ")
    assert from_address(key, account_id=account + 1, sealed=sealed) == ""
    assert from_address(new_key(), account_id=account, sealed=sealed) == ""
