"""S-03: what is said of a secretary goes over his head, and nobody of his committee knows of it."""

from __future__ import annotations

from tests.moderation.ward import CELL_2, WARD
from tests.pages import page_of
from tests.scenarios.town import Letter, Town

WHAT = "Bí thư khối 2 thu quỹ an ninh mà cả năm không công khai thu chi."
NOWHERE = 20269999999


def about_the_secretary(town: Town) -> Letter:
    letter = town.send(about="Ông Lý Văn Đoàn, bí thư khối 2", what=WHAT, context="residence")
    town.screen(letter, "doan")
    return letter


def test_the_level_above_is_proposed_and_told_why(town: Town) -> None:
    letter = about_the_secretary(town)
    page = town.at_desk("lam", letter).page()
    assert "Đồng chí này tham gia chi ủy, nên chuyển lên cấp trên." in page.text
    town.route(letter, WARD, "Có ý kiến về công khai quỹ an ninh.")
    assert town.case(letter).handler_id == WARD
    assert "Nơi nhận: Đảng ủy xã, phường" in letter.look()
    assert town.in_committee("vinh", letter).page().text


def test_nobody_of_his_committee_can_tell_it_from_nothing(town: Town) -> None:
    letter = about_the_secretary(town)
    town.route(letter, WARD, "Có ý kiến về công khai quỹ an ninh.")
    doan = town.browser("doan")
    inbox = page_of(doan.get("/committee/"))
    assert f"/committee/{letter.number}" not in inbox.html
    there = doan.get(f"/committee/{letter.number}")
    nowhere = doan.get(f"/committee/{NOWHERE}")
    assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data)
    assert there.status_code == 404
    assert town.case(letter).handler_id != CELL_2
