"""S-10: numbers of somebody else are masked before sending and for every reader; money stays."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from moderation.access import relate
from moderation.printing import routing_slip
from portal.models import Case, JournalEntry
from portal.vocabulary import Deed
from tests.moderation.ward import CELL_7
from tests.pages import page_of
from tests.scenarios.town import Letter, Town

ABOUT = "Ông Nông Văn Bách ở khối 7"
AMOUNT = "1.500.000.000 đồng theo Quyết định 12/QĐ-UBND ngày 12/03/2026"
WHAT = (
    "Vợ ông ấy là Chu Thị Mận CCCD 020 399 000 000, sđt 0500 000 001, "
    f"STK Agribank 8400000000001. Ông thu {AMOUNT}."
)
NUMBERS = ("020 399 000 000", "020399000000", "0500 000 001", "8400000000001")
#: The portal's own telephone stands on every page, so this one is looked for as it was typed.
OTHERS = ("020 399 000 000", "020399000000", "8400000000001")
MASKS = ("[đã che số căn cước]", "[đã che số điện thoại]", "[đã che số tài khoản]")


def test_the_writer_sees_before_sending_what_is_masked_and_why(town: Town) -> None:
    resident = town.resident()
    page = resident.write(about=ABOUT, what=WHAT)
    assert "Cổng đã che 3 chỗ" in page.text
    assert "Cán bộ tiếp nhận sẽ thấy thư đúng như dưới đây." in page.text
    assert "Che như vậy để bảo vệ người được nhắc đến." in page.text
    assert "Ai cần xem phải nêu lý do, và việc xem được ghi lại." in page.text
    for mask in MASKS:
        assert mask in page.text
    for number in OTHERS:
        assert number not in page.text
    assert AMOUNT in page.text
    resident.press("send", consent="y")
    with town.ward.database.reading() as session:
        assert session.scalars(select(JournalEntry)).all() == []


def test_no_reader_sees_them_whatever_they_open(town: Town) -> None:
    letter = town.send(about=ABOUT, what=WHAT, kind="report")
    town.screen(letter)
    lam = town.at_desk("lam", letter)
    page = lam.page()
    put = "Nhân dân đề nghị công khai khoản thu."
    lam.do("route", organisation=str(CELL_7), shown=page.fields["shown"], put=put)
    thanh = town.in_committee("thanh", letter)
    thanh.do("accept")
    # What somebody of the staff types by mistake is masked, too, before anybody reads it.
    note = "Đã xem giấy của chủ tài khoản STK 8400000000001."
    thanh.do("follow-up", deed="field_check", done_on=town.today, note=note, inside="Xem sổ.")
    seen = {
        "the desk": page.text,
        "the cell": thanh.page().text,
        "a search": _search(town, "Mận"),
        "the list": page_of(town.browser("lam").get("/desk/?list=all")).text,
        "the routing slip": _slip(town, letter),
        "the writer, without asking": letter.look(),
    }
    for where, text in seen.items():
        for number in OTHERS:
            assert number not in text, where
    for where in ("the desk", "the cell", "the routing slip"):
        assert AMOUNT in seen[where]
        for mask in MASKS:
            assert mask in seen[where]
    # The original lies in the database sealed, and its writer still has it.
    assert NUMBERS[0] in letter.do("own")
    folder = Path(town.ward.database.engine.url.database or "").parent
    stored = b"".join(each.read_bytes() for each in folder.glob("portal.db*"))
    for number in OTHERS:
        assert number.encode() not in stored


def test_lifting_the_mask_needs_a_reason_and_is_written_down(town: Town) -> None:
    letter = town.send(about=ABOUT, what=WHAT, kind="report")
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    assert hoa.send("unmask", reason=" ").status_code == 422
    shown = hoa.send("unmask", reason="Cần gọi lại cơ quan đã ghi số.")
    assert NUMBERS[0] in page_of(shown).text
    assert NUMBERS[0] not in hoa.page().html
    with town.ward.database.reading() as session:
        deeds = session.scalars(select(JournalEntry.deed)).all()
    assert deeds.count(Deed.UNMASKED) == 1
    assert "Cần gọi lại cơ quan đã ghi số." in hoa.page().text


def _slip(town: Town, letter: Letter) -> str:
    """What a moderator prints for the cell."""
    with town.ward.database.writing() as session:
        case, person = session.get_one(Case, letter.number), town.ward.person(session, "lam")
        sheet = routing_slip(
            session,
            office=town.ward.office,
            keys=town.ward.keys(session, case),
            case=case,
            by=person,
            relation=relate(session, person=person, case=case),
        )
    return repr(sheet)


def _search(town: Town, words: str) -> str:
    """What a moderator finds."""
    lam = town.browser("lam")
    token = page_of(lam.get("/desk/")).fields["csrf_token"]
    answer = lam.post("/desk/search", data={"csrf_token": token, "q": words}, follow_redirects=True)
    return page_of(answer).text
