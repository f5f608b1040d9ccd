"""S-08: somebody without a name tells of a bribe, reads where that belongs, and sends it anyway."""

from __future__ import annotations

import re

from sqlalchemy import select

from portal.models import Submission
from portal.vocabulary import Kind, Status
from tests.moderation.ward import COMMISSION, WARD
from tests.portal.residents import FORM
from tests.scenarios.town import READ_AS, TICKED, Letter, Town

BRIBE = "Ngày 12/10/2026 ông Bách nhận tiền 15 triệu của anh tôi để làm sổ đỏ."
PUT = "Nhân dân phản ánh cách tiếp nhận hồ sơ đất đai."


def sent_anyway(town: Town) -> Letter:
    resident = town.resident()
    page = resident.write(what=BRIBE, context="work", unit=str(WARD))
    assert "Việc này cần báo cơ quan có thẩm quyền" in page.text
    assert "nhận tiền 15 triệu của anh tôi để làm sổ đỏ" in page.text
    resident.post(FORM, **page.fields | {"gate": "report"})
    resident.press("send", consent="y")
    code = resident.code
    town.work()
    with town.ward.database.reading() as session:
        number = session.scalars(select(Submission.id)).one()
    return Letter(resident, code, number)


def test_the_portal_says_first_where_that_belongs_and_keeps_nothing(town: Town) -> None:
    resident = town.resident()
    page = resident.write(what=BRIBE)
    assert "Cổng chưa lưu gì." in page.text
    assert "Ban Nội chính Tỉnh ủy" in page.text
    with town.ward.database.reading() as session:
        assert session.scalars(select(Submission.id)).all() == []


def test_sent_anyway_it_reaches_the_commission_and_never_the_cell(town: Town) -> None:
    letter = sent_anyway(town)
    case = town.case(letter)
    assert (case.possible_denunciation, case.sent_as) == (True, Kind.REPORT)
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    assert "Có thể là tố cáo" in hoa.page().text
    hoa.do("classify", **READ_AS, denunciation="y")
    hoa.do("choose", member=str(town.ward.members["bach"]))
    hoa.do("verify", guessable="no", **TICKED)
    lam = town.at_desk("lam", letter)
    lam.do("confirm")
    assert lam.page().fields["organisation"] == str(COMMISSION)
    lam.do("route", organisation=str(COMMISSION), shown=BRIBE, put=PUT)
    assert town.in_committee("ky", letter).get().status_code == 200
    for login in ("thanh", "vinh", "province"):
        assert town.in_committee(login, letter).get().status_code == 404


def test_it_is_passed_on_with_a_number_and_its_writer_reads_what_came_of_it(town: Town) -> None:
    letter = sent_anyway(town)
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    places = {name: value for value, name in _offered(hoa.page("refer").html)}
    there = places["Ủy ban kiểm tra Đảng ủy xã, phường hoặc Tỉnh ủy"]
    note = "Thư không có họ tên nên không được giải quyết như đơn tố cáo."
    hoa.do("refer", place=there, note=note, number="31-CV/BPTN", sent_on=town.today)
    told = letter.look()
    assert "Việc này do cơ quan khác giải quyết" in told
    assert note in told
    assert f"số 31-CV/BPTN, ngày {town.today}" in told
    town.later(days=9)
    lam = town.at_desk("lam", letter)
    assert "31-CV/BPTN" in lam.page().text
    named = lam.send("reply", note="Ông ấy không phải là đảng viên.", done_on=town.today)
    assert named.status_code == 422
    lam.do("reply", note="Cơ quan đó đang xem xét.", number="88-CV/UBKT", done_on=town.today)
    told = letter.look()
    assert "Cơ quan có thẩm quyền đã trả lời" in told
    assert "Cơ quan đó đang xem xét." in told
    assert f"số 88-CV/UBKT, ngày {town.today}" in told
    assert town.case(letter).status is Status.REFERRED
    # No finding is recorded, so nothing counts against the member.
    assert "Kết luận" not in lam.page().text


def _offered(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<option value="(\d*)"[^>]*>([^<]*)</option>', html)
