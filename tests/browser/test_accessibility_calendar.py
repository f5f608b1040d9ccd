"""The calendar and other settings: axe, width, thumbs, with a draft and a file that is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Served
from tests.browser.staff import come_in

pytestmark = pytest.mark.browser

ADMINISTRATOR = "an.tran"


def test_the_calendar_and_the_targets_can_be_changed_by_everybody(
    look: Look, staff: Served, tmp_path: Path
) -> None:
    screen = look(staff, lang="vi")
    come_in(screen, ADMINISTRATOR)
    for path, name in (
        *(("/settings/calendar", "year"), ("/settings/targets", "targets")),
        *(("/settings/words", "words"), ("/settings/places", "places")),
        ("/posters/?unit=3", "posters"),
        ("/settings/authorities", "authorities"),
    ):
        screen.open(path)
        assert faults(screen, f"calendar-{name}", thumbs=True) == [], path
    screen.open("/settings/calendar/days/2026-02-16")
    screen.page.fill("#note", "Nghỉ Tết Nguyên đán")
    screen.press("main form button.main")
    assert faults(screen, "calendar-draft", thumbs=True) == []
    sheet = tmp_path / "lich.csv"
    sheet.write_text("ngày,loại\nmai,nghỉ\n", encoding="utf-8")
    screen.open("/settings/calendar/import")
    screen.page.set_input_files("#file", sheet)
    screen.press("main form button.main")
    assert screen.status == 422
    assert faults(screen, "calendar-file", thumbs=True) == []
