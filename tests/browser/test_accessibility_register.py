"""The register: axe, width, thumbs."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.models import Member, Organisation
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.staff import come_in

pytestmark = pytest.mark.browser

REGISTRAR = "yen.nong"


def test_the_register_can_be_used_by_everybody(
    look: Look, installation: Installation, staff: Served
) -> None:
    with installation.database.reading() as session:
        cell = session.scalars(
            select(Organisation.id).where(Organisation.short_name == "Khối 7")
        ).one()
        member = session.scalars(select(Member.id).where(Member.name == "Vi Văn Thành")).first()
    reader = look(staff)
    come_in(reader, REGISTRAR)
    pages = {
        "start": "",
        "none": "?q=zzz",
        "cell": f"organisations/{cell}",
        "past": f"organisations/{cell}?on=2024-01-01",
        "member": f"members/{member}",
        "post": f"members/{member}/post",
        "results": "results",
        "merge": f"organisations/{cell}/merge",
    }
    for name, path in pages.items():
        reader.open("/register/" + path)
        assert reader.status == 200, name
        assert faults(reader, f"register-{name}", thumbs=True) == [], name
    reader.press("main .card form .btn.main")
    assert reader.status == 422
    assert faults(reader, "register-wrong", thumbs=True) == []
