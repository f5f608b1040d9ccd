"""Promise 4: nobody is judged by what nobody has checked.

That nothing is found before the member was asked is tried in
``tests/moderation/test_answering.py``, and that screening never says "true" in
``tests/house/test_copy.py``. Here no public page names anybody, and the database has no place in
which a person could be scored or counted.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from moderation.appraising import Recorded, Told, told_of
from moderation.papers import file_paper
from moderation.workflow import Need
from moderation.workflow.table import TRANSITIONS
from portal.config import Settings
from portal.models import Account, Base, Case, Member, Organisation, ReviewResult, Submission
from portal.models.case import PaperKind
from portal.vocabulary import Finding, OrganisationKind, Status
from tests.doors.course import Course
from tests.doors.test_routes import PUBLIC
from tests.moderation.walking import set_out
from tests.moderation.ward import Ward
from tests.pages import CheckingClient
from tests.portal.residents import Resident
from wsgi import create_public_app

#: The only tables that may know a member by number: the register, who the staff are, and what the
#: Party's own process has come to in a review.
KNOW_MEMBERS = {
    *("account", "account_request", "membership", "post", "standing", "tie"),
    *("excusal", "member_source", "review_member", "review_result", "transfer"),
}
#: All that is kept of a member; there is nothing about what anybody said of them.
OF_A_MEMBER = {
    *("id", "name", "folded", "given", "birth_year", "managed_by_id"),
    *("placed", "version"),
}


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
    cases = {Case.__tablename__, Submission.__tablename__}
    for name in KNOW_MEMBERS:
        table = Base.metadata.tables[name]
        assert not {key.column.table.name for key in table.foreign_keys} & cases, name
    assert set(Base.metadata.tables["member"].columns.keys()) == OF_A_MEMBER


def test_every_way_to_a_result_of_criticism_needs_the_statement() -> None:
    to_reported = [row for row in TRANSITIONS if row.target is Status.REPORTED]
    to_answered = [row for row in TRANSITIONS if row.target is Status.ANSWERED]
    assert to_reported
    assert all({Need.FINDING, Need.STATEMENT} <= row.needs for row in to_reported)
    assert {source for row in to_answered for source in row.sources} == {Status.REPORTED}


def test_a_review_shows_what_had_grounds_to_whoever_sees_the_case_and_nothing_else(
    ward: Ward,
) -> None:
    walk = set_out(ward).until(Course.rate)
    begins, ends = date(2026, 1, 1), date(2026, 12, 31)

    def told(login: str, until: date = ends) -> list[Told]:
        with ward.database.reading() as session:
            return told_of(
                session,
                office=ward.office,
                by=ward.person(session, login),
                member_id=ward.members["bach"],
                begins=begins,
                ends=until,
            )

    assert told("thanh") == [], "it can still be contested"
    ward.later(days=31)
    shown = told("thanh")
    assert [(each.finding, each.case_id) for each in shown] == [(Finding.PARTLY, walk.number)]
    assert told("thanh", until=date(2026, 11, 1)) == [], "it was finished after the period"
    for login in ("wife", "doan", "ky", "hoa"):
        assert told(login) == [], login
    with ward.database.writing() as session:
        case = session.get_one(Case, walk.number)
        file_paper(
            session,
            office=ward.office,
            keys=ward.keys(session, case),
            case=case,
            kind=PaperKind.REPORT,
            body={"finding": Finding.UNSUBSTANTIATED.value, "draft": ""},
        )
    assert told("thanh") == [], "what had no grounds is never shown"


def test_a_result_has_no_field_for_a_comment() -> None:
    fields = {"case", "submission", "comment", "letter", "score", "count"}
    names = [*(each.name for each in fields_of(Recorded)), *ReviewResult.__table__.columns.keys()]
    assert not [name for name in names if set(name.split("_")) & fields]
