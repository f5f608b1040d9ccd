"""Which words of a text for the resident would name somebody."""

from __future__ import annotations

import pytest

from moderation import answering, followups, screening
from moderation.discretion import NamesSomebody, TellsMembership, check_discreet
from moderation.followups import Deed
from moderation.papers import CaseKeys
from portal.models import Case
from portal.vocabulary import ActionKind, DeclineReason, Finding, Status
from portal.words import Words
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.walking import BACH, Walk, set_out
from tests.moderation.ward import Ward
from tests.pages import page_of


@pytest.fixture
def walk(ward: Ward) -> Walk:
    """A case about Nông Văn Bách that Vi Văn Thành's cell has."""
    return set_out(ward).until(Course.accept)


def found(walk: Walk, text: str) -> list[str]:
    with walk.seen() as (session, case):
        keys: CaseKeys = walk.ward.keys(session, case)
        try:
            check_discreet(session, office=walk.ward.office, keys=keys, case=case, text=text)
        except NamesSomebody as error:
            return list(error.words)
    return []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Chi bộ đã nhắc ông Nông Văn Bách.", ["Nông Văn Bách", "Văn Bách"]),
        ("chi bo da nhac nong van bach", ["nong van bach", "van bach"]),
        ("Đã nhắc đồng chí Bách dọn.", ["chí Bách"]),
        ("Đã nhắc đ/c Bách dọn.", ["c Bách"]),
        ("Đã gặp ông bách.", ["ông bách"]),
        ("Ông Bach đã dọn.", ["Ông Bach"]),
        ("Văn Bách đã dọn.", ["Văn Bách"]),
        ("Bí thư Vi Văn Thành đã xem.", ["Vi Văn Thành", "Văn Thành"]),
        ("Bà Mến đã xem.", ["Bà Mến"]),
        ("Chi bộ đã gặp, nhắc dọn trước ngày 30/11.", []),
        ("Vật liệu đã dọn, thành công.", []),
        ("Cây bách trước nhà đã dọn.", []),
        ("Ông Đoàn ở chi bộ khác.", []),
        ("", []),
    ],
)
def test_a_name_is_found_and_nothing_else(walk: Walk, text: str, words: list[str]) -> None:
    assert found(walk, text) == words


def test_the_post_of_the_subject_names_them(ward: Ward) -> None:
    walk = set_out(ward)
    walk.subject = "doan"
    walk.until(Course.confirm)
    assert found(walk, "Bí thư khối đã công khai quỹ.") == ["Bí thư"]
    assert found(walk, "Khối đã công khai quỹ.") == []


def test_no_verb_lets_a_name_through_to_the_resident(walk: Walk) -> None:
    today, name = walk.ward.office.today, "Đã nhắc ông Bách."
    with pytest.raises(NamesSomebody):
        walk.do("thanh", followups.record, deed=Deed(ActionKind.REMIND, today, public_note=name))
    with pytest.raises(NamesSomebody):
        walk.do("thanh", followups.extend, reason=name, new_date=today)
    with pytest.raises(NamesSomebody):
        walk.do("lam", screening.refer, authority="Công an phường", note=name)
    walk.listen()
    with pytest.raises(NamesSomebody):
        walk.do("thanh", answering.report, finding=Finding.PARTLY, draft=name)
    walk.do("thanh", followups.record, deed=Deed(ActionKind.REMIND, today, internal_note=name))


def test_no_question_and_no_refusal_names_the_chosen_member(ward: Ward) -> None:
    walk = set_out(ward).until(Course.choose)
    with pytest.raises(NamesSomebody):
        walk.do("hoa", screening.ask, question="Có phải ông Bách không?")
    with pytest.raises(NamesSomebody):
        walk.do("hoa", screening.decline, reason=DeclineReason.PRIVATE_LIFE, note="Ông Bách có lý.")


@pytest.mark.parametrize(
    "note",
    [
        "Anh Nguyễn Văn Sung chưa rõ là ai.",
        "Anh Sung thì Cổng không nhận.",
        "ong bach thi Cong khong nhan",
    ],
)
def test_while_nobody_is_chosen_all_who_may_be_meant_count_as_named(ward: Ward, note: str) -> None:
    about = Words(about="anh Nguyễn Văn Sung, bạn ông Bách khối 7", what=BACH.what)
    walk = set_out(ward, about).until(Course.claim)
    with pytest.raises(NamesSomebody):
        walk.do("hoa", screening.decline, reason=DeclineReason.NOT_ABOUT_MEMBER, note=note)
    with pytest.raises(NamesSomebody):
        walk.do("hoa", screening.refer, authority="Cong an", note=note)


def test_a_refusal_says_of_nobody_that_they_are_no_member(
    ward: Ward, staff_client: StaffClient
) -> None:
    walk = set_out(ward).until(Course.claim)
    told = "Người được nêu không phải đảng viên."
    with pytest.raises(TellsMembership):
        walk.do("hoa", screening.ask, question=told)
    hoa = staff_client("hoa")
    page = page_of(hoa.get(f"/case/{walk.number}/decline"))
    sent = {name: page.fields[name] for name in ("csrf_token", "version")}
    sent |= {"reason": "not_about_member", "note": told}
    answer = hoa.post(f"/case/{walk.number}/decline", data=sent)
    assert answer.status_code == 422
    assert "Xin bỏ: “không phải đảng viên”." in page_of(answer).text
    assert page_of(answer).fields["note"] == told
    neutral = sent | {"note": "Nội dung không thuộc phạm vi tiếp nhận của Cổng."}
    assert hoa.post(f"/case/{walk.number}/decline", data=neutral).status_code == 302


def test_keeping_a_name_keeps_no_word_about_membership(ward: Ward) -> None:
    walk = set_out(ward).until(Course.report)
    with pytest.raises(TellsMembership):
        walk.do("lam", answering.publish, answer="Ông ấy là đảng viên.", keeps_names=True)


def test_a_moderator_keeps_a_name_only_by_saying_so(ward: Ward, staff_client: StaffClient) -> None:
    walk = set_out(ward).until(Course.report)
    lam = staff_client("lam")
    before = page_of(lam.get(f"/case/{walk.number}"))
    assert "keep" not in before.fields
    sent = {name: before.fields[name] for name in ("csrf_token", "version")}
    sent["answer"] = "Chi bộ đã nhắc ông Bách dọn."
    asked = lam.post(f"/case/{walk.number}/publish", data=sent)
    page = page_of(asked)
    assert asked.status_code == 422
    assert "không nêu: “ông Bách”." in page.text
    assert page.fields["answer"] == sent["answer"]
    assert "Vẫn giữ những từ này" in page.text
    assert lam.post(f"/case/{walk.number}/publish", data=sent | {"keep": "y"}).status_code == 302
    assert "giữ tên" in page_of(lam.get(f"/case/{walk.number}")).text
    with walk.seen() as (_session, case):
        assert case.status is Status.ANSWERED


def test_a_committee_is_told_which_words_and_loses_nothing(
    walk: Walk, staff_client: StaffClient
) -> None:
    thanh = staff_client("thanh")
    page = page_of(thanh.get(f"/committee/{walk.number}"))
    sent = {name: page.fields[name] for name in ("csrf_token", "version")}
    sent |= {"deed": "remind", "done_on": "23/11/2026", "note": "Đã nhắc ông Bách."}
    answer = thanh.post(f"/committee/{walk.number}/follow-up", data=sent)
    again = page_of(answer)
    assert answer.status_code == 422
    assert "Xin viết lại, không nêu: “ông Bách”." in again.text
    assert again.fields["note"] == "Đã nhắc ông Bách."
    assert "Vẫn giữ" not in again.text
    with walk.seen() as (session, _case):
        assert session.get_one(Case, walk.number).status is Status.IN_PROGRESS
