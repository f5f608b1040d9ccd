"""A case that was taken to the level above: every page names who has it now."""

from __future__ import annotations

from moderation import answering
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.walking import Walk as Steps
from tests.moderation.walking import set_out
from tests.moderation.ward import Ward
from tests.pages import page_of


def raised(ward: Ward) -> Steps:
    """A report that was sent back twice."""
    walk = set_out(ward).until(Course.report)
    walk.do("lam", answering.send_back, reason="Cần nói rõ.")
    walk.report()
    walk.do("lam", answering.send_back, reason="Vẫn chưa rõ.")
    return walk


def test_the_case_names_the_level_above_and_nobody_of_the_first_committee(
    ward: Ward, staff_client: StaffClient
) -> None:
    walk = raised(ward)
    desk = page_of(staff_client("hoa").get(f"/case/{walk.number}")).text
    assert "Nơi giải quyết Đảng bộ phường Đông Kinh" in desk
    assert "Chuyển lên Đảng bộ phường Đông Kinh" in desk
    above = page_of(staff_client("vinh").get(f"/committee/{walk.number}")).text
    assert "Người thụ lý Chưa ai nhận" in above
    assert "Chuyển lên Đảng bộ phường Đông Kinh" in above


def test_the_list_of_the_level_above_names_nobody_of_the_first_committee(
    ward: Ward, staff_client: StaffClient
) -> None:
    raised(ward)
    inbox = page_of(staff_client("vinh").get("/committee/?list=open")).text
    assert "Có ý kiến về vật liệu trên vỉa hè." in inbox
    assert "Vi Văn Thành" not in inbox
    assert "Chưa ai giữ" in inbox


def test_a_second_return_says_which_desk_has_it(walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare", "claim", "choose", "propose", "confirm", "route")
    sit("thanh", "committee").do("return", reason="Không thuộc chi bộ.")
    for stage in ("propose", "confirm", "route"):
        getattr(course, stage)()
    sit("thanh", "committee").do("return", reason="Vẫn không thuộc chi bộ.")
    assert "Chuyển lên Đảng bộ tỉnh" in sit("thu", "case").page().text
