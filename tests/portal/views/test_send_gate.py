"""The page that says where denunciations and crimes belong, before anything is stored."""

from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy import select

from portal.db import Database
from portal.models import Case
from portal.printing.wording import where_and_when
from portal.vocabulary import Kind
from tests.portal.residents import ABOUT, FORM, WHAT, Resident

BRIBE = "Ông ấy nhận hối lộ của tôi 5 triệu đồng."


def cases(database: Database) -> list[tuple[Kind | None, bool]]:
    with database.reading() as session:
        rows = session.execute(select(Case.sent_as, Case.possible_denunciation))
        return [(row.sent_as, row.possible_denunciation) for row in rows]


@pytest.mark.parametrize(
    ("kind", "what", "title"),
    [
        ("denunciation", WHAT, "Việc này có thể là tố cáo"),
        ("complaint_admin", WHAT, "Việc này có thể là khiếu nại"),
        ("crime_tip", WHAT, "Việc này nên báo ngay cho công an"),
        ("", BRIBE, "Việc này cần báo cơ quan có thẩm quyền"),
    ],
)
def test_it_comes_first_keeps_every_word_and_stores_nothing(
    resident: Resident, database: Database, kind: str, what: str, title: str
) -> None:
    page = resident.write(what=what, kind=kind, place="Trước số nhà 15")
    assert resident.answer.status_code == 200
    assert title in page.text
    assert (page.fields["about"], page.fields["place"]) == (ABOUT, "Trước số nhà 15")
    # Sending at once, as a page that was kept would, leads nowhere else.
    assert title in resident.post(FORM, **page.fields | {"step": "send", "consent": "y"}).text
    back = resident.press("edit")
    assert back.fields["what"] == what
    assert cases(database) == []


def test_it_is_sent_all_the_same_as_a_report_for_the_commission(
    resident: Resident, database: Database
) -> None:
    resident.write(what=BRIBE, kind="denunciation")
    page = resident.page
    assert "Ủy ban kiểm tra Đảng ủy xã, phường hoặc Tỉnh ủy" in page.text
    preview = resident.post(FORM, **page.fields | {"gate": "report"})
    assert "Thư không được giải quyết như đơn tố cáo." in preview.text
    assert "Tôi báo một việc cụ thể tôi thấy" in preview.text
    for told in (resident.press("send", consent="y"), resident.press("saved")):
        assert "không được giải quyết như đơn tố cáo" in told.text
        assert "ngày làm việc sau khi chuyển" not in told.text
    assert resident.code
    assert cases(database) == [(Kind.REPORT, True)]


def test_a_complaint_is_sent_as_a_report_like_any_other(
    resident: Resident, database: Database
) -> None:
    resident.write(kind="complaint_admin")
    resident.post(FORM, **resident.page.fields | {"gate": "report"})
    resident.press("send", consent="y")
    assert cases(database) == [(Kind.REPORT, False)]


def test_whoever_goes_back_and_praises_is_not_taken_for_somebody_who_denounces(
    resident: Resident, database: Database
) -> None:
    resident.write(kind="denunciation")
    resident.post(FORM, **resident.page.fields | {"gate": "report"})
    form = resident.press("edit")
    resident.post(FORM, **form.fields | {"kind": "praise", "step": "preview"})
    resident.press("send", consent="y")
    assert cases(database) == [(Kind.PRAISE, False)]


def test_the_petition_holds_what_was_typed_and_is_kept_nowhere(
    resident: Resident, database: Database
) -> None:
    resident.write(kind="denunciation", what="Lấn đất <công>.\n\nĐã nhắc.", place="Khối 7")
    resident.press("petition")
    assert "Việc này có thể là tố cáo" in resident.press("preview").text
    page = resident.press("petition")
    for words in ("Đơn tố cáo", ABOUT, "Lấn đất <công>.", "Khối 7", "Người viết đơn"):
        assert words in unescape(page.text)
    assert "<công>" not in page.html
    assert "no-store" in resident.answer.headers["Cache-Control"]
    assert cases(database) == []
    assert "Đơn tố cáo" in resident.open("/mau-don").text
    assert "Đơn khiếu nại" in resident.open("/mau-don?loai=khieu-nai").text


def test_whoever_fears_and_nominates_is_told_who_receives_it(resident: Resident) -> None:
    told = resident.write(kind="nomination").text
    assert "Chi bộ nơi người ấy sinh sống nhận và xem xét." in told
    told = resident.write(kind="nomination", fears="y").text
    assert "Chỉ Ủy ban kiểm tra nhận và xem xét lời giới thiệu này." in told
    assert "Chi bộ nơi người ấy sinh sống" not in told


def test_for_money_those_competent_are_named_and_no_number_for_danger(resident: Resident) -> None:
    told = resident.write(what=BRIBE).html.partition("<main")[2].partition("</main>")[0]
    for name in ("Ủy ban kiểm tra", "Ban Nội chính Tỉnh ủy", "Công an xã, phường", "Mở mẫu đơn"):
        assert name in told
    assert "tel:" not in told
    assert "nguy hiểm" not in told
    told = resident.write(what="Ông ấy xâm hại cháu gái hàng xóm.").html.partition("<main")[2]
    assert "tel:113" in told
    assert "tel:111" in told
    assert "Ban Nội chính" not in told


def test_where_and_when_are_one_line() -> None:
    place = ("Trước số nhà 15.", "", "Khối 7")
    assert where_and_when(place, "Từ 12/10") == "Trước số nhà 15, Khối 7; từ 12/10"
    assert where_and_when(place, "Tết vừa rồi") == "Trước số nhà 15, Khối 7; Tết vừa rồi"
    assert where_and_when(("", ""), "Từ 12/10") == "Từ 12/10"
    assert where_and_when(("Khối 7",), "") == "Khối 7"
