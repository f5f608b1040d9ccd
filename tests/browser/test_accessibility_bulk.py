"""One deed for many cases, as moderators see it before, meanwhile and after: axe, width, thumbs."""

from __future__ import annotations

import pytest

from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.staff import FIRST, come_in

pytestmark = pytest.mark.browser


def test_the_preview_and_every_state_of_an_order_can_be_read_by_everybody(
    look: Look, installation: Installation, staff: Served
) -> None:
    screen = look(staff)
    come_in(screen, FIRST)
    screen.open("/desk/?list=todo")
    assert screen.page.viewport_size is not None
    place = screen.see("#ticks").bounding_box()
    assert place is not None
    assert place["y"] + place["height"] <= screen.page.viewport_size["height"] + 1
    screen.press('#ticks button[value="claim"]')
    assert faults(screen, "bulk-nothing-ticked", thumbs=True) == []
    screen.press(".t a.btn")
    assert faults(screen, "bulk-preview", thumbs=True) == []
    screen.press("main .do button")
    assert faults(screen, "bulk-desk", thumbs=True) == []
    screen.press(".waits a")
    assert faults(screen, "bulk-waiting", thumbs=True) == []
    screen.press("main .do button")
    assert faults(screen, "bulk-cancelled", thumbs=True) == []
    screen.open("/bulk/new?do=merge&all=1&number=1")
    assert faults(screen, "bulk-merge", thumbs=True) == []
    screen.open("/bulk/new?do=decline&all=1")
    screen.press("main .do button")
    assert screen.status == 422
    assert faults(screen, "bulk-decline", thumbs=True) == []
    screen.open("/bulk/")
    assert faults(screen, "bulk-orders", thumbs=True) == []
