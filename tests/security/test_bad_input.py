"""What hostile input tries beside what each room's own tests try: other fields, other formulas.

One-time codes, sessions, ids, addresses to go on to, headers, logs and bodies are tried where they
are made; the threat model names each of those tests.
"""

from __future__ import annotations

import csv
import io
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.db import Database
from portal.models import Case, Submission
from portal.spreadsheet import write_row
from portal.vocabulary import Channel, Status
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.ward import Ward
from tests.portal.residents import TRACK, Resident

#: What the tables have and no form of a resident asks for.
FOREIGN = {
    "id": "7",
    "case_id": "7",
    "status": "closed",
    "state": "withdrawn",
    "channel": "staff",
    "restricted": "y",
    "handler_id": "1",
    "desk_id": "1",
    "held": "y",
    "version": "9",
    "received_at": "2020-01-01",
    "rating": "satisfied",
    "suspicion": "",
    "lookup": "a",
    "account_id": "1",
    "role": "moderator",
    "unit_id": "1",
    "words": "x",
    "key_version": "9",
}
#: What no member of staff may bring along with a form that asks for something else.
BEYOND = FOREIGN | {
    "claimant_id": "1",
    "proposer_id": "1",
    "subject_mark": "a",
    "sent_as": "praise",
}
#: What sheets take for the beginning of a formula, and what they skip before one.
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def test_more_fields_than_the_form_asks_for_change_nothing_of_a_letter(
    resident: Resident, database: Database
) -> None:
    resident.write(**FOREIGN)
    resident.press("send", consent="y", **FOREIGN)
    resident.track(resident.code, "supply", text="Việc này từ đầu tháng 9.", **FOREIGN)
    with database.reading() as session:
        case = session.scalars(select(Case)).one()
        letter = session.scalars(select(Submission)).one()
        assert (case.status, case.restricted, case.version) == (Status.RECEIVED, False, 1)
        assert (case.desk_id, case.handler_id, case.unit_id, case.held) == (None, None, None, False)
        assert (letter.channel, letter.state, letter.rating) == (
            Channel.WEB,
            None,
            None,
        )
        assert letter.case_id == case.id == letter.id
        assert letter.received_at.year > 2020


def test_more_fields_than_the_form_asks_for_change_nothing_of_a_case(
    ward: Ward, walk: Walk, sit: Sit
) -> None:
    course = walk("send", "prepare")
    kept = [column.key for column in Case.__table__.columns if column.key in BEYOND]
    hoa = sit("hoa", "case")
    fields = {name: value for name, value in BEYOND.items() if name != "version"}
    with ward.database.reading() as session:
        case = session.get_one(Case, course.number)
        before = {name: getattr(case, name) for name in kept}
    hoa.do("claim", **fields)
    hoa.do(
        "classify",
        **fields | {"kind": "report", "sentiment": "criticism", "topic": "environment_order"},
    )
    with ward.database.reading() as session:
        case = session.get_one(Case, course.number)
        after = {name: getattr(case, name) for name in kept}
    changed = {"status": Status.SCREENING, "version": after["version"]}
    assert after == before | changed | {"claimant_id": ward.accounts["hoa"]}


@given(cells=st.lists(st.text() | st.sampled_from(BEGINNINGS).map(lambda sign: f"{sign}1+1|A0")))
def test_no_cell_of_a_sheet_begins_a_formula(cells: list[str]) -> None:
    written = write_row(cells).decode()
    (row,) = csv.reader(io.StringIO(written, newline="")) if cells else ([],)
    for cell, typed in zip(row, cells, strict=True):
        assert not cell.startswith(BEGINNINGS)
        assert cell in {typed, f"'{typed}"}


@pytest.mark.parametrize(
    "bad", ["\r\nFORGED line", "\x1b[31mFORGED", "%s%n FORGED", "\u2028FORGED"]
)
def test_nothing_that_a_resident_types_reaches_a_log(
    resident: Resident, caplog: pytest.LogCaptureFixture, bad: str
) -> None:
    caplog.set_level(logging.DEBUG)
    resident.write(about=bad, what=bad, unit=bad, kind=bad)
    resident.track(f"AAAA{bad}", step=bad)
    resident.browser.get(TRACK, query_string={"lang": bad, bad.strip(): bad})
    resident.browser.get("/" + "FORGED")
    assert "FORGED" not in caplog.text
