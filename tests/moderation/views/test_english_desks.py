"""The desks in English: no Vietnamese is left on them but the names of people and places."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.models import Account, Organisation
from portal.vocabulary import Kind, Status, Topic
from tests.catalogues import bring_up_to_date, left_in_vietnamese
from tests.moderation.conftest import MakeCase, StaffClient
from tests.moderation.ward import CELL_7, Ward

#: The letter above the places that begin with it.
_INITIAL = 'label="Đ"'
#: The sign of a decision, as a hint on the page of a case shows it.
_SIGN = "05-QĐ/CB"
_HANDLED = {Status.ROUTED, Status.IN_PROGRESS, Status.ON_HOLD, Status.REPORTED, Status.ANSWERED}


@pytest.fixture(scope="module", autouse=True)
def _catalogues() -> None:
    bring_up_to_date()


@pytest.fixture
def names(ward: Ward) -> set[str]:
    """Everybody and every place of the ward, and the province that the site stands in."""
    with ward.database.reading() as session:
        found = [*session.scalars(select(Account.name))]
        found += session.scalars(select(Organisation.name))
        found += session.scalars(select(Organisation.short_name))
    return {"Tỉnh Lạng Sơn", _INITIAL, _SIGN, *filter(None, found)}


@pytest.fixture
def every_status(ward: Ward, make_case: MakeCase) -> None:
    """A case of each status, some late, some claimed, some without a kind."""
    with ward.database.writing() as session:
        for number, status in enumerate(Status):
            hours = (-60, -3, 4, 60)[number % 4]
            kind, topic = ((Kind.REPORT, Topic.FAMILY), (None, None))[number % 2]
            make_case(
                session,
                status=status,
                title=f"Lamp {number}",
                kind=kind,
                topic=topic,
                handler=CELL_7 if status in _HANDLED else None,
                shown="The lamps of the block do not burn.",
                due_at=ward.at + timedelta(hours=hours),
            )


def _in_english(client: FlaskClient) -> FlaskClient:
    client.set_cookie("lang", "en")
    return client


def test_signing_in_is_english(staff_app: Flask, names: set[str]) -> None:
    client = _in_english(staff_app.test_client())
    for fields in ({}, {"login": "hoa"}, {"login": "hoa", "password": "no such word"}):
        page = client.get("/sign-in")
        assert not left_in_vietnamese(page, names)
        answer = client.post("/sign-in", data=fields)
        assert not left_in_vietnamese(answer, names)


@pytest.mark.parametrize("login", ["hoa", "thanh", "both", "auditor"])
def test_the_account_page_is_english(
    staff_client: StaffClient, login: str, names: set[str]
) -> None:
    answer = _in_english(staff_client(login)).get("/settings/")
    assert answer.status_code == 200
    assert not left_in_vietnamese(answer, names)


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
@pytest.mark.parametrize(("login", "desk"), [("hoa", "/desk/"), ("thanh", "/committee/")])
def test_a_desk_is_english(
    request: pytest.FixtureRequest,
    staff_client: StaffClient,
    login: str,
    desk: str,
    filled: bool,
    names: set[str],
) -> None:
    if filled:
        request.getfixturevalue("every_status")
    client = _in_english(staff_client(login))
    lists = set(re.findall(rf'href="({desk}[^"#]*)"', client.get(desk).text))
    assert len(lists) > 4
    for address in lists:
        assert not left_in_vietnamese(client.get(unescape(address)), names), address


def test_what_is_not_there_is_told_in_english(staff_client: StaffClient, names: set[str]) -> None:
    for login in ("hoa", "thanh"):
        answer = _in_english(staff_client(login)).get("/no-such-page")
        assert answer.status_code == 404
        assert not left_in_vietnamese(answer, names)
