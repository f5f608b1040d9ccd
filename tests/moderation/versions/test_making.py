"""The texts for the readers of a case: who reads which, what they may hold, and their history."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import screening
from moderation.access import Person
from moderation.papers import read_papers
from moderation.versions import (
    NothingChanged,
    ParaphraseNeeded,
    TellsDetail,
    Texts,
    check_texts,
    read_history,
    revise,
)
from moderation.workflow import Incomplete, Need
from portal.models import JournalEntry, Paper
from portal.models.case import PaperKind
from portal.vocabulary import Deed, Making, VersionReason
from tests.doors.course import PASSED, PUT, SHOWN, Course
from tests.moderation.conftest import StaffClient
from tests.moderation.merging.pair import FIRST, SECOND, Pair
from tests.moderation.views.staffer import Staffer
from tests.moderation.walking import BACH, Walk, set_out
from tests.moderation.ward import CELL_7, Ward
from tests.pages import page_of

OTHER = VersionReason.OTHERS


@pytest.fixture
def eligible(ward: Ward) -> Walk:
    """A case that waits to be passed on."""
    return set_out(ward).until(Course.confirm)


def test_no_text_and_no_reason_is_missing_when_a_case_is_passed_on(eligible: Walk) -> None:
    for texts, need in (
        (Texts("  ", PUT, OTHER), Need.SHOWN_TEXT),
        (Texts(SHOWN, " ", OTHER), Need.PUT_TEXT),
        (Texts(SHOWN, PUT), Need.VERSION_REASON),
    ):
        with pytest.raises(Incomplete) as missing:
            eligible.do("hoa", screening.route, organisation_id=CELL_7, texts=texts)
        assert missing.value.need is need


@pytest.mark.parametrize(
    ("put", "error"),
    [
        (BACH.what, ParaphraseNeeded),
        ("Ngày 3/11 có góp ý về vật liệu.", TellsDetail),
        ("Nhân dân góp ý vật liệu trước số nhà 15.", TellsDetail),
    ],
)
def test_what_is_put_to_the_member_is_a_text_of_its_own(
    eligible: Walk, put: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        eligible.do("hoa", screening.route, organisation_id=CELL_7, texts=Texts(SHOWN, put, OTHER))


def test_each_reader_reads_the_text_that_was_made_for_them(
    eligible: Walk, staff_client: StaffClient
) -> None:
    gap = "[đã lược bỏ]"
    shown = BACH.what.replace("trước số nhà 15 ", f"{gap} ")
    desk = Staffer(staff_client("hoa"), "case", eligible.number)
    # Without a script a sentence is ticked; the field then holds the rest.
    cut = desk.send("redact", organisation=str(CELL_7), shown="Một. Hai.", cut="Một.")
    assert page_of(cut).fields["shown"] == f"{gap} Hai."
    desk.do(
        "route", organisation=str(CELL_7), shown=shown, put=PUT, why="others", because="Nhà bên."
    )
    cell = Staffer(staff_client("thanh"), "committee", eligible.number)
    cell.do("accept")
    page = cell.page()
    assert f"hết vỉa hè {gap} đã mấy tháng nay" in page.text
    assert "số nhà 15" not in page.html
    assert PUT in page.text
    statement = cell.page("statement").text
    assert PUT in statement
    assert statement.count(gap) == page.text.count(gap) - 1
    history = desk.page("versions").text
    for words in (
        "Lược bỏ một số chỗ",
        "Giữ kín điều riêng của người khác. Nhà bên.",
        "Lương Thị Hòa",
    ):
        assert words in history
    assert cell.get("versions").status_code == 404


def test_the_writers_own_words_need_no_reason(eligible: Walk) -> None:
    eligible.do("hoa", screening.route, organisation_id=CELL_7, texts=Texts(BACH.what, PUT))
    with eligible.seen() as (session, case):
        keys = eligible.ward.keys(session, case)
        made = {each.kind: each for each in read_history(session, keys=keys, case_id=case.id)}
    assert made[PaperKind.SHOWN].making is Making.AS_WRITTEN
    assert made[PaperKind.SHOWN].why is None
    assert made[PaperKind.PUT].making is Making.PARAPHRASED


def test_a_text_is_made_anew_with_a_reason_and_the_older_one_stays(eligible: Walk) -> None:
    walk = eligible
    walk.route()
    walk.accept()
    walk.supply("Chở thêm gạch.")
    walk.do("lam", screening.pass_added, text="Có thêm vật liệu.", put="Có thêm góp ý.")
    same = Texts(f"{SHOWN}\n\nCó thêm vật liệu.", f"{PUT}\n\nCó thêm góp ý.", OTHER, "Lộ.")
    with pytest.raises(NothingChanged):
        walk.do("lam", revise, texts=same)
    with pytest.raises(Incomplete):
        walk.do("lam", revise, texts=Texts("Có việc để vật liệu.", PUT, OTHER, " "))
    fresh = Texts("Có việc để vật liệu.", PUT, OTHER, "Còn lộ nơi ở.")
    walk.do("lam", revise, texts=fresh)
    with walk.seen() as (session, case):
        keys = walk.ward.keys(session, case)
        made = read_history(session, keys=keys, case_id=case.id)
        papers = read_papers(session, keys=keys, case_id=case.id, kinds=(PaperKind.SHOWN,))
        newest = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        sealed = session.scalars(select(Paper.body)).all()
    assert papers[PaperKind.SHOWN]["text"] == fresh.shown
    shown = [(each.text, each.current, each.added) for each in made if each.kind is PaperKind.SHOWN]
    assert shown == [
        (fresh.shown, True, False),
        (f"{SHOWN}\n\nCó thêm vật liệu.", False, True),
        (SHOWN, False, False),
    ]
    assert (made[0].note, made[0].who) == (fresh.note, "Chu Văn Lâm")
    assert newest is not None
    assert newest.deed is Deed.VERSION_MADE
    assert not any("lộ nơi ở".encode() in body for body in sealed)


def test_what_is_added_is_put_to_the_member_only_in_other_words(eligible: Walk) -> None:
    eligible.do("hoa", screening.route, organisation_id=CELL_7, texts=PASSED)
    eligible.supply("Hôm qua ông ấy chở thêm ba xe gạch về để trước ngõ.")
    with pytest.raises(ParaphraseNeeded):
        eligible.do(
            "lam",
            screening.pass_added,
            text="Có thêm vật liệu.",
            put="Hôm qua ông ấy chở thêm ba xe gạch về để trước ngõ.",
        )


def test_the_words_of_every_letter_in_a_merged_case_are_kept_from_the_member(ward: Ward) -> None:
    pair = Pair(ward)
    one = pair.send(FIRST)
    pair.claim(one)
    pair.merge(one, pair.send(SECOND))
    for own in ("Vật liệu xây dựng lấn hết vỉa hè.", "Vật liệu xây dựng vẫn lấn vỉa hè."):
        with pytest.raises(ParaphraseNeeded):
            pair.do("hoa", one, _check, texts=Texts(SHOWN, own, OTHER))
    pair.do("hoa", one, _check, texts=Texts(SHOWN, PUT, OTHER))


def _check(session: Session, *, by: Person, **given: Any) -> None:
    check_texts(session, **given)
