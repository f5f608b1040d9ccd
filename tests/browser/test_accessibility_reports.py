"""The tables of figures and what others reported: axe, width, thumbs."""

from __future__ import annotations

import pytest

from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Served
from tests.browser.staff import come_in

pytestmark = pytest.mark.browser

WARD_COMMITTEE, REGISTRAR = "binh.nguyen", "yen.nong"


def test_figures_can_be_read_and_copied_by_everybody(look: Look, staff: Served) -> None:
    reader = look(staff, lang="vi")
    come_in(reader, WARD_COMMITTEE)
    reader.open("/reports/")
    place = reader.page.url.rpartition("/")[2]
    assert faults(reader, "reports-members", thumbs=True) == []
    for name, asked in {
        "casework": "?table=casework",
        "stages": "?table=handling_stages&level=cell&drawn=result.median",
        "list": "/list?table=casework&column=stages",
        "wrong": "?until=31/2/2026",
    }.items():
        reader.open(f"/reports/{place}{asked}")
        assert faults(reader, f"reports-{name}", thumbs=True) == [], name
    registrar = look(staff, lang="en")
    come_in(registrar, REGISTRAR)
    registrar.open("/reports/reported/")
    assert faults(registrar, "reported", thumbs=True) == []
    registrar.open("/reports/reported/new")
    registrar.press("#work button")
    assert registrar.status == 422
    assert faults(registrar, "reported-wrong", thumbs=True) == []
