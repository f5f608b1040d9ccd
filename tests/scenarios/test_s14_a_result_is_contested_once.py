"""S-14: she does not agree, and the level above decides, nobody who handled it before."""

from __future__ import annotations

from portal.vocabulary import Role, Status
from tests.doors.course import Course
from tests.moderation.printing.test_papers import read as read_paper
from tests.moderation.ward import COMMISSION, PROVINCE, WARD
from tests.pages import page_of
from tests.scenarios.town import TICKED, Letter, Town

WHY = "Tôi chưa đồng ý, vật liệu vẫn còn. Số máy tôi 0912 345 678."
WHY_ANEW = "Vật liệu còn, cần kiểm tra lại tại chỗ."


def contested(town: Town) -> Letter:
    letter, _walk = town.brought(Course.publish)
    assert "Xin gửi chậm nhất là hết ngày 23/12/2026." in letter.look()
    told = letter.do("contest", why=WHY)
    assert "Cổng đã nhận đề nghị xem xét lại" in told
    assert "Đang chờ hệ thống ghi nhận" in told
    assert "đã xem xét lại một lần" not in told
    assert "Đánh giá kết quả" not in told
    assert town.case(letter).status is Status.ANSWERED
    town.work()
    assert "Cấp trên đang xem xét lại việc này" in letter.look()
    return letter


def test_the_ward_looks_at_it_again_and_the_cell_does_not(town: Town) -> None:
    town.enrol("tam", Role.COMMITTEE, WARD)
    letter = contested(town)
    assert "14/12/2026 · còn hạn" in letter.look()
    letter.do("supply", text="Tôi gửi thêm ảnh ngày 20/11.")
    town.work()
    cell = town.in_committee("thanh", letter)
    assert "Cấp trên đang xem xét lại kết quả này." in cell.page().text
    assert "vẫn còn" not in cell.page().html
    assert cell.get("review").status_code == 409
    vinh = town.in_committee("vinh", letter)
    assert "Cần xem xét lại" in page_of(vinh.client.get("/committee/?list=review")).text
    read = vinh.page("review").text
    assert "vật liệu vẫn còn" in read
    assert "ảnh ngày 20/11" in read
    assert "0912" not in read
    vinh.do("review", decision="again", note=WHY_ANEW)
    assert (town.case(letter).status, town.case(letter).handler_id) == (Status.ROUTED, WARD)
    assert WHY_ANEW in letter.look()
    slip = read_paper(town.at_desk("hoa", letter).send("slip"))
    day, month, year = town.today.split("/")
    assert f"ngày {day} tháng {month} năm {year}" in slip
    assert vinh.send("accept").status_code == 409
    tam = town.in_committee("tam", letter)
    tam.do("accept")
    # What the cell was told does not carry a new finding: the member is asked anew.
    answer = tam.send("report", finding="partly", draft="Đã kiểm tra lại.")
    assert answer.status_code == 422
    assert "Chưa có lời giải trình của đảng viên." in page_of(answer).text


def test_what_stands_after_the_review_stands(town: Town) -> None:
    letter = contested(town)
    town.in_committee("vinh", letter).do("review", decision="uphold", note="Đã xem, đúng việc.")
    assert town.case(letter).status is Status.CLOSED
    told = letter.look()
    assert "Cấp trên giữ nguyên kết quả" in told
    assert "Đã xem, đúng việc." in told
    assert "Việc này đã được kết luận và đã xem xét lại một lần." in told
    assert "Nơi tiếp công dân" in told
    refused = letter.do("contest", why="Tôi vẫn không đồng ý.")
    assert letter.resident.answer.status_code == 409
    assert "Việc này không xem xét lại được nữa." in refused


def test_a_refusal_is_decided_above_the_desk_and_screened_anew(town: Town) -> None:
    letter, walk = town.brought(Course.choose)
    walk.propose_to_decline()
    walk.confirm()
    letter.do("contest", why="Đây không phải việc riêng, vỉa hè là của chung.")
    town.work()
    assert town.case(letter).decider_id == PROVINCE
    hoa = town.at_desk("hoa", letter)
    assert "Đảng bộ tỉnh đang xem xét lại." in hoa.page().text
    assert hoa.get("review").status_code == 409
    thu = town.at_desk("thu", letter)
    assert "vỉa hè là của chung" in thu.page("review").text
    thu.do("review", decision="again", note="Đây là việc chung, xin xem xét tiếp.")
    assert town.case(letter).status is Status.SCREENING
    assert "Xem sơ bộ" in letter.look()
    hoa.do("verify", guessable="no", **TICKED)
    assert thu.send("confirm").status_code == 409
    town.at_desk("lam", letter).do("confirm")
    assert town.case(letter).status is Status.ELIGIBLE


def test_after_thirty_days_it_is_too_late(town: Town) -> None:
    letter, _walk = town.brought(Course.publish)
    town.later(days=30)
    assert town.case(letter).status is Status.CLOSED
    assert "Viết lý do" in letter.look()
    town.later(days=1)
    assert "Thời gian đề nghị xem xét lại đã hết ngày 23/12/2026." in letter.look()
    letter.do("contest", why=WHY)
    assert letter.resident.answer.status_code == 409


def test_where_the_writer_could_be_guessed_only_a_commission_reads_why(town: Town) -> None:
    letter, walk = town.brought(Course.choose)
    for stage in (Course.propose, Course.confirm):
        stage(walk)
    with town.ward.database.writing() as session:
        session.merge(town.case(letter)).guessable = True
    for stage in (Course.route, Course.accept, Course.listen, Course.report, Course.publish):
        stage(walk)
    letter.do("contest", why=WHY)
    town.work()
    assert town.case(letter).decider_id == COMMISSION
    assert "vẫn còn" in town.in_committee("ky", letter).page().text
    assert "vẫn còn" not in town.in_committee("vinh", letter).page().html
