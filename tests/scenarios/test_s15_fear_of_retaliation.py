"""S-15: somebody who fears retaliation tells what only one household could know."""

from __future__ import annotations

from sqlalchemy import select

from portal.models import StaffMail
from portal.vocabulary import Status
from tests.moderation.ward import COMMISSION
from tests.pages import page_of
from tests.scenarios.town import READ_AS, TICKED, Letter, Town

WHAT = (
    "Nhà tôi ở sát vách nhà ông Bách. Tối 3/11 ông sang bắt chồng tôi ký giấy nhường lối đi, "
    "lúc đó trong nhà chỉ có hai vợ chồng tôi."
)
SHOWN = "Có ý kiến về việc vận động các hộ ký giấy tờ."
PUT = "Nhân dân góp ý cách vận động các hộ ký giấy tờ."


def feared(town: Town) -> Letter:
    letter = town.send(what=WHAT, fears="y")
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    hoa.do("classify", **READ_AS)
    hoa.do("choose", member=str(town.ward.members["bach"]))
    hoa.do("verify", guessable="yes", **TICKED)
    town.at_desk("lam", letter).do("confirm")
    return letter


def test_the_moderator_must_tell_it_in_other_words_and_is_shown_what_gives_it_away(
    town: Town,
) -> None:
    letter = feared(town)
    lam = town.at_desk("lam", letter)
    page = lam.page()
    assert page.fields["shown"] == ""
    for detail in ("sát vách nhà", "3/11", "chồng tôi"):
        assert f"<mark>{detail}" in page.html or detail in page.text
    for texts, refused in (
        ({"shown": WHAT, "put": PUT}, "Nội dung còn giữ nguyên lời người gửi."),
        ({"shown": SHOWN, "put": WHAT}, "Nội dung còn giữ nguyên lời người gửi."),
        ({"shown": SHOWN, "put": ""}, "Xin ghi nội dung được nêu với đảng viên."),
        ({"shown": SHOWN, "put": "Tối 3/11 có việc ký giấy."}, "Xin bỏ: “3/11”."),
    ):
        sent = {"organisation": str(COMMISSION), "why": "guessable", **texts}
        response = lam.send("route", **sent)
        assert response.status_code == 422
        assert refused in page_of(response).text
    assert town.case(letter).status is Status.ELIGIBLE


def test_nobody_but_the_commission_reads_it_and_only_the_other_words(town: Town) -> None:
    letter = feared(town)
    lam = town.at_desk("lam", letter)
    lam.do("route", organisation=str(COMMISSION), shown=SHOWN, put=PUT, why="guessable")
    ky = town.in_committee("ky", letter)
    ky.do("accept")
    read = ky.page().html + ky.page("statement").html
    assert SHOWN in read
    assert PUT in read
    for secret in ("sát vách", "chồng tôi", "nhường lối đi", "10:"):
        assert secret not in read
    assert town.in_committee("thanh", letter).get().status_code == 404
    # Its writer reads their own words, and may tell that somebody asks around.
    assert "sát vách" in letter.do("own")
    letter.do("supply", text="Có người đến hỏi ai đã gửi thư.")
    town.work()
    assert "Có người đến hỏi" in lam.page().text
    assert "Có người đến hỏi" not in ky.page().html


def test_who_writes_again_in_fear_is_heard_of_by_the_commission_at_once(
    town: Town,
) -> None:
    letter = feared(town)
    sent = {"organisation": str(COMMISSION), "shown": SHOWN, "put": PUT, "why": "guessable"}
    town.at_desk("lam", letter).do("route", **sent)
    town.work()
    assert "ky" not in at_once(town)
    letter.do("supply", text="Có người đến hỏi ai đã gửi thư.")
    town.work()
    # The desk reads it and passes it on; the commission knows meanwhile that something came.
    assert {"hoa", "lam", "ky"} <= at_once(town)
    assert not {"thanh", "vinh", "wife", "tied"} & at_once(town)


def at_once(town: Town) -> set[str]:
    """Who of the staff is mailed now, without waiting for the digest."""
    with town.ward.database.reading() as session:
        urgent = select(StaffMail.account_id).where(StaffMail.urgent_at.is_not(None))
        ids = set(session.scalars(urgent))
    return {login for login, number in town.ward.accounts.items() if number in ids}


def test_a_text_that_gives_too_much_away_is_made_anew(town: Town) -> None:
    letter = feared(town)
    lam = town.at_desk("lam", letter)
    lam.do(
        "route", organisation=str(COMMISSION), shown=SHOWN + " Khối 7.", put=PUT, why="guessable"
    )
    lam.do("revise", shown=SHOWN, put=PUT, why="guessable", reason="Còn nêu khối.")
    assert "Khối 7." not in town.in_committee("ky", letter).page().text
    history = lam.page("versions").text
    assert "Còn nêu khối." in history
    assert SHOWN + " Khối 7." in history
