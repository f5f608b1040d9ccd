"""The pages on which cases are merged, said to be two matters, and taken out again."""

from __future__ import annotations

import pytest

from portal.models import Case
from portal.vocabulary import Status
from tests.moderation.conftest import StaffClient
from tests.moderation.merging.pair import BACH, ELSEWHERE, FIRST, SECOND, Pair
from tests.moderation.views.staffer import Staffer
from tests.moderation.ward import Ward
from tests.pages import page_of

VOTES = "Số thư không phải số người"


@pytest.fixture
def pair(ward: Ward) -> Pair:
    return Pair(ward)


def test_a_moderator_merges_what_is_proposed_and_takes_it_out_again(
    pair: Pair, staff_client: StaffClient
) -> None:
    one, two = pair.send(FIRST), pair.send(SECOND)
    hoa = Staffer(staff_client("hoa"), "case", one)
    later = Staffer(hoa.client, "case", two)
    assert "Có 1 hồ sơ có thể cùng việc" in hoa.page().text
    assert "để gộp hồ sơ này vào đó" in later.page("alike").text
    offered = hoa.page("alike").text
    assert SECOND.what in offered
    assert "có thể cùng một người" in offered
    assert "Xin chọn ít nhất một hồ sơ" in page_of(hoa.send("merge")).text
    hoa.do("claim")
    merged = hoa.do("merge", case=str(two)).text
    assert "Đã gộp 1 hồ sơ." in merged
    assert "Hồ sơ này gồm 2 thư về một việc." in merged
    assert VOTES in merged
    assert later.get().status_code == 404
    # By the number of the letter that was merged its case is found.
    assert "PA-2026-000001" in page_of(hoa.client.get("/desk/?q=PA-2026-000002")).text
    # Whoever is asked is one of the two, and the other one does not read it.
    asked = hoa.do("ask", letter=str(two), question="Xin cho biết từ khi nào?").text
    assert "Đã gửi câu hỏi." in asked
    assert pair.course(one)[1].question is None
    assert pair.course(two)[1].question is not None
    said = hoa.do("write", letter=str(one), note="Xin cảm ơn ông/bà đã gửi thư.").text
    assert "Đã gửi." in said
    assert (pair.steps(one)[-1], "message" in pair.steps(two)) == ("message", False)
    letters = hoa.page("letters").text
    assert FIRST.what in letters
    assert SECOND.what in letters
    assert "Xin nêu lý do tách." in page_of(hoa.send(f"unmerge/{two}", reason=" ")).text
    assert "Đã tách." in hoa.do(f"unmerge/{two}", reason="Hai việc khác nhau.").text
    assert pair.case(two).status is Status.RECEIVED
    assert hoa.get(f"unmerge/{two}").status_code == 404
    # What was taken out is proposed no more; its number still finds it.
    assert "Máy không thấy hồ sơ nào giống" in hoa.page("alike").text
    assert SECOND.what in hoa.page("alike?number=PA-2026-000002").text


def test_two_matters_are_kept_apart_and_what_is_hidden_is_not_there(
    pair: Pair, staff_client: StaffClient
) -> None:
    plain, about_bach = pair.send(ELSEWHERE), pair.send(SECOND)
    alike = pair.send(FIRST)
    hoa = Staffer(staff_client("hoa"), "case", about_bach)
    assert "Đã ghi là hai việc khác nhau." in hoa.do("apart", apart=str(alike)).text
    assert hoa.send("apart", apart=str(alike)).status_code == 409
    tied = Staffer(staff_client("tied"), "case", plain)
    page = "Không thấy hồ sơ nào khác có số này."
    for number in ("PA-2026-000002", "PA-2026-000777", "chưa rõ"):
        assert page in tied.page(f"alike?number={number}").text
    answers = {
        number: (tied.send("merge", case=number), tied.send("apart", apart=number))
        for number in (str(about_bach), "777", "99999999999999999999")
    }
    assert {(a.status_code, b.status_code) for a, b in answers.values()} == {(409, 409)}


def test_two_members_are_two_matters_and_fear_goes_its_own_way(
    pair: Pair, staff_client: StaffClient
) -> None:
    one, two = pair.send(FIRST), pair.send(SECOND)
    for number, member in ((one, "bach"), (two, "bach_84")):
        hoa = Staffer(staff_client("hoa"), "case", number)
        hoa.do("claim")
        hoa.do("choose", member=str(pair.ward.members[member]))
    hoa = Staffer(staff_client("hoa"), "case", one)
    refused = hoa.send("merge", case=str(two))
    assert refused.status_code == 422
    assert "hai đảng viên khác nhau" in page_of(refused).text
    assert BACH in page_of(refused).text


def test_what_was_found_by_its_number_stays_when_nothing_was_ticked(
    pair: Pair, staff_client: StaffClient
) -> None:
    one, two = pair.send(FIRST), pair.send(ELSEWHERE)
    hoa = Staffer(staff_client("hoa"), "case", one)
    hoa.do("claim")
    found = hoa.page("alike?number=PA-2026-000002")
    assert 'name="number" value="PA-2026-000002"' in found.html
    refused = page_of(hoa.send("merge", number="PA-2026-000002"))
    assert "Xin chọn ít nhất một hồ sơ" in refused.text
    assert ELSEWHERE.what in refused.text
    assert 'name="number" value="PA-2026-000002"' in refused.html
    # What waits for a decision is said to, with what to do.
    with pair.ward.database.writing() as session:
        session.get_one(Case, two).proposal = "decline"
    waiting = hoa.page("alike?number=PA-2026-000002").text
    assert "Xin đợi quyết định xong rồi mở lại trang này." in waiting
    with pair.ward.database.writing() as session:
        other = session.get_one(Case, two)
        other.proposal, other.status = None, Status.ANSWERED
    assert "Xin giải quyết riêng từng hồ sơ." in hoa.page("alike?number=PA-2026-000002").text
