"""The pages about who is away, filled by the sample: axe, width, thumbs."""

from __future__ import annotations

import pytest

from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Served
from tests.browser.staff import come_in

pytestmark = pytest.mark.browser

#: Who looks, and at what: the ward decides on the fourth excusal, a cell keeps the first.
PAGES = (
    ("tam.chu", "vi", "/committee/absences/"),
    ("tam.chu", "en", "/register/absences/"),
    ("tam.chu", "vi", "/register/absences/4"),
    ("tam.chu", "vi", "/register/transfers/"),
    ("tam.chu", "en", "/register/transfers/new"),
    ("loan.chu", "en", "/register/absences/1"),
    ("loan.chu", "vi", "/register/absences/new"),
    ("sim.dam", "vi", "/register/transfers/1"),
)


def test_the_pages_about_who_is_away_can_be_used_by_everybody(look: Look, staff: Served) -> None:
    found = []
    for login, lang, address in PAGES:
        screen = look(staff, lang=lang)
        come_in(screen, login)
        screen.open(address)
        assert screen.status == 200, address
        name = address.strip("/").replace("/", "-")
        found += [(address, each) for each in faults(screen, f"{name}-{lang}", thumbs=True)]
    assert found == []
