"""Languages: chosen without a redirect, remembered for the visit, never a dead end."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.i18n import OwnWords, lang_url
from tests.pages import page_of


def test_vietnamese_is_the_language_of_a_first_visit(public_client: FlaskClient) -> None:
    assert page_of(public_client.get("/")).lang == "vi"


def test_a_choice_holds_for_this_page_and_the_next(public_client: FlaskClient) -> None:
    answer = public_client.get("/tra-cuu?lang=en")
    assert answer.status_code == 200
    assert page_of(answer).lang == "en"
    assert page_of(public_client.get("/")).lang == "en"
    assert page_of(public_client.get("/?lang=vi")).lang == "vi"
    assert page_of(public_client.get("/")).lang == "vi"


def test_without_cookies_a_choice_still_holds_for_its_page(public_app: Flask) -> None:
    browser = public_app.test_client(use_cookies=False)
    assert page_of(browser.get("/?lang=en")).lang == "en"
    assert page_of(browser.get("/")).lang == "vi"


@pytest.mark.parametrize("lang", ["", "fr", "vi_VN", "../../etc", "<b>", "en\r\nX: y", "e" * 5000])
def test_a_language_that_is_none_is_vietnamese(public_client: FlaskClient, lang: str) -> None:
    answer = public_client.get("/", query_string={"lang": lang})
    assert page_of(answer).lang == "vi"
    assert "Set-Cookie" not in answer.headers
    public_client.set_cookie("lang", "fr")
    assert page_of(public_client.get("/")).lang == "vi"


def test_the_skeletons_of_two_languages_are_not_mixed_up(public_client: FlaskClient) -> None:
    for lang in ("vi", "en", "vi"):
        assert page_of(public_client.get(f"/gui-y-kien?lang={lang}")).lang == lang


def test_a_link_to_another_language_keeps_the_rest_of_the_address(public_app: Flask) -> None:
    with public_app.test_request_context("/gui-y-kien?noi=dong-kinh&lang=vi&a=%26"):
        assert lang_url("en") == "?noi=dong-kinh&a=%26&lang=en"


def test_the_library_never_speaks_for_us() -> None:
    words = OwnWords()
    for sentence in ("Not a valid choice.", "Something the library says tomorrow."):
        assert words.gettext(sentence).startswith(("Lựa chọn", "Xin xem"))
        assert words.ngettext(sentence, sentence, 2) == words.gettext(sentence)
