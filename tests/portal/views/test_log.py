"""The public log on the screen: what was signed is shown, and anybody can check it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from portal.db import Database
from portal.ledger import Head
from portal.ledger.merkle import proves_consistency
from portal.vault import Ring
from tests.clocks import StandingClock
from tests.conftest import Watch
from tests.portal.logs import grow_log
from tests.portal.residents import Resident

LOG = "/so-cai"
PROGRAM = Path(__file__).resolve().parents[3] / "docs" / "verify_receipt.py"


@pytest.fixture
def heads(database: Database, ring_worker: Ring, clock: StandingClock) -> list[Head]:
    """Three heads, signed one after the other."""
    return [
        grow_log(database, ring_worker, at=clock.forward(hours=6), more=more) for more in (3, 5, 9)
    ]


def test_an_empty_log_says_so(resident: Resident) -> None:
    page = resident.open(LOG)
    assert page.h1 == "Sổ cái công khai"
    assert "Chưa có mốc nào" in page.text
    assert json.loads(resident.browser.get(f"{LOG}.json").text) == {"heads": [], "older": None}


def test_the_heads_are_listed_with_the_newest_on_top(
    resident: Resident, heads: list[Head], ring_public: Ring
) -> None:
    words = resident.open(LOG).text
    assert [words.index(head.mark) for head in reversed(heads)] == sorted(
        words.index(head.mark) for head in heads
    )
    assert ring_public.log_public[1].public_bytes_raw().hex() in words


def test_long_lists_go_on_from_their_last_row(
    resident: Resident, database: Database, ring_worker: Ring, clock: StandingClock
) -> None:
    made = [
        grow_log(database, ring_worker, at=clock.forward(hours=6), more=1) for _number in range(25)
    ]
    seen: list[int] = []
    address = ""
    while True:
        found = json.loads(resident.browser.get(f"{LOG}.json{address}").text)
        seen += [head["size"] for head in found["heads"]]
        if found["older"] is None:
            break
        address = found["older"]
    assert seen == [head.size for head in reversed(made)]
    first = resident.open(LOG)
    assert "Mốc cũ hơn" in first.text
    second = resident.open(f"{LOG}?truoc=16")
    assert made[14].mark in second.text
    back = resident.open(f"{LOG}?sau=15")
    assert back.text == first.text


def test_a_head_shows_what_was_signed(resident: Resident, heads: list[Head]) -> None:
    head = heads[1]
    page = resident.open(f"{LOG}/{head.size}")
    assert "Chữ ký của mốc này đúng." in page.text
    assert head.root.hex() in page.text
    found = json.loads(resident.browser.get(f"{LOG}/{head.size}.json").text)
    assert found["text"] == head.text.decode()
    assert found["signature"] == head.signature.hex()


@pytest.mark.parametrize("size", ["4", "0", "999999999999999", "9" * 40, "x", "-1"])
def test_a_head_that_was_never_signed_is_not_there(
    resident: Resident, heads: list[Head], size: str
) -> None:
    assert resident.browser.get(f"{LOG}/{size}").status_code == 404
    assert resident.browser.get(f"{LOG}/{size}.json").status_code == 404


def test_any_two_heads_are_compared_in_either_order(resident: Resident, heads: list[Head]) -> None:
    for one, another in ((heads[0], heads[2]), (heads[2], heads[0]), (heads[1], heads[1])):
        page = resident.open(f"{LOG}/doi-chieu?tu={one.size}&den={another.size}")
        assert "chứa trọn mốc" in page.text
        found = json.loads(
            resident.browser.get(f"{LOG}/doi-chieu.json?tu={one.size}&den={another.size}").text
        )
        first, second = sorted((one, another), key=lambda head: head.size)
        assert found["consistent"]
        assert proves_consistency(
            first=first.size,
            second=second.size,
            first_root=first.root,
            second_root=second.root,
            path=[bytes.fromhex(step) for step in found["path"]],
        )


@pytest.mark.parametrize("asked", ["", "?tu=3", "?tu=a&den=b", "?tu=3&den=4", "?tu=0&den=0"])
def test_sizes_without_a_head_are_told(resident: Resident, heads: list[Head], asked: str) -> None:
    page = resident.open(f"{LOG}/doi-chieu{asked}")
    assert resident.answer.status_code == 422
    assert "Xin chép đúng số" in page.text
    assert resident.browser.get(f"{LOG}/doi-chieu.json{asked}").status_code == 404


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_head SET root = zeroblob(32) WHERE size = 3",
        "UPDATE log_node SET hash = zeroblob(32)",
        "DELETE FROM log_node",
    ],
)
def test_a_log_that_was_changed_is_told(
    resident: Resident, heads: list[Head], database: Database, statement: str
) -> None:
    with database.writing() as session:
        session.execute(text(statement))
    page = resident.open(f"{LOG}/doi-chieu?tu=3&den=17")
    assert "không khớp" in page.text
    assert not json.loads(resident.browser.get(f"{LOG}/doi-chieu.json?tu=3&den=17").text)[
        "consistent"
    ]


def test_a_forged_head_is_told(resident: Resident, heads: list[Head], database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE log_head SET at = '2026-01-01 00:00:00.000000'"))
    assert "không đúng" in resident.open(f"{LOG}/3").text


def test_the_pages_ask_little(
    resident: Resident, heads: list[Head], database: Database, statements: Watch
) -> None:
    resident.open(LOG)
    for address, most in ((LOG, 3), (f"{LOG}/3", 1), (f"{LOG}/doi-chieu?tu=3&den=17", 3)):
        with statements(database) as seen:
            resident.open(address)
        assert len(seen) <= most, seen


def test_the_program_is_handed_out_as_it_is(resident: Resident) -> None:
    answer = resident.browser.get(f"{LOG}/verify_receipt.py")
    assert answer.data == PROGRAM.read_bytes()
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(answer.text.splitlines()) < 150


def test_a_receipt_prints_the_newest_head(
    resident: Resident, heads: list[Head], clock: StandingClock
) -> None:
    clock.forward(minutes=2)
    resident.send()
    assert heads[-1].mark in resident.page.text
    assert "17 bước" in resident.page.text


def test_a_receipt_before_the_first_head_says_nothing_of_it(resident: Resident) -> None:
    resident.send()
    assert "sổ cái công khai ngày" not in resident.page.text.lower()
