"""On PostgreSQL copies are decided on, accounts cared for and the public log grows, as elsewhere.

Whole tests of the rooms are run again here, where their ward lies on the server; and what only a
server allows, two people at the same moment, is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.orm.exc import StaleDataError

from moderation import granting, quarantining, worker
from moderation.administering.confirming import confirm
from moderation.administering.requesting import NotForYou
from moderation.administering.scope import NotYours
from moderation.commands import app
from moderation.workflow import Conflict, NotAvailable
from portal.config import Settings
from portal.models import AccountRequest, Event, Grant, LogHead, LogLeaf
from portal.proving import newest_head
from portal.vocabulary import Role
from tests.doors.course import Course
from tests.moderation.administering.test_ending import (
    test_requests_about_an_ended_account_and_of_its_owner_end_with_it,
)
from tests.moderation.administering.test_granting import (
    _ask,
    test_a_cells_committee_is_given_by_one_and_ends_the_sessions,
)
from tests.moderation.administering.test_inviting import (
    test_a_link_opens_its_account_once_with_a_password_of_ones_own,
)
from tests.moderation.administering.test_tying import (
    test_a_tie_shows_again_only_when_a_second_administrator_confirms,
)
from tests.moderation.conftest import make_case
from tests.moderation.quarantining.test_quarantining import (
    flood,
    group_of,
    test_copies_are_declined_by_two_people_and_the_first_is_not,
    test_released_copies_reach_the_desk_by_the_worker,
)
from tests.moderation.walking import set_out
from tests.moderation.ward import WARD, Ward
from tests.pages import CheckingClient
from tests.portal.residents import Resident
from tests.postgres import PUBLIC
from tests.postgresql.test_meeting import at_once
from wsgi import create_public_app

__all__ = [
    "make_case",
    "test_a_cells_committee_is_given_by_one_and_ends_the_sessions",
    "test_a_link_opens_its_account_once_with_a_password_of_ones_own",
    "test_a_tie_shows_again_only_when_a_second_administrator_confirms",
    "test_copies_are_declined_by_two_people_and_the_first_is_not",
    "test_released_copies_reach_the_desk_by_the_worker",
    "test_requests_about_an_ended_account_and_of_its_owner_end_with_it",
]


@pytest.fixture
def visitor(ward: Ward, built: tuple[Path, str]) -> Iterator[FlaskClient]:
    """A resident's browser at a public site with the role of the public process."""
    with ward.database.writer.begin() as connection:
        granting.apply(connection, role=PUBLIC)
    url = ward.database.engine.url.set(username=PUBLIC)
    address = url.render_as_string(hide_password=False)
    site = create_public_app(
        Settings(database_url=address, keys=built[0] / "keys" / "public", testing=True),
        clock=lambda: ward.at,
    )
    site.test_client_class = CheckingClient
    yield site.test_client()
    site.extensions["portal"].database.engine.dispose()


def test_of_two_who_decide_on_the_same_copies_one_does(ward: Ward) -> None:
    flood(ward, 3)

    def decide(login: str) -> Callable[[], None]:
        def job() -> None:
            with ward.database.writing() as session:
                by, group = ward.person(session, login), group_of(session)
                quarantining.release(
                    session, office=ward.office, group=group, by=by, version=group.version
                )

        return job

    done = at_once(decide("hoa"), decide("lam"))
    assert done.count(None) == 1
    assert isinstance(next(filter(None, done)), (StaleDataError, Conflict, NotAvailable))


def test_what_two_administrators_confirm_at_once_is_given_once(ward: Ward) -> None:
    with ward.database.writing() as session:
        asked = _ask(session, ward).id

    def decide(login: str) -> Callable[[], None]:
        def job() -> None:
            with ward.database.writing() as session:
                confirm(
                    session,
                    office=ward.office,
                    by=ward.person(session, login),
                    request_id=asked,
                )

        return job

    done = at_once(decide("kien"), decide("duyen"))
    assert done.count(None) == 1
    assert isinstance(next(filter(None, done)), (StaleDataError, NotForYou, NotYours))
    with ward.database.reading() as session:
        given = select(func.count()).where(
            Grant.account_id == ward.accounts["wife"],
            Grant.role == Role.MODERATOR,
            Grant.organisation_id == WARD,
        )
        assert session.scalar(given) == 1
        assert session.get_one(AccountRequest, asked).decided_by_id is not None


def test_the_log_grows_once_is_shown_and_shows_what_was_altered(
    ward: Ward,
    built: tuple[Path, str],
    visitor: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resident = Resident(visitor)
    code = resident.send()
    for _letter in range(2):
        set_out(ward).until(Course.publish)
        ward.later(days=4)

        def grow() -> object:
            return worker.keep_log(ward.database, ward.worker_ring, at=ward.at)

        hours = at_once(grow, grow)
        assert hours[0] == hours[1], hours
    with ward.database.reading() as session:
        head = newest_head(session)
        assert head is not None
        sizes = session.scalars(select(LogHead.size).order_by(LogHead.size)).all()
        leaves = set(session.scalars(select(LogLeaf.event_uid)))
        assert head.size == len(leaves)
        assert leaves >= set(session.scalars(select(Event.uid)))
    assert head.mark in resident.open("/so-cai").text
    compared = resident.open(f"/so-cai/doi-chieu?tu={sizes[0]}&den={sizes[-1]}")
    assert resident.answer.status_code == 200, compared.text
    resident.track(code, "certificate")
    assert f"{head.size}" in resident.answer.text
    monkeypatch.setenv("PORTAL_DATABASE_URL", ward.database.engine.url.render_as_string(False))
    monkeypatch.setenv("PORTAL_KEYS", str(built[0] / "keys" / "worker"))
    assert " 0 faults" in app.test_cli_runner().invoke(args=["ledger", "verify"]).output
    with ward.database.writing() as session:
        session.execute(text("UPDATE event SET action = 'verify' WHERE id = 3"))
    assert "Event 3 of case" in app.test_cli_runner().invoke(args=["ledger", "verify"]).output
