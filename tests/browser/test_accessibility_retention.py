"""What will be deleted, what is held back, and the periods: axe, width, thumbs, in every state."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.models import RetentionHold
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.staff import FIRST, come_in

pytestmark = pytest.mark.browser

ADMINISTRATOR = "an.tran"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_goes_and_what_stays_can_be_read_by_everybody(
    look: Look, installation: Installation, staff: Served, lang: str
) -> None:
    with installation.database.reading() as session:
        held = session.scalars(select(RetentionHold.case_id)).one()
    screen = look(staff, lang=lang)
    come_in(screen, FIRST)
    pages = {
        "/retention/": "soon",
        "/retention/?list=held": "held",
        f"/case/{held}": "case",
        f"/case/{held}/let-go": "form",
    }
    for path, name in pages.items():
        screen.open(path)
        assert screen.status == 200, path
        assert faults(screen, f"retention-{name}-{lang}", thumbs=True) == [], path
    screen.press("main .do button")
    assert screen.status == 422
    assert faults(screen, f"retention-error-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_periods_can_be_set_by_everybody(look: Look, staff: Served, lang: str) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, ADMINISTRATOR)
    screen.open("/settings/retention")
    assert faults(screen, f"periods-{lang}", thumbs=True) == []
    screen.put(closed="1")
    screen.press("main form button")
    assert screen.status == 422
    assert faults(screen, f"periods-error-{lang}", thumbs=True) == []
