"""S-06: the old cell answers until the new one accepts, then what is open goes along."""

from __future__ import annotations

from sqlalchemy import func, select

from portal.models import Case, Transfer
from portal.vocabulary import Status
from tests.moderation.ward import CELL_2, CELL_7, WARD
from tests.pages import page_of
from tests.scenarios.town import Letter, Town

ABOUT = "Bà Vi Thị Sao, đảng viên ở khối 2"
WHAT = "Tháng tám vừa rồi bà Sao để vật liệu lấn hết lối đi chung của khối."
OLD_CELL, NEW_CELL, ABOVE = "doan", "thanh", "vinh"
LATE = "Chờ nộp hồ sơ ở nơi mới, đã quá hạn, cần liên hệ"


def _on_her_way(town: Town, *, to: str, unit: str) -> str:
    """She left on 3/9/2026 with a letter of 7/9, a Monday; the page of her transfer."""
    sao = town.add_member("sao", "Vi Thị Sao", 1979, CELL_2)
    town.keep(
        OLD_CELL,
        f"/register/transfers/new?cell={CELL_2}&unit={unit}",
        member=sao,
        kind="official",
        decided_on="3/9/2026",
        to=to,
    )
    with town.ward.database.reading() as session:
        number = session.scalars(select(func.max(Transfer.id))).one()
    page = f"/register/transfers/{number}"
    town.keep(OLD_CELL, page, "/letter", step_on="7/9/2026")
    return page


def _with_the_old_cell(town: Town, topic: str) -> Letter:
    """A comment that came in November is passed on, to the cell that is still responsible."""
    letter = town.send(about=ABOUT, what=WHAT, context="residence")
    town.screen(letter, "sao", topic=topic)
    assert town.at_desk("lam", letter).page().fields["organisation"] == str(CELL_2)
    town.route(letter, CELL_2)
    town.in_committee(OLD_CELL, letter).do("accept")
    return letter


def test_what_is_open_and_its_history_hand_over_once_she_is_accepted(town: Town) -> None:
    page = _on_her_way(town, to=str(CELL_7), unit=str(WARD))
    with town.ward.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(Case))
    # Thirty working days are over: a check for the level above, and neither a case nor a violation.
    above = town.browser(ABOVE).get("/register/transfers/")
    assert LATE in above.text
    assert "Vi Thị Sao" in above.text
    assert "Quá hạn là việc cần xem lại, không phải vi phạm." in above.text
    with town.ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == before
    letter = _with_the_old_cell(town, "environment_order")
    assert town.browser(NEW_CELL).get(f"/committee/{letter.number}").status_code == 404

    town.keep(NEW_CELL, page, "/accept", step_on=town.today)
    assert "Vi Thị Sao" not in town.browser(ABOVE).get("/register/transfers/").text
    assert town.in_committee(OLD_CELL, letter).get().status_code == 404
    new_cell = town.in_committee(NEW_CELL, letter)
    read = new_cell.page().text
    assert "Có ý kiến về vật liệu để trên vỉa hè." in read
    assert "Vi Thị Sao, 1979" in read
    # The code still works, and tells of levels only.
    told = letter.look()
    assert "Đã chuyển nơi khác giải quyết" in told
    assert "Việc này nay do tổ chức đảng khác giải quyết tiếp." in told
    for hidden in ("khối 7", "khối 2", "chuyển sinh hoạt", "Sao"):
        assert hidden not in told.replace(WHAT, "").replace(ABOUT, ""), hidden
    note = {"deed": "field_check", "done_on": town.today, "note": "Đã xem tại chỗ."}
    new_cell.do("follow-up", **note)
    new_cell.do(
        "statement",
        outcome="given",
        text="Tôi đã dọn.",
        asked_on=town.today,
        read_back="y",
        read_on=town.today,
    )
    new_cell.do("report", finding="partly", draft="Đã nhắc dọn, lối đi đã thông.")
    town.at_desk("hoa", letter).do("publish", answer="Lối đi đã thông.")
    assert "Lối đi đã thông." in letter.look()


def test_out_of_the_province_it_ends_with_a_note_and_without_an_address(town: Town) -> None:
    page = _on_her_way(town, to="outside", unit="")
    letter = _with_the_old_cell(town, "absence_transfer")
    old_cell = town.in_committee(OLD_CELL, letter)
    assert "hạn 19/10/2026 đã qua, cần liên hệ" in old_cell.page().text
    town.keep(OLD_CELL, page, "/left", step_on=town.today)
    read = old_cell.page("report").text
    assert f"Đã chuyển sinh hoạt ra ngoài địa bàn từ {town.today}." in read
    assert "Không nêu nơi đến." in read
    closing = "Việc này được chuyển đến nơi có thẩm quyền xem xét tiếp."
    old_cell.do("report", finding="transferred", draft=closing)
    town.at_desk("hoa", letter).do("publish", answer=closing)
    told = letter.look()
    assert "Đã chuyển cơ quan có thẩm quyền" in told
    assert closing in told
    assert "địa bàn" not in told
    assert town.case(letter).status is Status.ANSWERED
    assert "Ngoài địa bàn" in page_of(town.browser(OLD_CELL).get(page)).text
