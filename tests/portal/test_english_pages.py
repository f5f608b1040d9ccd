"""Public pages in English: no Vietnamese is left on them but names, and what is marked as such."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.catalogues import bring_up_to_date, left_in_vietnamese
from tests.portal.residents import FORM, TRACK, Resident

ABOUT = "The secretary of the cell of block 7"
WHAT = "Three meetings went by, and the accounts of the lighting money were never shown."
#: Names that stay what they are.
_NAMES = ("Tỉnh Lạng Sơn",)


@pytest.fixture(scope="module", autouse=True)
def _catalogues() -> None:
    bring_up_to_date()


@pytest.fixture
def reader(public_client: FlaskClient) -> Resident:
    """A person who has chosen English."""
    public_client.set_cookie("lang", "en")
    return Resident(public_client)


def _vietnamese_left(reader: Resident) -> list[str]:
    """What is still Vietnamese on the page on the screen."""
    return left_in_vietnamese(reader.answer, _NAMES)


@pytest.mark.parametrize(
    "address", ["/", FORM, TRACK, "/huong-dan", "/rieng-tu", "/so-cai", "/so-lieu"]
)
def test_a_page_asked_for_in_english_is_english(public_client: FlaskClient, address: str) -> None:
    reader = Resident(public_client)
    reader.open(f"{address}?lang=en")
    assert reader.answer.status_code == 200
    assert not _vietnamese_left(reader)


def test_the_page_to_leave_for_is_english(reader: Resident) -> None:
    address = re.findall(r'href="([^"]+)"[^>]*data-exit', reader.browser.get("/").text)[0]
    reader.open(address)
    assert not _vietnamese_left(reader)


def test_the_way_of_a_comment_is_english(reader: Resident) -> None:
    reader.write(about="", what="")
    assert "Error" in reader.page.title
    assert not _vietnamese_left(reader)
    reader.write(ABOUT, WHAT, fears="y", kind="praise", when="11/2026", hope="Show the accounts.")
    assert not _vietnamese_left(reader)
    reader.press("send")
    assert not _vietnamese_left(reader)
    reader.press("send", consent="y")
    assert reader.code
    assert not _vietnamese_left(reader)
    reader.press("saved", saved="y")
    assert not _vietnamese_left(reader)


def test_tracking_a_comment_is_english(reader: Resident) -> None:
    code = reader.send(ABOUT, WHAT)
    for step in ("look", "own", "ask_withdraw", "withdraw"):
        reader.track(code, step)
        assert not _vietnamese_left(reader), step


@pytest.mark.parametrize("code", ["", "7KQP", "U" * 20, "7KQP M3XD 9TWF HR42 B8NV", "0" * 20])
def test_a_code_that_does_not_fit_is_refused_in_english(reader: Resident, code: str) -> None:
    reader.track(code)
    assert not _vietnamese_left(reader)


def test_what_went_wrong_is_told_in_english(reader: Resident) -> None:
    reader.open("/no-such-page")
    assert reader.answer.status_code == 404
    assert not _vietnamese_left(reader)
    reader.post("/")
    assert reader.answer.status_code == 405
    assert not _vietnamese_left(reader)
    reader.post(FORM, about=ABOUT, what=WHAT, step="preview")
    assert not _vietnamese_left(reader)


def test_counted_things_agree_with_their_number(reader: Resident) -> None:
    reader.write(ABOUT, f"{WHAT} Call 0912 345 678.")
    assert "We hid 1 thing " in f"{reader.page.text} "
    reader.write(ABOUT, f"{WHAT} Call 0912 345 678 or write to ana@example.org.")
    assert "We hid 2 things" in reader.page.text
