"""Shortcuts on lists and cases: they move, tick and take, and never while somebody types."""

from __future__ import annotations

import pytest

from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Served
from tests.browser.staff import FIRST, come_in

pytestmark = pytest.mark.browser


def test_keys_lead_through_a_list_and_its_cases_and_can_be_switched_off(
    look: Look, staff: Served
) -> None:
    screen = look(staff)
    come_in(screen, FIRST)
    screen.open("/desk/?list=todo&status=received")
    page, press = screen.page, screen.page.keyboard.press
    titles = [link.get_attribute("href") for link in page.locator(".rows a.ti").all()]
    press("j")
    press("j")
    press("k")
    press("x")
    assert page.locator(".tick input").first.is_checked()
    page.locator("#q").press("x")
    assert page.locator(".tick input").first.is_checked()
    page.locator(".rows a.ti").first.focus()
    press("?")
    assert page.locator("#keys").get_attribute("open") is not None
    assert faults(screen, "keys-list") == []
    page.locator(".rows a.ti").first.focus()
    with page.expect_navigation():
        press("Enter")
    with page.expect_navigation():
        press("j")
    assert page.url.endswith(str(titles[1]))
    with page.expect_navigation():
        press("u")
    assert page.url.endswith("/desk/?list=todo&status=received")
    press("?")
    page.locator("#keys-on").uncheck()
    page.locator(".rows a.ti").first.focus()
    press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") == titles[0]
    page.locator("#keys-on").check()
    screen.open(str(titles[0]))
    with page.expect_navigation():
        press("n")
    assert "Đồng chí đã nhận việc này." in screen.text
