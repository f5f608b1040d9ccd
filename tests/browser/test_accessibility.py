"""Public pages and forms: axe, width and thumbs, in both languages, under the real policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Served
from tests.browser.residents import (
    FORM,
    TRACK,
    WHAT,
    open_details,
    preview,
    send,
    send_file,
    track,
    write,
)
from tests.browser.screens import Screen
from tests.specimens import photo

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")
PLAIN_PAGES = (
    *("/", FORM, TRACK, "/huong-dan", "/rieng-tu", "/so-cai", "/thoat"),
    *("/so-lieu", "/so-lieu/tra-loi"),
)
PERSONAL = f"{WHAT} Số điện thoại 0500 000 001, căn cước 020399000000."


def _errors(screen: Screen) -> None:
    screen.open(FORM)
    screen.press("button[value=preview]")


def _errors_in_details(screen: Screen) -> None:
    write(screen)
    open_details(screen)
    screen.put(when="1890")
    screen.press("button[value=preview]")


def _details(screen: Screen) -> None:
    write(screen)
    open_details(screen)


def _full_preview(screen: Screen) -> None:
    write(screen, what=PERSONAL)
    open_details(screen)
    screen.tick("kind", "report")
    screen.see("#unit").select_option(index=0)
    screen.put(unit_text="Khối 7", place="Trước số nhà 15", when="2026", hope="Dọn vỉa hè.")
    screen.tick("context", "residence")
    screen.tick("how_known", "seen")
    screen.tick("fears")
    screen.press("button[value=preview]")


def _stopped(screen: Screen) -> None:
    preview(screen, what="Ông ấy nhận hối lộ để làm sổ đỏ.")


def _petition(screen: Screen) -> None:
    write(screen)
    open_details(screen)
    screen.tick("kind", "denunciation")
    screen.press("button[value=preview]")
    screen.press("button[value=petition]")


def _without_consent(screen: Screen) -> None:
    preview(screen)
    screen.press("button[value=send]")


def _receipt(screen: Screen) -> None:
    send(screen)


def _file_sent(screen: Screen) -> None:
    send(screen)
    send_file(screen, photo())


def _file_refused(screen: Screen) -> None:
    send(screen)
    send_file(screen, b"<html>")


def _not_saved(screen: Screen) -> None:
    send(screen)
    screen.press("button[value=saved]")


def _saved(screen: Screen) -> None:
    send(screen)
    screen.tick("saved")
    screen.press("button[value=saved]")


def _sent_again(screen: Screen) -> None:
    _saved(screen)
    screen.page.go_back()
    screen.page.go_back()


def _no_code(screen: Screen) -> None:
    screen.open(TRACK)
    screen.press("main button")


def _wrong_code(screen: Screen) -> None:
    track(screen, "7KQP-M3XD-9TWF-HR42-6VNA")


def _log_head(screen: Screen) -> None:
    screen.open("/so-cai")
    screen.press("main table a")


def _log_compared(screen: Screen) -> None:
    screen.open("/so-cai")
    screen.press("main form button")
    open_details(screen)


def _log_not_compared(screen: Screen) -> None:
    screen.open("/so-cai/doi-chieu?tu=1")


#: How a state is reached, and the status that its page comes with.
STATES: dict[str, tuple[Callable[[Screen], None], int]] = {
    "form-errors": (_errors, 422),
    "form-errors-in-details": (_errors_in_details, 422),
    "form-details": (_details, 200),
    "preview": (preview, 200),
    "preview-full": (_full_preview, 200),
    "stopped": (_stopped, 200),
    "petition": (_petition, 200),
    "preview-without-consent": (_without_consent, 422),
    "receipt": (_receipt, 200),
    "receipt-not-saved": (_not_saved, 422),
    "receipt-file": (_file_sent, 200),
    "receipt-file-refused": (_file_refused, 422),
    "thanks": (_saved, 200),
    "track-empty": (_no_code, 422),
    "track-wrong": (_wrong_code, 422),
    "log-head": (_log_head, 200),
    "log-compared": (_log_compared, 200),
    "log-not-compared": (_log_not_compared, 422),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PLAIN_PAGES)
def test_a_page_can_be_used_by_everybody(look: Look, public: Served, path: str, lang: str) -> None:
    screen = look(public, lang=lang)
    screen.open(path)
    assert screen.status == 200
    name = f"public{path.replace('/', '-')}-{lang}"
    assert faults(screen, name, thumbs=True, axe=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_a_state_of_a_form_can_be_used_by_everybody(
    look: Look, public: Served, state: str, lang: str
) -> None:
    reach, status = STATES[state]
    screen = look(public, lang=lang)
    reach(screen)
    assert screen.status == status
    assert faults(screen, f"public-{state}-{lang}", thumbs=True) == []
