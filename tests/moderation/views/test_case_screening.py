"""Screening on the case page: taking, reading, choosing, proposing, and what is refused."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from portal.models import Case, Event, ResidentAct
from portal.tracking import UNPROVEN, find, supply
from portal.vocabulary import Kind, Sentiment, Status
from tests.doors.course import Course
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.ward import Ward
from tests.pages import page_of

TICKED = dict.fromkeys(("readable", "in_scope", "masked", "not_duplicate", "right_member"), "y")
READ_AS = {"kind": "report", "sentiment": "criticism", "topic": "environment_order"}


def status_of(course: Course) -> Status:
    with course.ward.database.reading() as session:
        return session.get_one(Case, course.number).status


def test_a_moderator_reads_masked_words_and_takes_the_case(walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare")
    hoa = sit("hoa", "case")
    page = hoa.page()
    assert "[đã che số điện thoại]" in page.text
    assert "0912" not in page.html
    assert "Trước số nhà 15" in page.text
    assert "Có thể là đảng viên nào" not in page.text
    after = hoa.do("claim")
    assert "Đồng chí đã nhận việc này." in after.text
    assert status_of(course) is Status.SCREENING


def test_candidates_are_told_apart_and_nobody_is_chosen_beforehand(walk: Walk, sit: Sit) -> None:
    walk("send", "prepare", "claim")
    page = sit("hoa", "case").page()
    assert "Nông Văn Bách, 1961 Chi bộ khối 7" in page.text
    assert "Nông Văn Bách, 1984 Chi bộ trường học" in page.text
    assert "Trùng cả họ tên, đúng dấu." in page.text
    assert page.text.index("1961") < page.text.index("1984")
    assert not [value for name, value in page.ticked if name == "member"]


def test_a_moderator_can_look_for_somebody_else(walk: Walk, sit: Sit) -> None:
    walk("send", "prepare", "claim")
    hoa = sit("hoa", "case")
    found = page_of(hoa.client.get(f"{hoa.address}?q=Lý Văn Đoàn"))
    assert "Lý Văn Đoàn, 1966" in found.text
    nobody = page_of(hoa.client.get(f"{hoa.address}?q=Zzyzx"))
    assert "Không tìm thấy ai." in nobody.text


def test_who_does_not_know_whom_it_is_about_asks_the_writer(walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare", "claim")
    hoa = sit("hoa", "case")
    asking = hoa.do("choose", member="none")
    assert asking.h1
    assert "Xin hỏi thêm người gửi, không đoán." in asking.text
    hoa.do("ask", question="Ông ấy ở số nhà nào?")
    assert status_of(course) is Status.NEED_INFO


def test_two_people_make_a_case_eligible(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk("send", "prepare", "claim")
    hoa, lam = sit("hoa", "case"), sit("lam", "case")
    hoa.do("classify", **READ_AS)
    hoa.do("choose", member=str(ward.members["bach"]))
    waiting = hoa.do("verify", guessable="no", **TICKED)
    assert "Chờ người thứ hai xem đề nghị này." in waiting.text
    assert 'action="' + f"/case/{course.number}/confirm" not in waiting.html
    second = lam.page()
    assert "Đ/c Lương Thị Hòa" in second.text
    assert "Chi bộ khối 7" in second.text
    assert "Nông Văn Bách, 1984" in second.text
    lam.do("confirm")
    assert status_of(course) is Status.ELIGIBLE


def test_the_proposer_cannot_confirm_and_is_told_so(walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare", "claim", "choose", "propose")
    hoa = sit("hoa", "case")
    with course.ward.database.reading() as session:
        version = session.get_one(Case, course.number).version
    response = hoa.send("confirm", version=str(version))
    assert response.status_code == 409
    assert "Việc này chưa làm được" in page_of(response).text
    assert status_of(course) is Status.SCREENING


def test_praise_needs_one_person_only(walk: Walk, sit: Sit, ward: Ward, course: Course) -> None:
    course.answers["kind"] = Kind.PRAISE
    walk("send", "prepare", "claim")
    hoa = sit("hoa", "case")
    hoa.do("classify", **(READ_AS | {"kind": "praise", "sentiment": "praise"}))
    hoa.do("choose", member=str(ward.members["bach"]))
    page = hoa.do("verify", guessable="no", **TICKED)
    assert "Hồ sơ đủ điều kiện chuyển." in page.text
    assert status_of(course) is Status.ELIGIBLE


def test_a_label_alone_takes_no_words_past_the_second_person(
    walk: Walk, sit: Sit, ward: Ward, course: Course
) -> None:
    course.answers["kind"] = None
    walk("send", "prepare", "claim")
    hoa = sit("hoa", "case")
    refused = hoa.send("classify", **(READ_AS | {"sentiment": "praise"}))
    assert refused.status_code == 422
    assert "loại ý kiến phải là “Biểu dương”" in page_of(refused).text
    hoa.do("classify", **(READ_AS | {"kind": "praise", "sentiment": "praise"}))
    hoa.do("choose", member=str(ward.members["bach"]))
    hoa.do("verify", guessable="no", **TICKED)
    assert status_of(course) is Status.SCREENING
    sit("lam", "case").do("confirm")
    assert status_of(course) is Status.ELIGIBLE


def test_nothing_is_proposed_before_it_is_classified(walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare", "claim", "choose")
    with course.ward.database.writing() as session:
        session.get_one(Case, course.number).topic = None
    hoa = sit("hoa", "case")
    response = hoa.send("verify", guessable="no", **TICKED)
    assert response.status_code == 422
    assert "Xin chọn đủ loại ý kiến, khen hay phê bình và lĩnh vực." in page_of(response).text
    hoa.do("decline", reason="private_life", note="Việc này thuộc gia đình.")


def test_an_incomplete_checklist_says_what_to_do_and_keeps_the_ticks(walk: Walk, sit: Sit) -> None:
    walk("send", "prepare", "claim", "choose")
    hoa = sit("hoa", "case")
    response = hoa.send("verify", readable="y", guessable="yes")
    page = page_of(response)
    assert response.status_code == 422
    assert page.title.startswith("Lỗi:")
    assert {("readable", "y"), ("guessable", "yes")} <= page.ticked
    assert ("in_scope", "y") not in page.ticked


def test_checking_before_choosing_asks_to_choose(walk: Walk, sit: Sit) -> None:
    walk("send", "prepare", "claim")
    response = sit("hoa", "case").send("verify", guessable="no", **TICKED)
    assert response.status_code == 422
    assert "Xin chọn đảng viên được góp ý" in page_of(response).text


def test_a_moderator_tied_to_the_member_cannot_choose_them(
    walk: Walk, sit: Sit, ward: Ward
) -> None:
    # Nobody who could be meant is tied to the moderator; the member they look for is.
    course = walk("send", "prepare", "claim")
    with ward.database.writing() as session:
        case = session.get_one(Case, course.number)
        case.claimant_id = case.lease_until = None
    both = sit("both", "case")
    response = both.send("choose", member=str(ward.members["thanh"]))
    assert response.status_code == 422
    assert "Đồng chí có liên quan đến đảng viên này." in page_of(response).text


def test_declining_is_proposed_with_a_reason_and_a_note(walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare", "claim")
    hoa, lam = sit("hoa", "case"), sit("lam", "case")
    wrong = hoa.send("decline", note="Việc này thuộc gia đình.")
    assert wrong.status_code == 422
    assert page_of(wrong).fields["note"] == "Việc này thuộc gia đình."
    hoa.do("decline", reason="private_life", note="Việc này thuộc gia đình.")
    page = lam.page()
    assert "Thuộc đời tư" in page.text
    assert "Việc này thuộc gia đình." in page.text
    lam.do("confirm")
    assert status_of(course) is Status.DECLINED


def test_an_objection_needs_a_reason_and_goes_back(walk: Walk, sit: Sit) -> None:
    walk("send", "prepare", "claim", "choose", "propose")
    lam = sit("lam", "case")
    empty = lam.send("object", reason="  ")
    assert empty.status_code == 422
    lam.do("object", reason="Chưa rõ là ông Bách nào.")
    page = sit("hoa", "case").page()
    assert "Chưa rõ là ông Bách nào." in page.text
    assert ("readable", "y") in page.ticked


def test_referring_names_the_authority(walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare", "claim")
    hoa = sit("hoa", "case")
    assert hoa.send("refer", note="Xin đến trụ sở.").status_code == 422
    hoa.do("refer", authority="Công an phường", note="Xin đến trụ sở, thứ Hai đến thứ Sáu.")
    assert status_of(course) is Status.REFERRED


def test_what_the_writer_adds_is_masked_and_said_to_wait(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk("send", "prepare", "claim", "ask")
    assert course.receipt is not None
    with ward.database.writing() as session:
        tracked = find(session, ring=ward.ring, code=course.receipt.code)
        assert tracked is not None
        supply(session, tracked=tracked, text="Từ tháng 9. Gọi 0987 654 321.", at=ward.at)
    page = sit("hoa", "case").page()
    assert "Từ tháng 9. Gọi [đã che số điện thoại]" in page.text
    assert "đang chờ ghi nhận" in page.text
    assert "0987" not in page.html
    with ward.database.writing() as session:
        session.scalars(select(ResidentAct)).one().done_at = ward.at
    assert "đang chờ ghi nhận" not in sit("hoa", "case").page().text
    with ward.database.writing() as session:
        session.scalars(select(ResidentAct)).one().refused = UNPROVEN
    page = sit("hoa", "case").page()
    assert "không được gửi bằng mã của người viết, không thực hiện" in page.text
    assert "Từ tháng 9" not in page.text


def test_the_desk_reads_no_hour_of_a_writer_who_fears_retaliation(
    walk: Walk, sit: Sit, course: Course
) -> None:
    course.answers["fears_retaliation"] = True
    walk("send", "prepare", "claim")
    page = sit("hoa", "case").page()
    assert "10:00" not in page.html.replace("đến 12:00", "")
    assert "Ý kiến chỉ chuyển ủy ban kiểm tra." in page.text


def test_a_withdrawn_comment_shows_its_words_no_more(walk: Walk, sit: Sit) -> None:
    walk("send", "prepare", "claim", "withdraw")
    page = sit("hoa", "case").page()
    assert "vỉa hè" not in page.html
    assert "Nội dung không hiện nữa." in page.text


def test_a_lease_is_let_go_or_shown_to_others(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk("send", "prepare", "claim")
    assert "Người khác đang giữ hồ sơ này." in sit("lam", "case").page().text
    sit("hoa", "case").do("release")
    assert status_of(course) is Status.RECEIVED
    with ward.database.reading() as session:
        case = session.get_one(Case, course.number)
        assert case.claimant_id is None
        assert case.sentiment is Sentiment.CRITICISM
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert last is not None
    assert last.at - ward.at < timedelta(seconds=1)
