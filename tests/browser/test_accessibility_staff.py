"""Signing in, the lists of both rooms and the pages beside them: axe, width, both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyotp import TOTP

from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.screens import Screen
from tests.browser.staff import come_in, give_password, newcomer, sign_in

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")
MODERATOR, COMMITTEE, ADMINISTRATOR = "hoa.luong", "sim.dam", "admin"
DESK = ("todo", "mine", "confirm", "publish", "waiting", "overdue", "handling", "answered", "done")
INBOX = ("open", "todo", "working", "overdue", "praise", "reported", "done")


def _asked(screen: Screen) -> None:
    screen.open("/sign-in")


def _empty(screen: Screen) -> None:
    _asked(screen)
    screen.press("main button")


def _wrong(screen: Screen) -> None:
    give_password(screen, MODERATOR, "sai-mat-khau")


def _second(screen: Screen) -> None:
    give_password(screen, MODERATOR)


def _second_wrong(screen: Screen) -> None:
    _second(screen)
    screen.put(code="000000")
    screen.press('form[action$="/second"] button')


def _recovery(screen: Screen) -> None:
    _second(screen)
    screen.press('a[href$="/recovery"]')


def _signed_out(screen: Screen) -> None:
    sign_in(screen, MODERATOR)
    screen.press(".leave button")


SIGNING_IN: dict[str, tuple[Callable[[Screen], None], int]] = {
    "asked": (_asked, 200),
    "empty": (_empty, 422),
    "wrong": (_wrong, 422),
    "second": (_second, 200),
    "second-wrong": (_second_wrong, 422),
    "recovery": (_recovery, 200),
    "signed-out": (_signed_out, 200),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", SIGNING_IN)
def test_signing_in_can_be_done_by_everybody(
    look: Look, staff: Served, state: str, lang: str
) -> None:
    reach, status = SIGNING_IN[state]
    screen = look(staff, lang=lang)
    reach(screen)
    assert screen.status == status
    assert faults(screen, f"staff-sign-in-{state}-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scripts", [True, False])
def test_enrolling_can_be_done_by_everybody(
    look: Look, installation: Installation, staff: Served, scripts: bool, lang: str
) -> None:
    login = newcomer(installation, f"app-{scripts}-{lang}".lower())
    screen = look(staff, lang=lang, scripts=scripts, host="localhost")
    give_password(screen, login)
    assert screen.see("[data-passkey]").is_visible() is scripts
    screen.put(code="000000")
    screen.press('form[action$="/enrol"] button')
    assert screen.status == 422
    screen.see("details summary").click()
    secret = "".join(screen.see("#secret li").all_inner_texts())
    if scripts:
        assert faults(screen, f"staff-enrol-{lang}", thumbs=True) == []
    screen.put(code=TOTP(secret).now())
    screen.press('form[action$="/enrol"] button')
    assert screen.see("#spare li").count() == 10
    if scripts:
        assert faults(screen, f"staff-recovery-codes-{lang}", thumbs=True) == []
    screen.press("a.btn.main")
    assert screen.status == 200


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("login", "path", "names"), [(MODERATOR, "/desk/", DESK), (COMMITTEE, "/committee/", INBOX)]
)
def test_every_list_can_be_used_by_everybody(
    look: Look, staff: Served, login: str, path: str, names: tuple[str, ...], lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, login)
    searches = ("q=PA-2020-000001", "q=không+phải+số", "kind=report&holder=nobody")
    for query in (*(f"list={name}" for name in names), *searches):
        screen.open(f"{path}?{query}")
        assert screen.status == 200
        assert faults(screen, f"staff{path.replace('/', '-')}{query}-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_beside_the_desks_can_be_used_by_everybody(
    look: Look, staff: Served, lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, MODERATOR)
    doors = [(f"/settings/security{page}", 200) for page in ("", "/password", "/add")]
    again = ("/sign-in/again", 200)
    for path, status in (
        *(("/settings/", 200), ("/khong-co", 404), ("/sign-out", 405), again),
        *doors,
    ):
        screen.open(path)
        assert screen.status == status
        name = path.strip("/").replace("/", "-")
        assert faults(screen, f"staff-{name}-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_all_parts_can_be_used_by_everybody(
    look: Look, staff: Served, lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, MODERATOR)
    screen.open("/settings/components")
    assert faults(screen, f"staff-components-{lang}", axe=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_being_asked_to_wait_can_be_borne_by_everybody(
    look: Look, installation: Installation, lang: str
) -> None:
    screen = look(installation.staff(slow_after=0), lang=lang)
    _wrong(screen)
    _wrong(screen)
    assert screen.status == 429
    assert faults(screen, f"staff-429-{lang}", thumbs=True) == []
