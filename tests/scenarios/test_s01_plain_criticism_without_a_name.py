"""S-01: plain criticism, sent without a name from an old telephone, reaches its cell."""

from __future__ import annotations

from portal.vocabulary import Status
from tests.moderation.ward import CELL_7
from tests.scenarios.town import Town

ABOUT = "Ông Nông Văn Bách, đảng viên ở khối 7"
WHAT = (
    "Ông Nông Văn Bách, đảng viên ở khối 7, mấy tháng nay để vật liệu xây dựng lấn hết vỉa hè "
    "trước số nhà 15, bà con nhắc nhưng chưa dọn."
)


def test_she_gets_a_code_and_a_moderator_sees_it_with_a_clock_of_two_days(town: Town) -> None:
    letter = town.send(about=ABOUT, what=WHAT, kind="report", context="residence")
    assert "Đã tiếp nhận" in letter.look()
    assert len(letter.code.replace("-", "")) == 20
    desk = town.browser("hoa").get("/desk/").text
    assert f"/case/{letter.number}" in desk
    page = town.at_desk("hoa", letter).page()
    assert "Hạn xem sơ bộ" in page.text
    assert "25/11/2026" in page.text
    assert "lấn hết vỉa hè" in page.text


def test_the_answer_comes_back_to_whoever_has_the_code(town: Town) -> None:
    letter = town.send(about=ABOUT, what=WHAT, kind="report", context="residence")
    town.screen(letter)
    town.route(letter, CELL_7)
    thanh = town.in_committee("thanh", letter)
    assert "số nhà 15" not in thanh.page().html
    town.hear(thanh)
    thanh.do("report", finding="partly", draft="Chi bộ đã nhắc nhở.")
    town.at_desk("lam", letter).do("publish", answer="Chi bộ đã nhắc, vật liệu đã được dọn.")
    told = letter.look()
    assert "Nội dung có cơ sở một phần" in told
    assert "Chi bộ đã nhắc, vật liệu đã được dọn." in told
    letter.do("rate", rating="satisfied")
    town.work()
    assert town.case(letter).status is Status.CLOSED
