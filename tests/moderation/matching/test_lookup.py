"""How often the register is asked: a constant number of times, and never for whole people first."""

from __future__ import annotations

from datetime import date

import pytest

from moderation.matching import find
from tests.conftest import Watch
from tests.moderation.matching.small_register import Register

TODAY = date(2026, 11, 23)

QUESTIONS = [
    ("ông Hùng", "dong-kinh"),
    ("bí thư khối 7", "dong-kinh"),
    ("Nguyễn Văn Hùg", "dong-kinh"),
    ("Triệu Văn Khee", "dong-kinh"),
    ("Triệu Văn Khee", ""),
    ("một người ở khối 7", "dong-kinh"),
    ("bí thư khối 4", ""),
    ("ông Hợp khối 4 phường Vĩnh Trại", ""),
    ("không rõ ai", ""),
    ("Ông Hùng, bà Lụa, anh Khe, bí thư khối 7, trạm y tế", "khoi-7"),
]


@pytest.mark.parametrize(("about", "unit"), QUESTIONS)
def test_eight_statements_are_enough(
    register: Register, statements: Watch, about: str, unit: str
) -> None:
    for ask in (
        lambda: register.propose(about, what="Ông Hùng ở khối 7.", unit=unit, unit_text="khối 5"),
        lambda: register.hide_from(about, what="Ông Hùng.", unit=unit, unit_text="khối 5"),
        lambda: register.search(about, unit=unit),
    ):
        with statements(register.database) as seen:
            ask()
        assert len([each for each in seen if each.startswith(("SELECT", "WITH"))]) <= 8


def test_homonyms_cost_no_more_statements_than_one_member(
    register: Register, statements: Watch
) -> None:
    counts = []
    for about in ("ông Kỳ khối 5", "ông Hùng khối 5"):
        with statements(register.database) as seen:
            register.propose(about)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_nothing_is_written(register: Register, statements: Watch) -> None:
    with statements(register.database) as seen:
        register.propose("ông Hùng khối 5")
        register.hide_from("ông Hùng khối 5")
        register.search("hung")
    assert {each.split()[0] for each in seen} <= {"SELECT", "WITH", "BEGIN", "PRAGMA"}


def test_who_they_are_as_of_another_day_is_told_as_of_that_day(register: Register) -> None:
    with register.database.reading() as session:
        before = find(
            session,
            about="bí thư khối 7",
            what="",
            unit_id=register.units["dong-kinh"],
            unit_text="",
            context=None,
            today=date(2034, 1, 1),
        )
    assert register.keys_of(before.listed) == ["thanh-1964"]


def test_a_unit_that_is_not_there_leaves_the_whole_register(register: Register) -> None:
    with register.database.reading() as session:
        found = find(
            session,
            about="ông Trọng",
            what="",
            unit_id=999_999,
            unit_text="",
            context=None,
            today=TODAY,
        )
    assert register.keys_of(found.listed) == ["trong"]
