"""Passkeys in a real browser, made and used by an authenticator that the browser plays."""

from __future__ import annotations

import pytest

from moderation.sample import PASSWORD
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.screens import Screen
from tests.browser.staff import FIRST, give_password, let_the_proof_grow_old, newcomer

pytestmark = pytest.mark.browser

HOST = "localhost"
_AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": False,
    "automaticPresenceSimulation": True,
}


def _plug_in(screen: Screen) -> None:
    """Give the browser a key of its own."""
    cdp = screen.context.new_cdp_session(screen.page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": _AUTHENTICATOR})


def test_a_passkey_is_made_at_the_first_sign_in_and_opens_the_next_one(
    look: Look, installation: Installation, staff: Served
) -> None:
    login = newcomer(installation, "passkey")
    screen = look(staff, host=HOST)
    _plug_in(screen)
    give_password(screen, login)
    screen.press("[data-passkey=create] button")
    assert screen.see("#spare li").count() == 10
    screen.press("a.btn.main")
    for _ in range(2):
        screen.press(".leave button")
        give_password(screen, login)
        screen.press("[data-passkey=get] button")
        assert screen.page.url.endswith("/settings/")
    let_the_proof_grow_old(installation, login)
    screen.open("/settings/security")
    screen.press('form[action$="/recovery"] button')
    assert screen.status == 403
    screen.see("[data-passkey] button").click()
    screen.page.get_by_text("Nhập mật khẩu trước đã.").wait_for()
    screen.put(**{"proof-password": PASSWORD})
    screen.press("[data-passkey] button")
    assert screen.see("#spare li").count() == 10


def test_a_device_that_refuses_leaves_the_other_ways_open(
    look: Look, installation: Installation, staff: Served
) -> None:
    login = newcomer(installation, "refused")
    screen = look(staff, host=HOST)
    _plug_in(screen)
    give_password(screen, login)
    screen.page.evaluate("document.querySelector('[data-passkey]').dataset.options = '{}'")
    screen.see("[data-passkey] button").click()
    screen.page.get_by_text("Thiết bị chưa xác nhận.").wait_for()
    assert screen.see("#code").is_visible()


def test_at_a_bare_number_no_passkey_is_offered(look: Look, staff: Served) -> None:
    screen = look(staff)
    give_password(screen, FIRST)
    assert screen.see("[data-passkey]").count() == 0
