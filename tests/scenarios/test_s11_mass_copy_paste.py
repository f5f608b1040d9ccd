"""S-11: many send one text in two hours; it is one case, and its number is no vote."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import func, select

from portal.models import Case, CopyGroup, Submission
from portal.vocabulary import Status, Suspicion
from portal.words import Words
from tests.moderation.ward import WARD
from tests.pages import page_of
from tests.scenarios.town import Town

ABOUT = "Ông Nông Văn Bách, đảng viên ở khối 7"
WHAT = (
    "Ông Bách nhận tiền của các hộ để làm đường vào khu Hòa Bình mà đến nay đường vẫn chưa làm, "
    "bà con chúng tôi đề nghị cấp trên xem xét và làm rõ việc này."
)
PLAIN = "".join(
    c for c in unicodedata.normalize("NFD", WHAT) if not unicodedata.combining(c)
).replace("đ", "d")
TYPED = (WHAT, PLAIN, unicodedata.normalize("NFD", WHAT), WHAT.replace("Hòa", "Hoà"))


def test_one_case_with_all_its_letters_and_each_with_its_code(town: Town) -> None:
    first = town.send(about=ABOUT, what=WHAT)
    # Others write it anew in their own way, and reach the desk; the flood behind them waits.
    second = town.send(about="ong Nong Van Bach khoi 7", what=PLAIN)
    with town.ward.database.writing() as session:
        for number in range(60):
            town.ward.send(
                session,
                Words(about=ABOUT, what=TYPED[number % len(TYPED)]),
                unit_id=WARD,
                suspicion=Suspicion.SOURCE,
            )
    town.work()
    neighbour = town.send(about="Cô Hoàng Thị Lụa", what="Cô giáo giúp các cháu đi học lại.")
    hoa = town.at_desk("hoa", first)
    assert "Có 1 hồ sơ có thể cùng việc" in hoa.page().text
    hoa.do("merge", case=str(second.number))
    with town.ward.database.reading() as session:
        group = session.scalars(select(CopyGroup.id)).one()
    address = f"/quarantine/{group}"
    fields = page_of(hoa.client.get(address)).fields
    answer = hoa.client.post(f"{address}/merge", data=fields)
    assert "Đang gộp cả nhóm" in page_of(hoa.client.get(answer.location)).text
    for _batch in range(4):
        town.work()
    with town.ward.database.reading() as session:
        inside = select(func.count()).where(Submission.case_id == first.number)
        assert session.scalar(inside) == 62
        left = select(func.count()).where(Case.status != Status.MERGED)
        assert session.scalar(left) == 2
    # It is handled once, by people who see one matter and a number that is no vote.
    page = hoa.page().text
    assert "Hồ sơ này gồm 62 thư về một việc." in page
    assert "cũng không phải số phiếu" in page
    assert "62" not in page_of(hoa.client.get("/desk/")).text.replace("2026", "")
    town.screen(first)
    town.route(first)
    cell = town.in_committee("thanh", first)
    assert "gồm 62 thư về một việc" in cell.page().text
    assert "cũng không phải số phiếu" in cell.page().text
    # Each reads the course with their own code, and of nobody else; whoever writes meanwhile can.
    for letter in (first, second):
        told = letter.look()
        assert "Ý kiến đã được chuyển." in told
        assert not re.search(r"\b62\b", told)
        assert "thư" not in re.sub("thư mục", "", told)
    assert "Cổng đã nhận ý kiến" in neighbour.look()
