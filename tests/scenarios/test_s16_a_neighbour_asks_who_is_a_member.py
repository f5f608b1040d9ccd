"""S-16: whoever asks the portal whether a neighbour is a member learns it from nothing."""

from __future__ import annotations

from portal.vocabulary import Role, Status
from tests.conftest import Watch
from tests.moderation.ward import PROVINCE
from tests.pages import page_of
from tests.scenarios.town import Letter, Town

READ_AS = {"kind": "report", "sentiment": "neutral", "topic": "other"}
#: One of the register, one who is in none, and one who sits on a committee.
NEIGHBOURS = ("Anh Nông Văn Bách", "Anh Lộc Văn Thắng", "Anh Đàm Văn Vinh")


def test_the_refusal_reads_the_same_whoever_was_asked_about(town: Town, statements: Watch) -> None:
    letters = [
        town.send(about=name, what=f"{name} hàng xóm có phải đảng viên không?")
        for name in NEIGHBOURS
    ]
    town.enrol("thai", Role.MODERATOR, PROVINCE)
    for letter in letters:
        _decline(town, letter)
    read, asked = [], []
    for letter in letters:
        with statements(town.public.extensions["portal"].database) as seen:
            page = letter.look()
        number = f"PA-2026-{letter.number % 10_000_000:06d}"
        read.append(page.replace(number, "PA"))
        asked.append(list(seen))
    assert len(set(read)) == 1
    assert "Không thuộc phạm vi tiếp nhận của Cổng" in read[0]
    assert asked.count(asked[0]) == len(NEIGHBOURS)


def test_no_refusal_says_that_somebody_is_or_is_not_one(town: Town) -> None:
    letter = town.send(about=NEIGHBOURS[1], what="Anh ấy có phải đảng viên không?")
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    for told in ("Anh ấy không phải đảng viên.", "Người ông/bà hỏi là đảng viên."):
        refused = hoa.send("decline", reason="not_about_member", note=told)
        assert refused.status_code == 422
        assert "Không cho biết ai là hay không là đảng viên." in page_of(refused).text
    assert town.case(letter).status is Status.SCREENING


def _decline(town: Town, letter: Letter) -> None:
    """Two of the desk that has the case decline it, with the portal's own text."""
    here = town.browser("hoa").get(f"/case/{letter.number}").status_code == 200
    first, second = ("hoa", "lam") if here else ("thu", "thai")
    desk = town.at_desk(first, letter)
    desk.do("claim")
    note = desk.page("decline?template=decline-not-about-member").fields["note"]
    desk.do("decline", reason="not_about_member", note=note)
    town.at_desk(second, letter).do("confirm")
