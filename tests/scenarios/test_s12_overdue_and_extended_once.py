"""S-12: the days of Tết are not counted, the cell is reminded, and it extends once, with a reason.

A cell has three working days to take a case on; 16 to 20 February 2026 are the days off of Tết.
"""

from __future__ import annotations

from datetime import UTC, datetime

from moderation import worker
from moderation.calendar.reading import read_calendar
from portal.clock import VIETNAM, local_date
from tests.moderation.ward import CELL_7
from tests.pages import page_of
from tests.scenarios.town import Letter, Town

REMINDED, ABOVE_TOLD = "Quá hạn – đã nhắc đơn vị", "Quá hạn – đã báo cấp trên"
#: The mark of a line in the list of a committee, once the level above was told.
TOLD_ABOVE = "Đã báo cấp trên"
WHY = "Chi bộ họp ngày 27/03."


def at(text: str) -> datetime:
    """A moment of 2026 in Vietnam: "13/02 15:00"."""
    moment = datetime.strptime(f"2026/{text}", "%Y/%d/%m %H:%M").replace(tzinfo=VIETNAM)
    return moment.astimezone(UTC)


def until(town: Town, text: str) -> None:
    """Let time pass until then, and the worker do what is due."""
    town.later(seconds=(at(text) - town.ward.at).total_seconds())


def passed_on(town: Town) -> Letter:
    """A letter that the cell has had since Friday, 13 February, three in the afternoon."""
    town.ward.at = at("13/02 14:00")
    worker.begin_day(town.ward.database, today=local_date(town.ward.at))
    with town.ward.database.reading() as session:
        town.ward.calendar = read_calendar(session)
    letter = town.send()
    town.screen(letter)
    until(town, "13/02 15:00")
    town.route(letter, CELL_7)
    return letter


def row(town: Town, login: str, letter: Letter) -> str:
    """The line of the case in the list of a committee, as it is written."""
    html = town.browser(login).get("/committee/").text
    lines = html.replace("</tr>", "<tr").split("<tr")
    return next(line for line in lines if f"/committee/{letter.number}" in line)


def test_tet_is_skipped_the_cell_is_reminded_and_its_level_above_is_told(town: Town) -> None:
    letter = passed_on(town)
    until(town, "25/02 16:59")
    before = row(town, "thanh", letter)
    assert "17:00, 25/02" in before
    assert "hot-row" not in before
    assert "Quá hạn" not in letter.look()
    until(town, "26/02 09:00")
    assert REMINDED in letter.look()
    for login in ("thanh", "vinh"):
        assert "hot-row" in row(town, login, letter)
        assert "Quá 16 giờ" in row(town, login, letter)
    until(town, "02/03 16:59")
    assert TOLD_ABOVE not in row(town, "vinh", letter)
    assert ABOVE_TOLD not in letter.look()
    until(town, "02/03 17:00")
    assert TOLD_ABOVE in row(town, "vinh", letter)
    assert "Quá 3 ngày làm việc" in row(town, "vinh", letter)
    told = letter.look()
    assert f"{ABOVE_TOLD} 02/03/2026 · Đảng ủy xã, phường {REMINDED} 26/02/2026" in told


def test_one_extension_of_ten_working_days_is_given_and_the_writer_reads_why(town: Town) -> None:
    letter = passed_on(town)
    until(town, "25/02 16:00")
    thanh = town.in_committee("thanh", letter)
    thanh.do("accept")
    assert "Kết quả 20/03/2026 · còn hạn" in letter.look()
    # The eleventh working day after the date of the result is one too many.
    far = thanh.send("extend", note=WHY, new_date="06/04/2026")
    assert far.status_code == 422
    assert "Ngày này quá xa." in page_of(far).text
    assert "Gia hạn" not in letter.look()
    page = thanh.do("extend", note=WHY, new_date="03/04/2026")
    assert "Đã dùng" in page.text
    told = letter.look()
    assert f"Gia hạn đến ngày 03/04/2026 25/02/2026 · Chi bộ {WHY}" in told
    assert "Kết quả 03/04/2026 · còn hạn" in told
    refused = thanh.send("extend", note="Xin thêm ngày.", new_date="06/04/2026")
    assert refused.status_code == 409
    assert "Xin thêm ngày." not in letter.look()
    assert "Kết quả 03/04/2026 · còn hạn" in letter.look()
