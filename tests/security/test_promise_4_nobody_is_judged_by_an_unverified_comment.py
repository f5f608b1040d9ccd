"""Promise 4: nobody is judged by what nobody has checked.

That nothing is found before the member was asked is tried in
``tests/moderation/test_answering.py``, and that screening never says "true" in
``tests/house/test_copy.py``. Here no public page names anybody, and the database has no place in
which a person could be scored or counted.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from moderation.workflow import Need
from moderation.workflow.table import TRANSITIONS
from portal.config import Settings
from portal.models import Account, Base, Member, Organisation
from portal.vocabulary import OrganisationKind, Status
from tests.doors.course import Course
from tests.doors.test_routes import PUBLIC
from tests.moderation.walking import set_out
from tests.moderation.ward import Ward
from tests.pages import CheckingClient
from tests.portal.residents import Resident
from wsgi import create_public_app

#: The only tables that may know a member by number: the register, and who the staff are.
KNOW_MEMBERS = {"account", "account_request", "membership", "post", "standing", "tie"}
#: All that is kept of a member; there is nothing about what anybody said of them.
OF_A_MEMBER = {"id", "name", "folded", "given", "birth_year", "managed_by_id"}


@pytest.fixture
def public(ward: Ward) -> Flask:
    """The public site on the ward, after a case about a member was answered."""
    url = ward.database.engine.url
    settings = Settings(
        database_url=url.render_as_string(),
        keys=Path(url.database or "").parent / "keys" / "public",
        testing=True,
    )
    app = create_public_app(settings, clock=lambda: ward.at)
    app.test_client_class = CheckingClient
    return app


def test_no_public_page_names_anybody(ward: Ward, public: Flask) -> None:
    walk = set_out(ward).until(Course.publish)
    assert walk.receipt is not None
    with ward.database.reading() as session:
        names = {
            *session.scalars(select(Member.name)),
            *session.scalars(select(Account.name)),
            *session.scalars(
                select(Organisation.name).where(Organisation.kind == OrganisationKind.CELL)
            ),
        }
    resident = Resident(public.test_client())
    shown = [resident.track("-".join(walk.receipt.code.groups)).text]
    assert "Chi bộ đã nhắc dọn." in shown[0]
    paths = [path for method, path, _access in PUBLIC.values() if method == "GET"]
    for path in (path.replace("N", "1") for path in paths):
        shown += [
            resident.browser.get(path, query_string={"lang": each}).text for each in ("vi", "en")
        ]
    assert [name for name in names for page in shown if name in page] == []
    public.extensions["portal"].database.engine.dispose()


def test_no_case_can_be_counted_under_a_member() -> None:
    knowing = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "member"
    }
    assert knowing == KNOW_MEMBERS
    assert set(Base.metadata.tables["member"].columns.keys()) == OF_A_MEMBER


def test_every_way_to_a_result_of_criticism_needs_the_statement() -> None:
    to_reported = [row for row in TRANSITIONS if row.target is Status.REPORTED]
    to_answered = [row for row in TRANSITIONS if row.target is Status.ANSWERED]
    assert to_reported
    assert all({Need.FINDING, Need.STATEMENT} <= row.needs for row in to_reported)
    assert {source for row in to_answered for source in row.sources} == {Status.REPORTED}
