"""S-07: excused in order, answered without the reason; afterwards a slip is asked for."""

from __future__ import annotations

from tests.moderation.ward import CELL_7
from tests.pages import page_of
from tests.scenarios.town import Letter, Town

WHAT = "Ông Khe đi Bắc Giang làm hơn năm nay, không thấy sinh hoạt."
WHY = "Đi làm thợ hàn ở công trường, nuôi hai con đang học."
CELL, ABOVE = "thanh", "vinh"
PART, ENTRY = "/committee/absences/", "/register/absences/1"
NO_SLIP = "Hết hạn tạm miễn, chưa có phiếu xác nhận"


def _excused(town: Town) -> None:
    """His cell has proposed it and the ward has agreed: 1/12/2025 to 30/11/2026."""
    khe = town.add_member("khe", "Triệu Văn Khe", 1983, CELL_7)
    town.keep(
        CELL,
        f"/register/absences/new?cell={CELL_7}",
        member=khe,
        valid_from="1/12/2025",
        valid_to="30/11/2026",
        ground="working_away",
        reason=WHY,
    )
    town.keep(ABOVE, ENTRY, "/grant")


def _asked(town: Town) -> Letter:
    """A resident wonders, and it lies with his cell."""
    letter = town.send(about="Ông Triệu Văn Khe ở khối 7", what=WHAT, context="party")
    town.screen(letter, "khe", topic="absence_transfer")
    town.route(letter, shown="Có ý kiến hỏi về việc vắng sinh hoạt lâu ngày.")
    town.in_committee(CELL, letter).do("accept")
    return letter


def test_before_the_last_day_the_cell_answers_without_the_reason(town: Town) -> None:
    _excused(town)
    letter = _asked(town)
    cell = town.in_committee(CELL, letter)
    read = cell.page("report").text
    assert "Đang tạm miễn, hợp lệ đến 30/11/2026." in read
    assert "mà không nêu lý do vắng mặt" in read
    assert "công trường" not in cell.page().html
    assert "Đang tạm miễn, hợp lệ đến 30/11/2026." in town.at_desk("hoa", letter).page().text
    # It is something to look at, among what asks for contact, and no violation.
    part = page_of(town.browser(CELL).get(PART)).text
    assert f"PA-2026-{letter.number % 10_000_000:06d}" in part
    assert "Ý kiến loại này là lời nhắc để xem lại, không phải vi phạm." in part
    for telling in (
        "Đồng chí ấy đi làm ăn xa nên vắng.",
        "Việc vắng mặt là để nuôi hai con đang học.",
        "Viec vang mat la de nuoi hai con dang hoc.",
    ):
        refused = cell.send("report", finding="clarified", draft=telling)
        assert refused.status_code == 422, telling
        assert "Lý do vắng mặt được niêm kín." in page_of(refused).text
    answer = "Chi bộ đã xem xét, việc vắng mặt đúng quy định."
    cell.do("report", finding="clarified", draft=answer)
    town.at_desk("hoa", letter).do("publish", answer=answer)
    told = letter.look()
    assert "Đã giải thích, làm rõ" in told
    assert answer in told
    for hidden in ("tạm miễn", "công trường", "ăn xa"):
        assert hidden not in told, hidden


def test_after_the_last_day_without_a_slip_a_neutral_reminder_appears(town: Town) -> None:
    _excused(town)
    town.later(days=8)
    letter = _asked(town)
    for login in (CELL, ABOVE):
        text = page_of(town.browser(login).get(PART)).text
        assert NO_SLIP in text
        assert "không phải kết luận về ai" in text
        assert "vi phạm" not in text.replace("không phải vi phạm", "")
    assert "Hết hạn tạm miễn ngày 30/11/2026, chưa có phiếu xác nhận." in (
        town.in_committee(CELL, letter).page().text
    )
    town.keep(CELL, ENTRY, "/slip", state="telephoned", on=town.today)
    assert NO_SLIP not in page_of(town.browser(CELL).get(PART)).text
    assert "đã rõ việc xác nhận" in town.in_committee(CELL, letter).page().text
