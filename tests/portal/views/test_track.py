"""Following a comment: the answer to "where is my letter?", in every status."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from portal.answer import Answer
from portal.db import Database
from portal.models import ResidentAct, Seal
from portal.models.submission import SealHolder
from portal.tracking import MOST_ADDED, supply
from portal.vault import Code, Ring, code_from_token, new_token
from portal.vocabulary import (
    ActKind,
    DeclineReason,
    Finding,
    OrganisationKind,
    Rating,
    Status,
    SubmissionState,
)
from tests.clocks import StandingClock
from tests.conftest import Watch
from tests.portal.courses import Course
from tests.portal.residents import TRACK, WHAT, Resident

#: A letter is never in a case that was merged: it is where that one went.
STATUSES = sorted(set(Status) - {Status.MERGED})
HEADLINES = {
    Status.RECEIVED: "Cổng đã nhận ý kiến và sắp xem xét sơ bộ",
    Status.SCREENING: "Bộ phận tiếp nhận đang xem xét sơ bộ",
    Status.NEED_INFO: "Bộ phận tiếp nhận cần ông/bà cho biết thêm",
    Status.DECLINED: "Cổng không tiếp nhận được ý kiến này",
    Status.REFERRED: "Việc này do cơ quan khác giải quyết",
    Status.ELIGIBLE: "Ý kiến đủ điều kiện và sắp được chuyển đi",
    Status.ROUTED: "Ý kiến đã được chuyển. Nơi nhận: Chi bộ",
    Status.IN_PROGRESS: "Chi bộ đang xem xét, giải quyết",
    Status.ON_HOLD: "Việc này tạm dừng, chờ cơ quan có thẩm quyền kết luận",
    Status.REPORTED: "Chi bộ đang xem xét, giải quyết",
    Status.ANSWERED: "Ý kiến của ông/bà đã có kết quả",
    Status.CLOSED: "Việc này đã kết thúc",
    Status.REVIEW: "Cấp trên đang xem xét lại việc này",
    Status.WITHDRAWN: "Ông/bà đã rút ý kiến này",
}


@pytest.fixture
def course(
    resident: Resident, database: Database, ring_public: Ring, clock: StandingClock
) -> Course:
    """A comment that has just been sent."""
    return Course(database, ring_public, clock, resident.send())


def waiting_acts(database: Database) -> list[ActKind]:
    """The acts that wait for the worker."""
    with database.reading() as session:
        acts = session.scalars(select(ResidentAct).where(ResidentAct.done_at.is_(None))).all()
    return [act.kind for act in acts]


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_says_where_the_letter_is(
    resident: Resident, course: Course, status: Status
) -> None:
    cell = course.add_cell()
    course.step("route", Status.ROUTED, organisation=cell)
    note = Answer(Finding.PARTLY, "Đã dọn.").to_note() if status is Status.ANSWERED else "Ghi chú."
    action = {Status.ANSWERED: "publish", Status.NEED_INFO: "ask"}.get(status, "any")
    course.step(action, status, note=note)
    page = resident.track(course.code)
    assert resident.answer.status_code == 200
    assert page.h1 == HEADLINES[status]
    assert str(status.label) in page.text
    assert f"t-{status.value}" in resident.answer.text
    assert "khối 7 phường" not in page.text


@pytest.mark.parametrize("status", STATUSES)
def test_only_what_makes_sense_is_offered(
    resident: Resident, course: Course, status: Status
) -> None:
    course.step("ask", status, note="Khi nào?")
    steps = {form.get("step") for form in resident.track(course.code).forms}
    open_ = status not in {
        Status.DECLINED,
        Status.REFERRED,
        Status.ANSWERED,
        Status.CLOSED,
        Status.WITHDRAWN,
    }
    assert ("supply" in steps) == open_
    # What has been answered once is not taken back, also while it is looked at again.
    assert ("ask_withdraw" in steps) == (open_ and status is not Status.REVIEW)
    assert ("rate" in steps) == (status is Status.ANSWERED)


def test_the_page_promises_dates_before_the_worker_has_set_the_clocks(
    resident: Resident, course: Course
) -> None:
    text = resident.track(course.code).text
    assert "Xem sơ bộ 25/11/2026 · còn hạn" in text
    assert "Chuyển đi 30/11/2026 · còn hạn" in text
    assert "Kết quả trong 20 ngày làm việc sau khi chuyển" in text
    assert "hẹn trước 17:00, 25/11/2026" in text


def test_a_late_case_says_so_and_apologises(resident: Resident, course: Course) -> None:
    cell = course.add_cell()
    course.step("accept", Status.IN_PROGRESS, organisation=cell)
    now = course.clock()
    course.clock_of("screening", now - timedelta(days=9), stopped_at=now - timedelta(days=10))
    course.clock_of("pass_on", now - timedelta(days=9), stopped_at=now - timedelta(days=8))
    course.clock_of("result", now - timedelta(days=6, hours=17))
    page = resident.track(course.code)
    assert page.h1 == "Chi bộ đang xem xét, nhưng trả lời chậm"
    assert "Quá hạn 4 ngày làm việc" in page.text
    assert "Hạn trả lời là 16/11/2026. Cổng xin lỗi ông/bà" in page.text
    assert "· đúng hạn" in page.text
    assert "· chậm" in page.text
    assert "· quá hạn" in page.text


def test_a_pause_is_not_late(resident: Resident, course: Course) -> None:
    now = course.clock()
    course.step("ask", Status.NEED_INFO, note="Ở đâu?")
    for stage in ("screening", "pass_on"):
        course.clock_of(stage, now - timedelta(days=1), paused_at=now - timedelta(days=2))
    page = resident.track(course.code)
    assert "tạm dừng tính hạn" in page.text
    assert "Quá hạn" not in page.text


def test_a_case_on_hold_promises_when_it_is_looked_at_again(
    resident: Resident, course: Course
) -> None:
    cell = course.add_cell()
    now = course.clock()
    for stage in ("screening", "pass_on"):
        course.clock_of(stage, now, stopped_at=now)
    course.clock_of("result", now + timedelta(days=5), paused_at=now)
    course.clock_of("hold", now + timedelta(days=21))
    facts = {"until": "2026-12-14"}
    course.step("hold", Status.ON_HOLD, facts=facts, organisation=cell, note="Chờ đo lại đất.")
    text = resident.track(course.code).text
    assert "Tạm dừng, xem lại ngày 14/12/2026" in text
    assert "Chờ đo lại đất." in text
    assert "Xem lại việc 14/12/2026 · còn hạn" in text
    assert "Xem lại việc hẹn trước" in text
    course.clock.forward(days=28)
    assert "Hạn xem lại là 14/12/2026. Cổng xin lỗi" in resident.track(course.code).text


def test_steps_are_dated_newest_first_with_their_notes(resident: Resident, course: Course) -> None:
    course.clock.forward(days=1)
    course.step("claim", Status.SCREENING)
    course.step("prepare", Status.SCREENING, shown=False)
    course.clock.forward(days=1)
    course.step(
        "refer", Status.REFERRED, note="Gửi <b>nơi</b> này: https://example.org/don\n\nCảm ơn."
    )
    html = resident.track(course.code).html
    text = resident.page.text
    assert text.index("Đã hướng dẫn cơ quan có thẩm quyền 25/11/2026") > 0
    assert html.index("25/11/2026") < html.index("24/11/2026")
    assert "Gửi <b>nơi</b> này" in text
    assert '<a href="https://example.org/don" rel="noreferrer nofollow">' in html
    assert "prepare" not in html


def test_deeds_are_told_as_residents_may_read_them(resident: Resident, course: Course) -> None:
    cell = course.add_cell()
    facts = {"kind": "handled", "done_on": "2026-11-20"}
    course.step("follow_up", Status.IN_PROGRESS, facts=facts, organisation=cell)
    facts = {"kind": "field_check", "done_on": "2026-11-21"}
    course.step("follow_up", Status.IN_PROGRESS, facts=facts, organisation=cell)
    course.step("extend", Status.IN_PROGRESS, facts={"due": "2026-12-31"}, note="Chờ họp.")
    text = resident.track(course.code).text
    assert "Đã xử lý theo quy định của Đảng 20/11/2026 · Chi bộ" in text
    assert "Kiểm tra thực tế, nắm thông tin 21/11/2026 · Chi bộ" in text
    assert "Gia hạn đến ngày 31/12/2026" in text
    assert "Khiển trách" not in text


def test_a_decline_gives_its_reason_and_note(resident: Resident, course: Course) -> None:
    reason = DeclineReason.NOT_ABOUT_MEMBER
    course.step(
        "decline", Status.DECLINED, facts={"reason": reason.value}, note="Xin gửi nơi khác."
    )
    page = resident.track(course.code)
    assert str(reason.label) in page.text
    assert "Xin gửi nơi khác." in page.text
    assert "Chuyển đi" not in page.text


def test_the_answer_stands_first_with_its_finding(resident: Resident, course: Course) -> None:
    answer = Answer(Finding.PARTLY, "Vật liệu đã được dọn.\n\nChi bộ đã nhắc nhở.")
    course.step("publish", Status.ANSWERED, note=answer.to_note())
    page = resident.track(course.code)
    assert ("h2", "Nội dung có cơ sở một phần") in page.headings
    assert "Vật liệu đã được dọn." in page.text
    assert "partly" not in page.text


def test_own_words_are_shown_only_when_asked_for(resident: Resident, course: Course) -> None:
    assert WHAT not in resident.track(course.code).text
    page = resident.press("own")
    assert WHAT in page.text


def test_a_question_is_answered_and_waits_for_the_worker(
    resident: Resident, course: Course, database: Database
) -> None:
    course.step("ask", Status.NEED_INFO, note="Rác còn không?")
    page = resident.track(course.code)
    assert "Rác còn không?" in page.text
    assert "Xin trả lời trước ngày 07/12/2026" in page.text
    page = resident.track(course.code, "supply", text="Vẫn còn, tôi thấy hôm qua.")
    assert page.h1 == "Cổng đã nhận câu trả lời của ông/bà"
    assert "Đang chờ hệ thống ghi nhận" in page.text
    assert "Vẫn còn" not in page.text
    assert waiting_acts(database) == [ActKind.SUPPLY]
    resident.track(course.code, "supply", text="Vẫn còn, tôi thấy hôm qua.")
    assert waiting_acts(database) == [ActKind.SUPPLY]
    assert "Vẫn còn, tôi thấy hôm qua." in resident.track(course.code, "own").text
    course.carry_out()
    assert "Đang chờ" not in resident.track(course.code).text


def test_the_same_answer_to_another_question_is_another_answer(
    resident: Resident, course: Course, database: Database
) -> None:
    for question in ("Rác còn không?", "Hôm nay còn không?"):
        course.clock.forward(hours=1)
        course.step("ask", Status.NEED_INFO, note=question)
        course.clock.forward(hours=1)
        resident.track(course.code, "supply", text="Còn.")
        course.carry_out()
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ResidentAct)) == 2


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        ("too_late", "Không ghi nhận được, vì khi đó hồ sơ đã sang bước khác."),
        ("unproven", "Không ghi nhận, vì việc này không được làm bằng mã của ông/bà."),
    ],
)
def test_an_act_that_was_not_carried_out_is_told_with_its_reason(
    resident: Resident, course: Course, refused: str, told: str
) -> None:
    resident.track(course.code, "supply", text="Thêm một việc.")
    course.carry_out(refused=refused)
    assert told in resident.track(course.code).text


@pytest.mark.parametrize("text", ["", " \u200b ", "...", "👍", "x" * 5001])
def test_an_answer_that_cannot_be_taken_stays_in_its_field(
    resident: Resident, course: Course, database: Database, text: str
) -> None:
    page = resident.track(course.code, "supply", text=text)
    assert resident.answer.status_code == 422
    assert page.title.startswith("Lỗi:")
    assert page.fields["text"] == text.strip(" \u200b")
    assert waiting_acts(database) == []


def test_one_code_is_not_enough_to_fill_a_desk(
    resident: Resident, course: Course, database: Database, clock: StandingClock
) -> None:
    course.step("claim", Status.SCREENING)
    with database.writing() as session:
        for number in range(MOST_ADDED):
            supply(session, tracked=course.tracked, text=f"Lần {number}.", at=clock())
    page = resident.track(course.code, "supply", text="Thêm một lần nữa.")
    assert resident.answer.status_code == 409
    assert "Xin chờ Cổng đọc những điều đã viết thêm" in page.text
    assert page.fields["text"] == "Thêm một lần nữa."
    assert len(waiting_acts(database)) == MOST_ADDED
    clock.forward(hours=1)
    course.step("ask", Status.NEED_INFO, note="Ở khối nào?")
    resident.track(course.code, "supply", text="Ở khối 7.")
    assert resident.answer.status_code == 200
    assert len(waiting_acts(database)) == MOST_ADDED + 1


def test_withdrawing_is_asked_for_once_more_and_then_waits(
    resident: Resident, course: Course, database: Database
) -> None:
    page = resident.track(course.code, "ask_withdraw")
    assert page.h1 == "Rút ý kiến PA-2026-000001"
    assert resident.press("look").h1 == HEADLINES[Status.RECEIVED]
    assert waiting_acts(database) == []
    for _click in range(2):
        page = resident.track(course.code, "withdraw")
        assert resident.answer.status_code == 200
    assert page.h1 == "Cổng đã nhận yêu cầu rút ý kiến"
    assert "Ông/bà xin rút ý kiến" in page.text
    assert waiting_acts(database) == [ActKind.WITHDRAW]
    assert "ask_withdraw" not in {form.get("step") for form in page.forms}
    course.carry_out()
    course.state(SubmissionState.WITHDRAWN)
    assert resident.track(course.code).h1 == HEADLINES[Status.WITHDRAWN]


def test_a_result_is_rated_once(resident: Resident, course: Course, database: Database) -> None:
    answer = Answer(Finding.CLARIFIED, "Đã rõ.").to_note()
    course.step("publish", Status.ANSWERED, note=answer)
    assert "Chọn một trong ba" in resident.track(course.code, "rate").text
    forged = resident.track(course.code, "rate", rating="best", comment="Giữ lời này.")
    assert "không có trong danh sách" in forged.text
    assert forged.fields["comment"] == "Giữ lời này."
    for _click in range(2):
        page = resident.track(course.code, "rate", rating="acceptable", comment="Cảm ơn.")
        assert resident.answer.status_code == 200
    assert f"Ông/bà đánh giá kết quả: {Rating.ACCEPTABLE.label}" in page.text
    resident.track(course.code, "rate", rating="unsatisfied")
    assert resident.answer.status_code == 409
    assert waiting_acts(database) == [ActKind.RATE]


def test_an_act_that_does_not_fit_is_told_so(
    resident: Resident, course: Course, database: Database
) -> None:
    for step, fields in (("rate", {"rating": "satisfied"}), ("withdraw", {})):
        course.step("close", Status.CLOSED if step == "withdraw" else Status.RECEIVED)
        page = resident.track(course.code, step, **fields)
        assert resident.answer.status_code == 409
        assert "không còn làm được" in page.text
    assert waiting_acts(database) == []


def test_a_merged_submission_shows_its_state(resident: Resident, course: Course) -> None:
    course.state(SubmissionState.MERGED)
    assert str(SubmissionState.MERGED.label) in resident.track(course.code).text


def test_the_level_that_has_it_is_named_and_nothing_finer(
    resident: Resident, course: Course
) -> None:
    commission = course.add_cell(OrganisationKind.COMMISSION)
    course.step("route", Status.ROUTED, organisation=commission)
    page = resident.track(course.code)
    assert page.h1 == "Ý kiến đã được chuyển. Nơi nhận: Ủy ban kiểm tra"
    assert "khối 7" not in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Nhập mã 20 ký tự"),
        ("ABCD", "Mã có đúng 20 chữ và số"),
        ("7KQP-M3XD-9TWF-HR42-6VNBB", "Mã có đúng 20 chữ và số"),
        ("7KQP-M3XD-9TWF-HR42-6VNU", "Trong mã có ký tự lạ"),
        ("7KQP-M3XD-9TWF-HR42-6VN<", "Trong mã có ký tự lạ"),
        ("mã của tôi", "chưa có mã nào"),
        ("Mã:", "chưa có mã nào"),
        ("chưa có", "Trong mã có ký tự lạ"),
        ("x" * 300, "Xin viết ngắn lại"),
    ],
)
def test_what_is_no_code_gets_a_sentence_and_stays_in_its_field(
    resident: Resident, typed: str, sentence: str
) -> None:
    page = resident.track(typed)
    assert resident.answer.status_code == 422
    assert sentence in page.text
    assert page.fields["code"] == typed


def test_one_wrong_symbol_is_caught_before_the_database_is_asked(
    public_app: Flask, resident: Resident, course: Course, statements: Watch
) -> None:
    wrong = ("0" if course.code[0] != "0" else "1") + course.code[1:]
    with statements(public_app.extensions["portal"].database) as seen:
        page = resident.track(wrong)
    assert "Mã có chỗ chép nhầm" in page.text
    assert seen == []


def test_a_code_is_read_as_people_type_it(resident: Resident, course: Course) -> None:
    plain = course.code.replace("-", "")
    look_alike = plain.replace("0", "O").replace("1", "l")
    for typed in (plain.lower(), " ".join(plain), course.code.replace("-", " – "), look_alike):
        assert resident.track(typed).h1 == HEADLINES[Status.RECEIVED]


def test_a_code_is_found_in_what_was_pasted_with_it(resident: Resident, course: Course) -> None:
    for pasted in (f"Mã số: “{course.code}”.", f"PA-2026-000001\nma {course.code.lower()}"):
        assert resident.track(pasted).h1 == HEADLINES[Status.RECEIVED]


def unknown_code() -> str:
    """A code that is right in itself and opens nothing."""
    return code_from_token(new_token(), b"p" * 32).symbols


def test_after_five_unknown_codes_the_next_unknown_one_waits(
    resident: Resident, course: Course
) -> None:
    sentences = set()
    for _try in range(5):
        sentences.add(resident.track(unknown_code()).text)
        assert resident.answer.status_code == 422
    assert len(sentences) == 1
    sixth = unknown_code()
    page = resident.track(sixth)
    assert resident.answer.status_code == 429
    assert resident.answer.headers["Retry-After"] == "2"
    assert "Xin đợi 2 giây" in page.text
    assert page.fields["code"] == sixth
    course.clock.forward(seconds=2)
    resident.track(sixth)
    assert resident.answer.status_code == 422


def test_a_right_code_opens_at_once_while_others_at_its_address_wait(
    resident: Resident, course: Course
) -> None:
    for _try in range(6):
        resident.track(unknown_code())
    assert resident.answer.status_code == 429
    assert resident.track(course.code).h1 == HEADLINES[Status.RECEIVED]
    assert resident.answer.status_code == 200


def test_a_code_that_opens_nothing_any_more_waits_like_an_unknown_one(
    resident: Resident, course: Course, database: Database
) -> None:
    with database.writing() as session:
        session.execute(delete(Seal).where(Seal.holder == SealHolder.CODE))
    answers = {}
    for name, code in (("unknown", unknown_code()), ("sealed", course.code)):
        course.clock.forward(hours=2)
        found = []
        for _try in range(7):
            page = resident.track(code)
            headers = dict(resident.answer.headers)
            del headers["Content-Length"]
            found.append((resident.answer.status_code, page.text, headers))
        answers[name] = found
    assert answers["unknown"] == answers["sealed"]


def test_mistyped_codes_are_no_guesses(resident: Resident, course: Course) -> None:
    for _try in range(9):
        resident.track("7KQP-M3XD")
    assert resident.track(course.code).h1 == HEADLINES[Status.RECEIVED]


def test_another_source_does_not_wait(public_app: Flask, course: Course) -> None:
    guesser = Resident(public_app.test_client())
    for _try in range(6):
        guesser.track(code_from_token(new_token(), b"p" * 32).symbols)
    assert guesser.answer.status_code == 429
    browser = public_app.test_client()
    browser.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert Resident(browser).track(course.code).h1 == HEADLINES[Status.RECEIVED]


@pytest.mark.parametrize("token", ["", "wrong"])
def test_a_bad_token_keeps_the_code_and_the_words(
    resident: Resident, course: Course, database: Database, token: str
) -> None:
    resident.open(TRACK)
    page = resident.post(TRACK, csrf_token=token, code=course.code, step="look")
    assert resident.answer.status_code == 400
    assert page.fields["code"] == course.code
    page = resident.post(
        TRACK, csrf_token=token, code=course.code, step="supply", text="Dài và khó viết lại."
    )
    assert resident.answer.status_code == 400
    assert page.fields["text"] == "Dài và khó viết lại."
    assert "Chữ đã viết vẫn còn" in page.text
    assert waiting_acts(database) == []


def test_an_unknown_step_does_nothing(
    resident: Resident, course: Course, database: Database
) -> None:
    page = resident.track(course.code, "approve")
    assert resident.answer.status_code == 400
    assert "không nhận ra yêu cầu" in page.text
    assert waiting_acts(database) == []


def test_looking_asks_the_database_few_things_and_writes_nothing(
    public_app: Flask, resident: Resident, course: Course, statements: Watch
) -> None:
    resident.track(course.code)
    with statements(public_app.extensions["portal"].database) as seen:
        resident.track(course.code)
    assert 1 <= len(seen) <= 4, seen
    assert all(statement.startswith("SELECT") for statement in seen)


def test_the_code_is_only_in_hidden_fields(resident: Resident, course: Course) -> None:
    page = resident.track(course.code)
    plain = Code.read(course.code).symbols
    assert plain not in page.text
    assert plain not in page.title
    assert resident.answer.headers["Cache-Control"] == "no-store"
    assert resident.answer.text.count(plain) == len(page.forms)
