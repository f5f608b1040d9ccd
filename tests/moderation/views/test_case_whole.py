"""One press on the page of a case in screening loses nothing of what else was filled in there."""

from __future__ import annotations

from portal.models import Case
from portal.vocabulary import Sentiment, Status, Topic
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.views.test_case_screening import READ_AS, TICKED, status_of
from tests.moderation.ward import Ward
from tests.pages import page_of

WHOLE = {"whole": "1", "q": ""}


def test_proposing_keeps_everything_that_was_filled_in(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk("send", "prepare", "claim")
    filled = WHOLE | TICKED | READ_AS | {"guessable": "no", "topic": "other"}
    filled["member"] = str(ward.members["bach"])
    sit("hoa", "case").do("verify", **filled)
    with ward.database.reading() as session:
        case = session.get_one(Case, course.number)
        assert (case.sentiment, case.topic) == (Sentiment.CRITICISM, Topic.OTHER)
        assert case.proposal == "verify"
    second = sit("lam", "case").page().text
    assert "Người đề nghị đã kiểm tra: Đọc được, nói rõ một việc" in second
    assert "Đã chọn đúng đảng viên" in second
    assert "Người đọc có thể đoán ra người gửi không? Không" in second


def test_what_is_refused_comes_back_as_it_was(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk("send", "prepare", "claim")
    filled = WHOLE | READ_AS | {"readable": "y", "topic": "", "q": "Lý Văn Đoàn"}
    filled["member"] = str(ward.members["doan"])
    response = sit("hoa", "case").send("verify", **filled)
    page = page_of(response)
    assert response.status_code == 422
    assert "Xin chọn lĩnh vực." in page.text
    assert (page.fields["kind"], page.fields["q"]) == ("report", "Lý Văn Đoàn")
    assert {("readable", "y"), ("member", filled["member"])} <= page.ticked
    assert status_of(course) is Status.SCREENING


def test_saving_one_part_leaves_the_others_on_the_page(walk: Walk, sit: Sit, ward: Ward) -> None:
    walk("send", "prepare", "claim")
    hoa, member = sit("hoa", "case"), str(ward.members["bach"])
    saved = hoa.send("classify", **(WHOLE | READ_AS | {"member": member, "masked": "y"}))
    page = page_of(saved)
    assert saved.status_code == 200
    assert "Đã lưu phân loại." in page.text
    assert {("member", member), ("masked", "y")} <= page.ticked
    marks = {name: page.fields[name] for name in ("csrf_token", "version")}
    chosen = hoa.client.post(
        f"{hoa.address}/choose", data=WHOLE | READ_AS | marks | {"member": member}
    )
    assert chosen.status_code == 302


def test_looking_for_somebody_loses_nothing(walk: Walk, sit: Sit) -> None:
    walk("send", "prepare", "claim")
    hoa = sit("hoa", "case")
    asked = WHOLE | {"q": "Lý Văn Đoàn", "sentiment": "mixed", "in_scope": "y"}
    found = page_of(hoa.send("find", **asked))
    assert "Lý Văn Đoàn, 1966" in found.text
    assert found.fields["sentiment"] == "mixed"
    assert ("in_scope", "y") in found.ticked
    back = page_of(hoa.send("find", **asked, proposed="1"))
    assert "Nông Văn Bách, 1961" in back.text
    assert back.fields["sentiment"] == "mixed"
