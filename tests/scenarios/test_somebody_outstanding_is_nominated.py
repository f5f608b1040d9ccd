"""A resident names somebody outstanding; the cell of their neighbourhood considers, and says so."""

from __future__ import annotations

from portal.vocabulary import Status
from tests.moderation.printing.test_papers import read
from tests.moderation.views.staffer import Staffer
from tests.moderation.ward import CELL_2, CELL_7, COMMISSION
from tests.pages import page_of
from tests.scenarios.town import TICKED, Letter, Town

ABOUT = "Chị Lộc Thị Xuân, bán hàng nước"
WHAT = "Chị Xuân ba năm nay dạy chữ miễn phí cho trẻ trong khối. Nhờ chi bộ quan tâm bồi dưỡng."
SHOWN = "Người dân giới thiệu chị Lộc Thị Xuân, ba năm nay dạy chữ miễn phí cho trẻ."
AS_NOMINATION = {"kind": "nomination", "sentiment": "praise", "topic": "volunteering"}
#: Whatever the cell decided, it is nowhere on the page of whoever named them.
INSIDE = "Không đủ tuổi theo quy định."


def _nominate(town: Town, about: str = ABOUT, block: str = "Khối 2", **more: str) -> Letter:
    """Somebody is named through the form."""
    return town.send(about=about, what=WHAT, kind="nomination", unit_text=block, **more)


def _refuse(who: Staffer, path: str, **fields: str) -> str:
    """Send a form that must not be taken, and read what is said about it."""
    response = who.send(path, **fields)
    assert response.status_code == 422
    return page_of(response).text


def _pass_on(town: Town, letter: Letter, to: int) -> None:
    """One moderator reads it and passes it on; no member is chosen."""
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    hoa.do("verify", whole="y", guessable="no", **AS_NOMINATION, **TICKED)
    assert town.case(letter).status is Status.ELIGIBLE
    town.at_desk("lam", letter).do("route", organisation=str(to), shown=SHOWN, why="clearer")


def test_the_cell_of_the_neighbourhood_considers_whoever_is_named(town: Town) -> None:
    letter = _nominate(town)
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    page = hoa.page()
    assert "Không chọn đảng viên." in page.text
    assert "member" not in page.fields
    hoa.do("verify", whole="y", guessable="no", **AS_NOMINATION, **TICKED)
    lam = town.at_desk("lam", letter)
    page = lam.page()
    assert "Chi bộ nơi người được giới thiệu sinh sống xem xét lời giới thiệu." in page.text
    assert page.fields["organisation"] == str(CELL_2)
    assert "put" not in page.fields
    # The cell knows the name from this text alone, so it begins with it.
    assert page.fields["shown"] == f"{ABOUT}\n\n{WHAT}"
    assert page.fields["why"] == "clearer"
    lam.do("route", organisation=str(CELL_2), shown=SHOWN, why="clearer")
    assert "Lời giới thiệu đã được chuyển. Nơi nhận: Chi bộ" in letter.look()
    slip = read(lam.send("slip"))
    assert "Giới thiệu quần chúng ưu tú" in slip
    assert "Xin nghe đảng viên" not in slip

    doan = town.in_committee("doan", letter)
    doan.do("accept")
    page = doan.page()
    assert "Gặp người được giới thiệu thì không nói có thư." in page.text
    assert "note" not in page.fields
    assert doan.get("statement").status_code == 404
    assert "Chi bộ đang xem xét lời giới thiệu" in letter.look()
    draft = "Chi bộ đã ghi nhận lời giới thiệu."
    _refuse(doan, "report", finding="nomination_noted", draft=draft)
    for deed in ("nominee_met", "nominee_not_followed"):
        doan.do("follow-up", deed=deed, done_on=town.today, inside=INSIDE)
    reason = "Chi bộ chưa giới thiệu học lớp bồi dưỡng vì chưa đủ tuổi."
    refused = _refuse(doan, "report", finding="nomination_noted", draft=reason)
    assert "Không cho biết người được giới thiệu được xem xét ra sao." in refused
    begun = doan.page("report").fields
    assert begun["finding"] == "nomination_noted"
    doan.do("report", **{name: begun[name] for name in ("finding", "draft")})
    lam.do("publish", answer=begun["draft"])

    seen = letter.look()
    assert "Lời giới thiệu của ông/bà đã có trả lời" in seen
    assert seen.count("Nơi nhận đã xem xét lời giới thiệu") == 1
    assert "Đã ghi nhận lời giới thiệu" in seen
    for hidden in ("Gặp gỡ", "Chưa theo dõi", INSIDE, "Xuân"):
        assert hidden not in seen


def test_whether_a_member_was_named_is_read_from_nothing(town: Town) -> None:
    named = {
        "nobody of the register": _nominate(town, "Ông Lộc Văn Khảm", "Khối 7"),
        "a member": _nominate(town, "Ông Nông Văn Bách", "Khối 7"),
    }
    pages: list[list[str]] = []
    for letter in named.values():
        read = [letter.look()]
        _pass_on(town, letter, CELL_7)
        read.append(letter.look())
        thanh = town.in_committee("thanh", letter)
        thanh.do("accept")
        thanh.do("follow-up", deed="nomination_noted", done_on=town.today)
        read.append(letter.look())
        draft = "Chi bộ đã ghi nhận lời giới thiệu."
        thanh.do("report", finding="nomination_noted", draft=draft)
        town.at_desk("lam", letter).do("publish", answer=draft)
        pages.append([*read, letter.look()])
    numbers = [f"PA-2026-{letter.number % 10_000_000:06d}" for letter in named.values()]
    first, second = (
        [text.replace(number, "PA") for text in read]
        for number, read in zip(numbers, pages, strict=True)
    )
    assert first == second
    # Whoever is tied to the member who may be meant sees nothing of it; of the other one she does.
    client = town.browser("wife")
    seen = [client.get(f"/committee/{letter.number}").status_code for letter in named.values()]
    assert seen == [200, 404]


def test_a_nomination_is_no_way_past_the_member(town: Town) -> None:
    """What is nothing but praise and was sent as one is one; nothing else becomes it."""
    named, reported = _nominate(town), town.send(about="Ông Bách", what="Ông Bách lấn vỉa hè.")
    hoa = town.at_desk("hoa", named)
    hoa.do("claim")
    mixed = AS_NOMINATION | {"sentiment": "mixed"}
    refused = _refuse(hoa, "classify", **mixed)
    assert "Lời giới thiệu quần chúng chỉ có khen" in refused
    _refuse(hoa, "classify", **(AS_NOMINATION | {"kind": "praise"}))
    # What was left to the portal to call needs a second person.
    other = town.at_desk("hoa", reported)
    other.do("claim")
    other.do("verify", whole="y", guessable="no", **AS_NOMINATION, **TICKED)
    assert town.case(reported).status is Status.SCREENING
    assert town.case(reported).proposal == "verify"
    page = page_of(town.browser("lam").get(f"/case/{reported.number}"))
    assert "Người được giới thiệu: Ông Bách" in page.text


def test_whoever_fears_goes_to_the_commission_also_with_a_nomination(town: Town) -> None:
    letter = _nominate(town, fears="y")
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    hoa.do("verify", whole="y", guessable="no", **AS_NOMINATION, **TICKED)
    town.at_desk("lam", letter).do("confirm")
    page = town.at_desk("lam", letter).page()
    assert page.fields["organisation"] == str(COMMISSION)
