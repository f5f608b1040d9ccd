"""The quarantine as moderators see it, before and after a decision: axe, width, thumbs."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.models import CopyGroup
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.staff import FIRST, SECOND, come_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_groups_and_every_state_of_one_can_be_read_by_everybody(
    look: Look, installation: Installation, staff: Served, lang: str
) -> None:
    with installation.database.reading() as session:
        group = f"/quarantine/{session.scalars(select(CopyGroup.id)).one()}"
    screen, other = look(staff, lang=lang), look(staff, lang=lang)
    come_in(screen, FIRST)
    come_in(other, SECOND)
    for path, name in (("/quarantine/", "list"), (group, "group"), (f"{group}/decline", "form")):
        screen.open(path)
        assert screen.status == 200
        assert faults(screen, f"quarantine-{name}-{lang}", thumbs=True) == []
    screen.press("main .do button")
    assert screen.status == 422
    assert faults(screen, f"quarantine-error-{lang}", thumbs=True) == []
    screen.tick("reason", "spam")
    screen.put(note="Thư này trùng với thư đã nhận. Xin ông/bà theo dõi thư đó.")
    screen.press("main .do button")
    assert faults(screen, f"quarantine-proposed-{lang}", thumbs=True) == []
    other.open(group)
    assert faults(other, f"quarantine-to-confirm-{lang}", thumbs=True) == []
    other.press('form[id="object"] button')
    assert faults(other, f"quarantine-open-again-{lang}", thumbs=True) == []
