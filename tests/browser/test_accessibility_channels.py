"""Letters entered for others, slips, a shared machine, talking about a case: axe, width."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.models import Event
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.residents import ABOUT, WHAT, code_on, track
from tests.browser.staff import FIRST, SECOND, come_in

pytestmark = pytest.mark.browser

SHARED = "/may-dung-chung"


def test_a_letter_is_entered_its_slip_exchanged_and_its_state_read_out(
    look: Look, public: Served, staff: Served
) -> None:
    clerk, writer = look(staff), look(public)
    come_in(clerk, FIRST)
    clerk.open("/enter/")
    clerk.press("button[value=preview]")
    assert clerk.status == 422
    assert faults(clerk, "enter-error-vi", thumbs=True) == []
    clerk.tick("channel", "telephone")
    clerk.put(about=ABOUT, what=f"{WHAT} Gọi 0912 345 678.")
    clerk.press("button[value=preview]")
    assert faults(clerk, "enter-preview-vi", thumbs=True) == []
    clerk.press("button[value=send]")
    assert faults(clerk, "slip-vi", thumbs=True) == []
    clerk.page.emulate_media(media="print")
    for gone in (".top", "form", "h1"):
        assert not any(each.is_visible() for each in clerk.see(gone).all()), gone
    assert clerk.see("#code").is_visible()
    clerk.page.emulate_media(media="screen")
    code = code_on(clerk)
    track(writer, code)
    assert faults(writer, "exchange-vi", thumbs=True) == []
    writer.press("main button.main")
    assert faults(writer, "new-code-vi", thumbs=True) == []
    track(writer, code)
    assert faults(writer, "exchanged-vi", thumbs=True) == []
    clerk.open("/read-out/")
    assert faults(clerk, "read-out-vi", thumbs=True) == []


def test_a_shared_machine_warns_and_then_clears_itself(look: Look, public: Served) -> None:
    screen = look(public, once=True)
    screen.page.clock.install()
    screen.open(SHARED)
    screen.press("main button")
    screen.open("/gui-y-kien")
    screen.put(about=ABOUT, what=WHAT)
    screen.page.clock.fast_forward(121_000)
    assert "Ông/bà còn ở đây không?" in screen.text
    assert faults(screen, "shared-warning-vi", thumbs=True) == []
    screen.page.locator("[data-stay]").click()
    assert "Ông/bà còn ở đây không?" not in screen.text
    screen.page.clock.fast_forward(121_000)
    with screen.page.expect_navigation():
        screen.page.clock.fast_forward(31_000)
    assert screen.page.url == f"{screen.address}/"
    screen.page.go_back()
    assert WHAT not in screen.page.content()


def test_talking_about_a_case_can_be_read_by_everybody(
    look: Look, installation: Installation, staff: Served
) -> None:
    with installation.database.reading() as session:
        number = session.scalars(select(Event.case_id).where(Event.action == "message")).first()
    screen, keeper = look(staff, lang="en"), look(staff, lang="en")
    come_in(screen, SECOND)
    for path in ("write?template=message-in-progress", "remark"):
        screen.open(f"/case/{number}/{path}")
        assert screen.status == 200
        assert faults(screen, f"talk-{path.partition('?')[0]}-en", thumbs=True) == []
    come_in(keeper, "an.tran")
    for path in ("/settings/templates", "/settings/templates/ask-who", "/settings/"):
        keeper.open(path)
        assert faults(keeper, f"texts{path.replace('/', '-')}-en", thumbs=True) == []
