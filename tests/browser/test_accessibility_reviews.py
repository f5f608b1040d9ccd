"""Legal bases and screening reviews: axe, width, thumbs, for a ward and for a cell."""

from __future__ import annotations

import pytest

from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Served
from tests.browser.staff import come_in

pytestmark = pytest.mark.browser

ADMINISTRATOR, WARD, CELL = "an.tran", "binh.nguyen", "sim.dam"


def test_a_review_is_for_everybody(look: Look, staff: Served) -> None:
    ward = look(staff, lang="vi")
    come_in(ward, WARD)
    for path, name in (("/reviews/", "list"), ("/reviews/new", "new"), ("/reviews/2", "one")):
        ward.open(path)
        assert faults(ward, f"reviews-{name}", thumbs=True) == [], path
    cell = look(staff, lang="en")
    come_in(cell, CELL)
    cell.open("/reviews/")
    cell.press("main tbody tr a.ti")
    assert faults(cell, "reviews-cell", thumbs=True) == []
    cell.press("main tbody a.ti")
    cell.press("main form button.main")
    assert faults(cell, "reviews-member", thumbs=True) == []


def test_the_bases_are_for_everybody(look: Look, staff: Served) -> None:
    screen = look(staff, lang="vi")
    come_in(screen, ADMINISTRATOR)
    for path, name in (("/settings/legal-bases", "list"), ("/settings/legal-bases/new", "new")):
        screen.open(path)
        assert faults(screen, f"bases-{name}", thumbs=True) == [], path
