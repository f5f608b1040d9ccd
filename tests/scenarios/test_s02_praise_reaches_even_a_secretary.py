"""S-02: praise needs one person, and goes to the cell whose secretary is praised."""

from __future__ import annotations

from portal.vocabulary import Role, Status
from tests.moderation.ward import SCHOOL
from tests.scenarios.town import Town

ABOUT = "Cô Hoàng Thị Lụa, bí thư chi bộ trường"
WHAT = "Cảm ơn cô Hoàng Thị Lụa đã đến từng nhà vận động các cháu đi học lại sau lũ."


def test_a_teacher_is_praised_in_her_own_cell(town: Town) -> None:
    town.enrol("thao", Role.COMMITTEE, SCHOOL)
    letter = town.send(about=ABOUT, what=WHAT, kind="praise")
    town.screen(letter, "lua", kind="praise", sentiment="praise", topic="volunteering")
    assert town.case(letter).status is Status.ELIGIBLE
    page = town.at_desk("lam", letter).page()
    assert "Ý kiến biểu dương chuyển về chi bộ, kể cả khi biểu dương bí thư." in page.text
    town.route(letter, SCHOOL, "Có lời cảm ơn về việc vận động các cháu đi học lại.")
    thao = town.in_committee("thao", letter)
    thao.do("accept")
    thao.do("follow-up", deed="commend", done_on=town.today, note="Đã biểu dương tại chi bộ.")
    thao.do("report", finding="praise_noted", draft="Chi bộ đã biểu dương.")
    town.at_desk("lam", letter).do("publish", answer="Chi bộ đã ghi nhận và biểu dương.")
    assert "Đã ghi nhận, biểu dương" in letter.look()
