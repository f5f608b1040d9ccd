"""The papers of a case: who has them, what stands on them, and that printing is written down."""

from __future__ import annotations

from pypdfium2 import PdfDocument
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.models import JournalEntry
from portal.vocabulary import Deed
from tests.doors.course import ANSWER
from tests.moderation.views.conftest import WORDS, Sit, Walk, course, sit, walk
from tests.moderation.ward import Ward

__all__ = ["course", "sit", "walk"]

PASSED_ON = ("send", "prepare", "claim", "choose", "propose", "confirm", "route")
HANDLED = ("accept", "listen", "report")
PRINTED = {Deed.SLIP_PRINTED, Deed.ANSWER_PRINTED}


def read(answer: TestResponse) -> str:
    """What stands on a paper that was handed out, its lines joined."""
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    document = PdfDocument(answer.data)
    text = " ".join(each.get_textpage().get_text_bounded() for each in document)
    document.close()
    return " ".join(text.split())


def deeds(ward: Ward) -> list[tuple[Deed, int | None]]:
    """What was written down about printing, and by whom."""
    with ward.database.reading() as session:
        rows = session.execute(select(JournalEntry.deed, JournalEntry.account_id))
        return [(row.deed, row.account_id) for row in rows if row.deed in PRINTED]


def test_a_slip_says_what_its_reader_reads_on_their_own_page(
    ward: Ward, walk: Walk, sit: Sit
) -> None:
    case = walk("send", "prepare", "claim", "choose", "propose", "confirm")
    hoa = sit("hoa", "case")
    assert "Tải phiếu chuyển" not in hoa.page().text
    assert hoa.send("slip").status_code == 404
    case.route()
    assert "Tải phiếu chuyển (PDF)" in hoa.page().text
    answer = hoa.send("slip")
    name = f"attachment; filename=phieu-chuyen-{case.reference}.pdf"
    assert answer.headers["Content-Disposition"] == name
    text = read(answer)
    assert "PHIẾU CHUYỂN ý kiến của nhân dân gửi qua Cổng tiếp nhận" in text
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "Kính gửi: Chi bộ khối 7" in text
    assert "Nông Văn Bách" in text
    assert "Hạn kết quả" in text
    assert "Tải" not in sit("thanh", "committee").page().text
    for hidden in ("0912", "Lương", WORDS.place, WORDS.when, WORDS.hope, "Nơi cư trú"):
        assert hidden not in text, hidden
    assert deeds(ward) == [(Deed.SLIP_PRINTED, ward.accounts["hoa"])]


def test_an_answer_is_a_letter_of_whoever_gave_it(ward: Ward, walk: Walk, sit: Sit) -> None:
    walk(*PASSED_ON, *HANDLED)
    hoa, thanh = sit("hoa", "case"), sit("thanh", "committee")
    assert hoa.send("answer-paper").status_code == 404
    walk("publish")
    assert "Tải văn bản trả lời (PDF)" in thanh.page().text
    text, theirs = read(hoa.send("answer-paper")), read(thanh.send("answer-paper"))
    assert text == theirs
    assert ANSWER in text
    assert "CHI BỘ KHỐI 7 * Số ……-TB/……" in text
    assert "T/M CHI BỘ" in text
    assert "Lâm" not in text
    who = [ward.accounts[name] for name in ("hoa", "thanh")]
    assert deeds(ward) == [(Deed.ANSWER_PRINTED, account) for account in who]
