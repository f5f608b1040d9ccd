"""Search from the desk and from the inbox of a commission: axe, width, thumbs, in every state."""

from __future__ import annotations

import pytest

from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Served
from tests.browser.staff import FIRST, INSPECTOR, come_in

pytestmark = pytest.mark.browser

#: What is typed, and what the picture of its page is called.
_ASKED = {
    "found": "vỉa hè",
    "diacritics": "ông Đức",
    "lone": "khối",
    "nothing": "không có chữ nào như thế này",
    "error": "“ … ”",
}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_search_can_be_read_by_everybody_whatever_is_found(
    look: Look, staff: Served, lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, FIRST)
    screen.open("/desk/search")
    assert faults(screen, f"search-start-{lang}", thumbs=True) == []
    for name, typed in _ASKED.items():
        screen.put(words=typed)
        screen.press("main .find button")
        assert screen.status == (422 if name == "error" else 200)
        assert faults(screen, f"search-{name}-{lang}", thumbs=True) == []


def test_what_was_found_can_be_gone_back_to_without_scripts(look: Look, staff: Served) -> None:
    """By the browser's own button, although nobody keeps the page."""
    screen = look(staff, scripts=False)
    come_in(screen, FIRST)
    screen.open("/desk/")
    screen.put(words="via he")
    screen.press("main .find button")
    found = screen.page.locator("main table").inner_text()
    assert screen.page.locator("main mark.hit").count()
    screen.press("main .rows a.ti")
    with screen.page.expect_navigation():
        screen.page.go_back()
    assert screen.page.locator("main table").inner_text() == found
    assert screen.page.input_value("#words") == "via he"
    assert "via" not in screen.page.url


def test_a_commission_searches_from_its_inbox(look: Look, staff: Served) -> None:
    screen = look(staff)
    come_in(screen, INSPECTOR)
    screen.open("/committee/")
    screen.put(words="đất")
    screen.press("main .find button")
    assert screen.status == 200
    assert faults(screen, "search-commission-vi", thumbs=True) == []
