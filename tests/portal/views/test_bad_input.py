"""Whatever arrives: a clear sentence, and nothing typed is lost."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.db import Database
from portal.models import Submission
from tests.pages import page_of
from tests.portal.residents import ABOUT, FORM, TRACK, WHAT, Resident

INVISIBLE = "\u200b\u2060 \u00a0\u00ad\n\t\u200e"


@pytest.mark.parametrize("empty", ["", "   ", "\n\n", INVISIBLE, "\x00\x07", "\u3164\u2800"])
@pytest.mark.parametrize(
    ("name", "sentence"),
    [("about", "Viết tên, chức vụ"), ("what", "Viết thêm một chút")],
)
def test_an_answer_of_nothing_visible_is_asked_for(
    resident: Resident, name: str, sentence: str, empty: str
) -> None:
    other = {"about": "what", "what": "about"}[name]
    page = resident.write(**{"about": ABOUT, "what": WHAT} | {name: empty})
    assert resident.answer.status_code == 422
    assert sentence in page.text
    assert page.title.startswith("Lỗi:")
    assert page.fields[other] == {"about": ABOUT, "what": WHAT}[other]
    assert f'href="#{name}"' in resident.answer.text


@pytest.mark.parametrize("typed", [".", "!?…", "\u0301", "👍", "❤️", "- - -", "©®", "1️⃣"])
@pytest.mark.parametrize(
    ("name", "sentence"), [("about", "Viết bằng chữ tên"), ("what", "Viết vài chữ")]
)
def test_signs_without_a_word_are_asked_for_in_words(
    resident: Resident, name: str, sentence: str, typed: str
) -> None:
    page = resident.write(**{name: typed})
    assert resident.answer.status_code == 422
    assert sentence in page.text
    assert page.fields[name] == typed.replace("\ufe0f", "")


def test_a_number_alone_is_nobody(resident: Resident) -> None:
    assert "Viết bằng chữ tên" in resident.write(about="15").text


@pytest.mark.parametrize(
    ("about", "what"),
    [
        ("Bí thư", "Cảm ơn ông Hùng"),
        ("Ô", "Tốt"),
        ("anh Ấn", "cam on anh"),
        ("Ông A", "Tốt lắm 👍"),
        ("Y Ê", "113"),
    ],
)
def test_a_short_comment_is_a_comment(resident: Resident, about: str, what: str) -> None:
    assert resident.write(about, what).h1 == "Xem lại trước khi gửi"


@pytest.mark.parametrize(("name", "most"), [("about", 300), ("what", 5000), ("hope", 1000)])
def test_length_is_counted_in_letters_after_cleaning(
    resident: Resident, name: str, most: int
) -> None:
    # Typed in pieces, with two marks on each letter, it is three times as long.
    just_enough = "e\u0302\u0323" * most
    assert resident.write(**{name: just_enough}).h1 == "Xem lại trước khi gửi"
    assert len(resident.page.fields[name]) == most
    page = resident.write(**{name: "ệ" * (most + 1)})
    assert resident.answer.status_code == 422
    assert "Xin viết ngắn lại" in page.text
    assert len(page.fields[name]) == most + 1


@pytest.mark.parametrize("letter", ["a", "ệ"])
def test_a_field_of_a_megabyte_comes_back_with_a_sentence(resident: Resident, letter: str) -> None:
    huge = letter * (1_000_000 // len(letter.encode()))
    page = resident.write(what=huge)
    assert resident.answer.status_code == 422
    assert "Xin viết ngắn lại" in page.text
    assert page.fields["what"] == huge
    assert page.fields["about"] == ABOUT


def test_more_than_the_body_limit_gets_a_page_that_says_what_to_do(resident: Resident) -> None:
    answer = resident.browser.post(FORM, data={"what": "a" * 5_000_000})
    assert answer.status_code == 413
    assert page_of(answer).h1 == "Nội dung gửi lên quá dài"


def test_thousands_of_fields_get_a_page(public_client: FlaskClient) -> None:
    answer = public_client.post(
        FORM, data="a=1&" * 5000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert page_of(answer).h1


def test_broken_bytes_are_pointed_at_and_the_rest_is_kept(resident: Resident) -> None:
    token = resident.open(FORM).fields["csrf_token"]
    body = f"csrf_token={token}&step=preview&about=B%C3%A1ch&what=xin%20ch%E1o%20b%E0".encode()
    answer = resident.browser.post(
        FORM, data=body, content_type="application/x-www-form-urlencoded"
    )
    page = page_of(answer)
    assert answer.status_code == 422
    assert "Có chữ bị hỏng" in page.text
    assert page.fields["about"] == "Bách"
    assert page.fields["what"].startswith("xin ch")


def test_bytes_that_are_no_text_at_all_get_a_page(public_client: FlaskClient) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "a/b", ""):
        answer = public_client.post(FORM, data=b"\xff\xfe\x00what=\xe1", content_type=kind)
        assert answer.status_code == 400
        assert page_of(answer).h1 == "Gửi ý kiến"


def test_control_characters_are_left_out_and_words_stay(resident: Resident) -> None:
    page = resident.write(what="Việc\x00 này\x1b[31m \u202eđỏ\u202c")
    assert resident.answer.status_code == 200
    assert page.fields["what"] == "Việc này[31m đỏ"


@pytest.mark.parametrize("name", ["about", "what", "place"])
@pytest.mark.parametrize("old", ["§«ng BÕ thÞ Sao ®i häp", "Ñoâng Beá thò Sao ñi hoïp ôû ñaây"])
def test_text_in_an_old_font_is_asked_to_be_typed_anew(
    resident: Resident, name: str, old: str
) -> None:
    page = resident.write(**{name: old})
    assert resident.answer.status_code == 422
    assert "phông cũ" in page.text
    assert page.fields[name] == old


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("24/11/2026", "Ngày này chưa tới"),
        ("12/2026", "Ngày này chưa tới"),
        ("2027", "Ngày này chưa tới"),
        ("1890", "từ năm 1945"),
        ("31/12/1944", "từ năm 1945"),
        ("30/02/2026", "Lịch không có ngày này"),
        ("9/23/2026", "Lịch không có ngày này"),
        ("0/0/2026", "Lịch không có ngày này"),
    ],
)
def test_a_date_that_cannot_be_gets_a_sentence(
    resident: Resident, typed: str, sentence: str
) -> None:
    page = resident.write(when=typed)
    assert resident.answer.status_code == 422
    assert sentence in page.text
    assert page.fields["when"] == typed
    assert "<details" in resident.answer.text
    assert " open>" in resident.answer.text


@pytest.mark.parametrize(
    "typed",
    ["23/11/2026", "9/2026", "2026", "1/1/1945", "tháng 9/2026", "khoảng đầu tháng", "hôm qua"],
)
def test_a_date_that_has_been_is_taken(resident: Resident, typed: str) -> None:
    assert resident.write(when=typed).fields["when"] == typed
    assert resident.answer.status_code == 200


def test_errors_are_summarised_at_the_top_linked_and_tied_to_their_fields(
    resident: Resident,
) -> None:
    resident.write(about="", what="", when="1890")
    html = resident.answer.text
    assert 'id="errors" role="alert"' in html
    assert html.index('id="errors"') < html.index("<h1")
    for name in ("about", "what", "when"):
        assert f'href="#{name}"' in html
        assert f'id="{name}-e"' in html


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
@pytest.mark.parametrize("address", ["/", FORM, TRACK, "/huong-dan", "/rieng-tu", "/thoat"])
def test_a_method_that_is_not_allowed_gets_a_page(
    public_client: FlaskClient, method: str, address: str
) -> None:
    answer = public_client.open(address, method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"]
    assert page_of(answer).h1 == "Trang này không mở theo cách đó được"


@pytest.mark.parametrize("address", ["/", "/huong-dan", "/rieng-tu", "/thoat", "/healthz"])
def test_a_post_to_a_page_that_takes_none_gets_a_page(
    public_client: FlaskClient, address: str
) -> None:
    assert public_client.post(address, data={"a": "b"}).status_code == 405


def test_nothing_of_all_this_reaches_the_database(resident: Resident, database: Database) -> None:
    resident.write(about="")
    resident.press("send", consent="y")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 0
