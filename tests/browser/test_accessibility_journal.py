"""The journal, and seeing what was masked: axe, width, thumbs."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.models import Case, Event
from portal.models.case import Room
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.screens import HEIGHT
from tests.browser.staff import FIRST, case_before, come_in

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")
AUDITOR = "minh.do"
#: That the worker has masked something in what was sent.
SOMETHING_MASKED = Case.id.in_(
    select(Event.case_id).where(Event.action == "prepare", Event.facts["masked"].as_string() != "0")
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_journal_and_unmasking_can_be_used_by_everybody(
    look: Look, installation: Installation, staff: Served, lang: str
) -> None:
    reader = look(staff, lang=lang)
    come_in(reader, FIRST)
    number = case_before(installation, FIRST, Room.DESK, [SOMETHING_MASKED])
    reader.open(f"/case/{number}")
    reader.press('a[href$="/unmask"]')
    assert faults(reader, f"unmask-{lang}", thumbs=True) == []
    reader.press("button[form=work]")
    assert reader.status == 422
    assert faults(reader, f"unmask-wrong-{lang}", thumbs=True) == []
    reader.put(reason="Cần gọi lại cơ quan đã nêu.")
    reader.press("button[form=work]")
    assert reader.status == 200
    assert faults(reader, f"unmasked-{lang}", thumbs=True) == []
    auditor = look(staff, lang=lang)
    come_in(auditor, AUDITOR)
    for name, path in {"": "", "empty": "?who=zzz", "wrong": "?since=31/2/2026"}.items():
        auditor.open("/journal/" + path)
        assert auditor.status == 200
        assert faults(auditor, f"journal-{name}-{lang}", thumbs=True) == [], name
    auditor.page.set_viewport_size({"width": 320, "height": HEIGHT})
    for part, least in (("input, .filter select", 100), ("label", 10)):
        wide = auditor.page.eval_on_selector_all(
            f".filter {part}", "found => found.map(each => each.offsetWidth)"
        )
        assert min(wide) > least, (part, wide)
