"""Files before staff, on every page that shows one: axe, width, thumbs, both languages."""

from __future__ import annotations

import pytest
from sqlalchemy import exists

from portal.files.attaching import attach
from portal.files.storing import FileStore
from portal.models import Case, FollowUp
from portal.models.case import Room
from portal.tracking import find
from portal.vault import Code
from portal.vocabulary import Status
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.residents import send_file
from tests.browser.staff import COMMITTEE, FIRST, case_before, come_in
from tests.sampled import hand_out_code
from tests.specimens import document, photo
from tests.uploads import sealed

pytestmark = pytest.mark.browser


def _bring(installation: Installation, number: int, lang: str) -> None:
    """The resident of a case sends a file."""
    office = installation.office()
    code = Code.read(hand_out_code(installation.database, office, number))
    store = FileStore(installation.settings.files)
    with installation.database.writing() as session:
        tracked = find(session, ring=office.ring, code=code)
        assert tracked is not None
        kept = sealed(store, photo("PNG", 91 if lang == "vi" else 92), tracked.key)
        attach(session, tracked=tracked, sealed=kept, at=office.at)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_files_can_be_handled_by_everybody(
    look: Look, installation: Installation, staff: Served, lang: str
) -> None:
    worked_on = (Case.status == Status.IN_PROGRESS, exists().where(FollowUp.case_id == Case.id))
    number = case_before(installation, COMMITTEE, Room.COMMITTEE, worked_on)
    _bring(installation, number, lang)
    desk = look(staff, lang=lang)
    come_in(desk, FIRST)
    desk.open(f"/case/{number}")
    assert faults(desk, f"files-desk-{lang}", thumbs=True) == []
    desk.press(f'a[href*="/case/{number}/release-file"]')
    assert faults(desk, f"files-release-{lang}", thumbs=True) == []
    desk.press("button[form=work]")
    assert desk.status == 422
    assert faults(desk, f"files-not-looked-{lang}", thumbs=True) == []
    desk.tick("looked")
    desk.press("button[form=work]")
    assert desk.status == 200
    cell = look(staff, lang=lang)
    come_in(cell, COMMITTEE)
    cell.open(f"/committee/{number}/keep-file")
    cell.see("#deed").select_option(index=0)
    assert faults(cell, f"files-keep-{lang}", thumbs=True) == []
    cell.page.set_input_files("#file", files=[])
    cell.press("button[form=work]")
    assert cell.status == 422
    assert faults(cell, f"files-not-kept-{lang}", thumbs=True) == []
    send_file(cell, document(pages=2 if lang == "vi" else 3), "bien-ban.pdf", "button[form=work]")
    assert cell.status == 200
    assert faults(cell, f"files-cell-{lang}", thumbs=True) == []
