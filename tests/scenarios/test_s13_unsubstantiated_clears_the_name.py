"""S-13: nothing was found, the member is told so, and the case leaves everything told by member."""

from __future__ import annotations

from sqlalchemy import func, select

from portal.models import Case, JournalEntry
from portal.vocabulary import Deed, Status
from tests.doors.course import Course
from tests.pages import page_of
from tests.scenarios.town import Letter, Town

NAME = "Nông Văn Bách"


def in_the_cell(town: Town) -> Letter:
    letter = town.send(about=f"Ông {NAME}, khối 7", kind="report", context="residence")
    town.screen(letter)
    town.route(letter)
    town.in_committee("thanh", letter).do("accept")
    return letter


def cleared(town: Town) -> Letter:
    letter = in_the_cell(town)
    thanh = town.in_committee("thanh", letter)
    thanh.do("follow-up", deed="field_check", done_on=town.today)
    again = {"read_back": "y", "read_on": town.today}
    thanh.do("statement", outcome="given", text="Không phải tôi.", asked_on=town.today, **again)
    thanh.do("clear-name", how="meeting", told_on=town.today, inside="Bí thư báo tại chi bộ.")
    thanh.do("report", finding="unsubstantiated", draft="Đã kiểm tra, không có việc này.")
    town.at_desk("lam", letter).do("publish", answer="Đã kiểm tra, không có việc này.")
    return letter


def found_by_name(town: Town, login: str = "hoa") -> bool:
    browser = town.browser(login)
    token = page_of(browser.get("/desk/")).fields["csrf_token"]
    fields = {"csrf_token": token, "words": NAME}
    answer = browser.post("/desk/search", data=fields, follow_redirects=True)
    return "/case/" in answer.text


def test_it_cannot_be_found_without_asking_looking_and_telling(town: Town) -> None:
    letter = in_the_cell(town)
    thanh = town.in_committee("thanh", letter)
    fields = {"finding": "unsubstantiated", "draft": "Không có việc này."}
    assert "Chưa có lời giải trình" in page_of(thanh.send("report", **fields)).text
    undated = thanh.send("statement", outcome="declined")
    assert "Xin ghi ngày hỏi đảng viên." in page_of(undated).text
    thanh.do("statement", outcome="declined", asked_on=town.today)
    assert "Chưa kiểm tra thực tế." in page_of(thanh.send("report", **fields)).text
    thanh.do("follow-up", deed="field_check", done_on=town.today)
    assert "Ghi việc làm rõ, khôi phục uy tín" in thanh.page().text
    assert "Chưa báo cho đảng viên" in page_of(thanh.send("report", **fields)).text
    thanh.do("clear-name", how="in_person", told_on=town.today)
    thanh.do("report", **fields)


def test_nobody_is_unreachable_before_two_days_of_trying(town: Town) -> None:
    letter = in_the_cell(town)
    town.later(days=1)
    thanh = town.in_committee("thanh", letter)
    once = thanh.send("statement", outcome="unreachable", attempt_1=town.today)
    assert "Cần hai lần liên hệ vào hai ngày khác nhau." in page_of(once).text
    twice = {"attempt_1": "23/11/2026", "attempt_2": town.today}
    thanh.do("statement", outcome="unreachable", **twice)


def test_the_resident_reads_why_and_the_member_was_told(town: Town) -> None:
    letter = cleared(town)
    told = letter.look()
    assert "Nội dung không có cơ sở" in told
    assert "Bí thư báo" not in told
    assert "Làm rõ, khôi phục uy tín" not in told
    assert "Tại sinh hoạt chi bộ" in town.at_desk("hoa", letter).page().text
    with town.ward.database.reading() as session:
        deed = JournalEntry.deed == Deed.NAME_CLEARED
        assert session.scalar(select(func.count()).where(deed)) == 1


def test_once_it_has_ended_nothing_leads_from_the_member_to_it(town: Town) -> None:
    letter = cleared(town)
    assert found_by_name(town)
    letter.do("rate", rating="acceptable")
    town.work()
    assert town.case(letter).status is Status.CLOSED
    assert not found_by_name(town)
    assert not found_by_name(town, "thu")
    page = town.at_desk("hoa", letter).page()
    assert "Đồng chí đó đã được làm rõ." in page.text
    with town.ward.database.reading() as session:
        assert session.scalars(select(Case.subject_mark)).one() is None
    # The member and whoever is tied to them see as little of it as before.
    for login in ("tied", "wife"):
        assert town.browser(login).get(f"/case/{letter.number}").status_code == 404


def test_another_letter_about_the_same_member_says_nothing_of_it(town: Town) -> None:
    letter = cleared(town)
    letter.do("rate", rating="acceptable")
    town.work()
    other = town.send(about=f"Ông {NAME}, khối 7", what="Ông Bách đổ rác ra ngõ mỗi tối.")
    hoa = town.at_desk("hoa", other)
    hoa.do("claim")
    page = hoa.page()
    assert NAME in page.text
    assert letter.number != other.number
    assert f"PA-2026-{letter.number % 10_000_000:06d}" not in page.text
    assert "không có cơ sở" not in page.text


def test_what_is_contested_is_about_its_member_again(town: Town) -> None:
    letter = cleared(town)
    town.later(days=20)
    assert town.case(letter).subject_mark is None
    letter.do("contest", why="Tôi có ảnh chụp lúc đó.")
    town.work()
    case = town.case(letter)
    assert (case.status, case.subject_mark is None) == (Status.REVIEW, False)
    town.in_committee("vinh", letter).do("review", decision="uphold", note="Đã xem, không có.")
    assert town.case(letter).subject_mark is None


def test_silence_closes_and_is_told_apart_from_a_judgement(town: Town) -> None:
    silent, _walk = town.brought(Course.publish)
    town.later(days=16)
    assert town.case(silent).status is Status.CLOSED
    assert "Đã kết thúc, chưa có đánh giá của ông/bà" in silent.look()
