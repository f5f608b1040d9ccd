"""What is in force is shown to administrators; the hours of the log are the highest level's."""

from __future__ import annotations

from datetime import time

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from moderation.appending import DEFAULT_HOURS, read_hours
from portal.models import JournalEntry
from portal.vocabulary import Deed
from tests import telephones
from tests.moderation.conftest import StaffClient
from tests.moderation.views.entering import PASSWORD, code_of, give_passwords
from tests.moderation.ward import Ward
from tests.pages import page_of

PAGE = "/settings/portal"


def _set(browser: FlaskClient, hours: str) -> TestResponse:
    token = page_of(browser.get(PAGE)).fields["csrf_token"]
    return browser.post(f"{PAGE}/hours", data={"csrf_token": token, "hours": hours})


def _in_force(ward: Ward) -> tuple[time, ...]:
    with ward.database.reading() as session:
        return read_hours(session)


def test_what_is_in_force_is_shown_with_where_it_is_changed(staff_client: StaffClient) -> None:
    page = page_of(staff_client("an").get(PAGE))
    assert page.fields["hours"] == "12:00 18:00"
    for told in ("dùng: 1 giờ PORTAL_IDLE_MINUTES", "10 giờ", "5 lần", "localhost, 127.0.0.1"):
        assert told in page.text
    assert "Thiết đặt" in page_of(staff_client("an").get("/settings/accounts/")).text


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("7:30 18:00", (time(7, 30), time(18))), ("19h, 6h05;12", (time(6, 5), time(12), time(19)))],
)
def test_the_hours_are_set_as_people_write_them_and_the_journal_tells_who(
    ward: Ward, staff_client: StaffClient, typed: str, hours: tuple[time, ...]
) -> None:
    assert _set(staff_client("an"), typed).headers["Location"] == PAGE
    assert _in_force(ward) == hours
    with ward.database.reading() as session:
        entry = session.scalars(
            select(JournalEntry).where(JournalEntry.deed == Deed.HOURS_SET)
        ).one()
        assert entry.account_id == ward.accounts["an"]


@pytest.mark.parametrize("typed", ["", "25:00", "trưa", "12:00:30", "12:00 " * 40, "-1", "1²"])
def test_what_is_no_hour_changes_nothing_and_stays_in_the_field(
    ward: Ward, staff_client: StaffClient, typed: str
) -> None:
    answer = _set(staff_client("an"), typed)
    assert answer.status_code == 422
    assert page_of(answer).fields["hours"] == typed.strip()
    assert _in_force(ward) == DEFAULT_HOURS


def test_a_wards_administrator_reads_the_hours_and_changes_none(
    ward: Ward, staff_client: StaffClient
) -> None:
    browser = staff_client("duyen")
    page = page_of(browser.get(PAGE))
    assert "12:00 18:00" in page.text
    assert "hours" not in page.fields
    assert _set(browser, "9:00").status_code == 404
    assert _in_force(ward) == DEFAULT_HOURS


def test_an_old_sign_in_proves_itself_again_and_then_the_hours_are_set(
    ward: Ward, staff_client: StaffClient
) -> None:
    give_passwords(ward)
    telephones.hand_out(ward.database, ward.ring.search, at=ward.at)
    browser = staff_client("an")
    ward.later(minutes=11)
    waiting = _set(browser, "9:00")
    assert waiting.status_code == 403
    assert _in_force(ward) == DEFAULT_HOURS
    proof = {"proof-password": PASSWORD, "proof-code": code_of(ward, "an")}
    done = browser.post(f"{PAGE}/hours", data=page_of(waiting).forms[-1] | proof)
    assert done.headers["Location"] == PAGE
    assert _in_force(ward) == (time(9),)
