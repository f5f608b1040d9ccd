"""S-04: whoever is tied to the subject loses the case, and where nobody is left it goes up."""

from __future__ import annotations

from sqlalchemy import func, select

from portal.models import JournalEntry
from portal.vocabulary import Deed, Status
from tests.moderation.ward import CELL_7, WARD
from tests.pages import page_of
from tests.scenarios.town import Letter, Town

HELD = "Đã chuyển nơi khác giải quyết"


def test_a_cell_in_which_everybody_is_tied_gets_nothing(town: Town) -> None:
    letter = town.send(context="residence")
    town.tie("thanh", "bach")
    town.tie("both", "bach")
    town.screen(letter)
    page = town.at_desk("lam", letter).page()
    assert "Chi ủy không còn ai được phép giải quyết, nên chuyển lên cấp trên." in page.text
    town.route(letter, WARD)
    assert town.in_committee("vinh", letter).get().status_code == 200
    for login in ("thanh", "wife", "both"):
        assert town.in_committee(login, letter).get().status_code == 404, login


def test_a_wife_sees_nothing_while_her_colleague_works_on_it(town: Town) -> None:
    letter = town.send(context="residence")
    town.screen(letter)
    town.route(letter)
    assert town.in_committee("wife", letter).get().status_code == 404
    assert f"/committee/{letter.number}" not in town.browser("wife").get("/committee/").text
    assert town.in_committee("thanh", letter).get().status_code == 200


def test_whoever_says_so_loses_it_and_where_nobody_is_left_it_goes_up_at_once(town: Town) -> None:
    letter = _with_the_cell(town)
    page = town.in_committee("thanh", letter).page("stand-aside").text
    assert "Đồng chí không cần nói là quan hệ gì." in page
    _stand_aside(town, "thanh", letter)
    # One of the committee is left, so the cell keeps it, and nobody else learns of anything.
    assert town.case(letter).handler_id == CELL_7
    assert HELD not in letter.look()
    assert town.in_committee("both", letter).get().status_code == 200
    _stand_aside(town, "both", letter)
    case = town.case(letter)
    assert (case.handler_id, case.status) == (WARD, Status.IN_PROGRESS)
    assert town.in_committee("vinh", letter).get().status_code == 200
    assert HELD in letter.look()
    with town.ward.database.reading() as session:
        tied = JournalEntry.deed == Deed.TIED
        assert session.scalar(select(func.count()).where(tied)) == 2


def test_a_moderator_who_says_so_gives_the_case_back_to_the_desk(town: Town) -> None:
    letter = town.send(context="residence")
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    assert hoa.get("stand-aside").status_code == 404, "nobody is named yet"
    hoa.do("choose", member=str(town.ward.members["bach"]))
    assert "Tôi có liên quan, xin không tham gia" in hoa.page().text
    hoa.send("stand-aside")
    assert hoa.get().status_code == 404
    assert f"/case/{letter.number}" not in town.browser("hoa").get("/desk/").text
    assert town.case(letter).status is Status.RECEIVED
    assert town.at_desk("lam", letter).get().status_code == 200


def test_the_last_who_could_decide_is_told_to_have_somebody_named_first(town: Town) -> None:
    letter = _with_the_cell(town)
    for login in ("ky", "province", "vinh"):
        town.tie(login, "bach")
    _stand_aside(town, "thanh", letter)
    refused = town.in_committee("both", letter).send("stand-aside")
    assert refused.status_code == 422
    assert "Chưa có ai khác giải quyết được." in page_of(refused).text
    assert town.in_committee("both", letter).get().status_code == 200


def _with_the_cell(town: Town) -> Letter:
    """A case that the cell has taken on, in which the member's wife sits and sees nothing."""
    letter = town.send(context="residence")
    town.screen(letter)
    town.route(letter)
    town.in_committee("thanh", letter).do("accept")
    assert town.in_committee("wife", letter).get().status_code == 404
    return letter


def _stand_aside(town: Town, login: str, letter: Letter) -> None:
    """Somebody of the committee says on the page of the case that they are tied."""
    handler = town.in_committee(login, letter)
    answer = handler.send("stand-aside")
    assert answer.location == "/committee/"
    told = page_of(handler.client.get("/committee/"))
    assert "Đã ghi quan hệ. Đồng chí không còn thấy việc này." in told.text
    assert f"/committee/{letter.number}" not in told.html
    assert handler.get().status_code == 404
