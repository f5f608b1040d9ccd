"""S-09: the insult is hidden and the matter is taken; an insult alone is declined politely."""

from __future__ import annotations

from portal.vocabulary import Status
from tests.moderation.ward import CELL_7
from tests.pages import page_of
from tests.scenarios.town import READ_AS, TICKED, Town

ABOUT = "Ông trưởng khối Nông Văn Bách"
WHAT = "Đm ông trưởng khối, họp 3 buổi rồi mà các hộ chưa thấy công khai tiền điện chiếu sáng"
MASKED = (
    "[từ xúc phạm] ông trưởng khối, họp 3 buổi rồi mà các hộ chưa thấy công khai tiền điện "
    "chiếu sáng"
)


def test_the_cell_reads_the_matter_without_the_insult(town: Town) -> None:
    letter = town.send(about=ABOUT, what=WHAT)
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    page = hoa.page()
    assert MASKED in page.text
    hoa.do("classify", **READ_AS)
    hoa.do("choose", member=str(town.ward.members["bach"]))
    hoa.do("verify", guessable="no", **TICKED)
    lam = town.at_desk("lam", letter)
    lam.do("confirm")
    shown = lam.page().fields["shown"]
    assert shown == MASKED
    put = "Nhân dân đề nghị công khai tiền điện chung."
    lam.do("route", organisation=str(CELL_7), shown=shown, put=put)
    thanh = town.in_committee("thanh", letter)
    thanh.do("accept")
    assert MASKED in thanh.page().text
    assert put in thanh.page("statement").text
    assert "Đm" not in thanh.page().html
    # Its writer reads every word as it was written.
    assert "Đm ông trưởng khối" in letter.do("own")


def test_a_word_of_the_region_is_hidden_once_an_administrator_says_so(town: Town) -> None:
    an = town.browser("an")
    token = page_of(an.get("/settings/words")).fields["csrf_token"]
    an.post("/settings/words", data={"csrf_token": token, "word": "đồ phá làng", "what": "mask"})
    town.later(minutes=2)
    letter = town.send(about=ABOUT, what="Đồ phá làng, thu quỹ không công khai, họp mấy buổi.")
    page = town.at_desk("hoa", letter).page()
    assert "[từ xúc phạm], thu quỹ không công khai, họp mấy buổi." in page.text


def test_insults_alone_are_declined_with_a_way_to_write_again(town: Town) -> None:
    letter = town.send(about=ABOUT, what="Đồ ngu, đồ mất dạy, khốn nạn!")
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    note = "Thư chưa nêu việc cụ thể. Ông/bà có thể gửi lại, kể rõ việc gì, ở đâu."
    hoa.do("decline", reason="abusive", note=note)
    town.at_desk("lam", letter).do("confirm")
    assert town.case(letter).status is Status.DECLINED
    assert note in letter.look()
