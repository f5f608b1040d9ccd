"""Staff and writer talk until it is decided: a message, an answer, a note, a case handed on."""

from __future__ import annotations

from tests.doors.course import Course
from tests.pages import Page, page_of
from tests.scenarios.town import Town


def test_a_message_goes_both_ways_and_begins_with_a_text_of_the_portal(town: Town) -> None:
    letter, _walk = town.brought(Course.accept)
    hoa = town.at_desk("hoa", letter)
    page = hoa.page("write")
    assert "Báo đang giải quyết" in page.text
    assert "Báo đã chuyển" not in page.text
    begun = hoa.page("write?template=message-in-progress").fields["note"]
    assert "Nơi giải quyết: Chi bộ. Kết quả hẹn trước ngày 21/12/2026." in begun
    hoa.do("write", note=f"{begun} Xin ông/bà chờ thêm.")
    told = letter.look()
    assert "Bộ phận tiếp nhận viết cho ông/bà" in told
    assert told.count("Xin ông/bà chờ thêm.") == 1
    thanh = town.in_committee("thanh", letter)
    assert "Xin ông/bà chờ thêm." not in thanh.page().html
    letter.do("supply", text="Cảm ơn, hôm nay vật liệu vẫn còn.")
    town.work()
    assert "Ông/bà trả lời ở mục" not in letter.look()
    assert "Cảm ơn, hôm nay vật liệu vẫn còn." in hoa.page().text
    thanh.do("remark", text="Họp chi bộ tối thứ Năm.")
    assert "Họp chi bộ tối thứ Năm." in thanh.page().text
    assert "Họp chi bộ tối thứ Năm." not in hoa.page().html
    hoa.do("remark", text="Người gửi bình tĩnh, không cần gấp.")
    assert "Người gửi bình tĩnh" in hoa.page().text
    assert "Người gửi bình tĩnh" not in thanh.page().html
    assert "Người gửi bình tĩnh" not in letter.look()


def test_a_case_is_handed_on_and_the_colleague_is_told(town: Town) -> None:
    letter, _walk = town.brought(Course.claim)
    hoa, lam = town.at_desk("hoa", letter), town.at_desk("lam", letter)
    offered = hoa.page("hand-over").text
    assert "Chu Văn Lâm" in offered
    assert "Bế Thị Ngân" not in offered
    refused = hoa.send("hand-over", colleague=str(town.ward.accounts["tied"]))
    assert refused.status_code == 422
    hoa.do("hand-over", colleague=str(town.ward.accounts["lam"]), text="Đã gọi phường.")
    page = lam.page()
    assert "chuyển hồ sơ này cho đồng chí" in page.text
    assert "Đã gọi phường." in page.text
    assert lam.page("ask?template=ask-where").fields["question"].endswith("trước ngày 07/12/2026.")
    left = hoa.page().text
    assert "chuyển hồ sơ này cho đồng chí" not in left
    # As the box that says who holds it, and as the step in its course.
    assert "Người giữ Đ/c Chu Văn Lâm" in left
    assert "Chuyển hồ sơ cho đ/c Chu Văn Lâm" in left
    assert hoa.get("hand-over").status_code == 409
    declined = lam.page("decline?template=decline-private-life")
    assert ("reason", "private_life") in declined.ticked
    assert "Chuyển hồ sơ cho đồng nghiệp" in town.browser("auditor").get("/journal/").text


def test_administrators_change_the_texts_and_go_back_to_the_usual_ones(town: Town) -> None:
    letter, _walk = town.brought(Course.claim)
    an = town.browser("an")
    address = "/settings/templates/ask-where"
    fields = page_of(an.get(address)).fields
    wrong = an.post(address, data=fields | {"text": "Xin trả lời {ten_nguoi_gui}."})
    assert "Không có chỗ điền tên {ten_nguoi_gui}." in page_of(wrong).text
    an.post(address, data=fields | {"text": "Hồ sơ {so_ho_so}: việc xảy ra ở đâu?"})
    hoa = town.at_desk("hoa", letter)
    begun = hoa.page("ask?template=ask-where").fields["question"]
    assert begun == f"Hồ sơ PA-2026-{letter.number % 10_000_000:06d}: việc xảy ra ở đâu?"
    new = {"occasion": "ask", "title": "Hỏi người làm chứng", "text": "Có ai cùng thấy không ạ?"}
    token = {"csrf_token": fields["csrf_token"]}
    an.post("/settings/templates/new", data=token | new | {"used": "y"})
    assert "Hỏi người làm chứng" in hoa.page("ask").text
    an.post(f"{address}/drop", data=token)
    assert "Hỏi nơi và lúc" in hoa.page("ask").text
    assert "việc xảy ra ở đâu và" in hoa.page("ask?template=ask-where").fields["question"]
    # An administrator of one ward reads them and changes none.
    duyen = town.browser("duyen")
    assert duyen.get("/settings/templates").status_code == 200
    assert duyen.get(address).status_code == 404


def test_choosing_a_text_keeps_what_was_typed(town: Town) -> None:
    letter, _walk = town.brought(Course.claim)
    hoa = town.at_desk("hoa", letter)
    own = "Xin ông/bà cho biết thêm một việc."
    begun = hoa.page("ask?template=ask-where").fields["question"]
    other = hoa.page("ask?template=ask-who").fields["question"]

    def chosen(path: str, **fields: str) -> Page:
        answer = hoa.send(path, **fields)
        assert answer.status_code == 200
        return page_of(answer)

    def asked(name: str, question: str) -> str:
        return chosen("ask", template=name, question=question).fields["question"]

    assert asked("ask-where", "") == begun
    assert asked("ask-where", own) == f"{own}\n\n{begun}"
    # Twice is once, and a text that was left as it was makes room for another one.
    assert asked("ask-where", f"{own}\n\n{begun}") == f"{own}\n\n{begun}"
    assert asked("ask-who", begun) == other
    assert asked("no-such", own) == own
    typed = chosen("decline", template="decline-private-life", note=own, reason="abusive")
    assert typed.fields["note"].startswith(f"{own}\n\n")
    assert ("reason", "abusive") in typed.ticked
    empty = chosen("decline", template="decline-private-life", note="", reason="abusive")
    assert ("reason", "private_life") in empty.ticked
    assert town.case(letter).proposal is None


def test_choosing_a_text_keeps_what_a_committee_typed(town: Town) -> None:
    letter, _walk = town.brought(Course.listen)
    thanh = town.in_committee("thanh", letter)
    name = thanh.page("report").html.partition('name="template" value="')[2].partition('"')[0]
    answer = thanh.send("report", template=name, draft="Chi bộ đã dọn.", finding="partly")
    page = page_of(answer)
    assert answer.status_code == 200
    assert page.fields["draft"].startswith("Chi bộ đã dọn.\n\n")
    assert ("finding", "partly") in page.ticked
