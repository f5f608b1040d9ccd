"""The screen of the authorities that residents are pointed to."""

from __future__ import annotations

from sqlalchemy import select

from portal.authorities import competent_for, read_authorities
from portal.models import JournalEntry
from portal.vocabulary import Deed, Matter
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import Ward
from tests.pages import page_of

PLACE = "/settings/authorities"
FACTS = {
    "name": "Ban Tiếp công dân phường",
    "address": "Số 1, đường Mẫu",
    "telephone": "0500 000 113",
    "hours": "Thứ Hai đến thứ Sáu",
    "note": "Mang đơn có chữ ký.",
    "denunciation": "y",
    "review": "y",
}


def test_an_authority_is_added_changed_and_taken_off(ward: Ward, staff_client: StaffClient) -> None:
    an = staff_client("an")
    page = page_of(an.get(PLACE))
    assert "Có sẵn khi cài đặt, chưa ai kiểm tra." in page.text
    token = {"csrf_token": page.fields["csrf_token"]}
    refused = an.post(f"{PLACE}/new", data={**token, "name": "Thanh tra"})
    assert refused.status_code == 422
    assert "Xin chọn ít nhất một loại việc." in refused.text
    an.post(f"{PLACE}/new", data={**token, **FACTS})
    with ward.database.reading() as session:
        made = competent_for(read_authorities(session), Matter.REVIEW)[-1]
        assert (made.name, made.telephone) == (FACTS["name"], FACTS["telephone"])
        assert made.lines == (FACTS["address"], FACTS["hours"], FACTS["note"])
        assert session.scalars(select(JournalEntry.deed)).all()[-1] is Deed.AUTHORITIES_SET
    form = page_of(an.get(f"{PLACE}/{made.id}"))
    assert form.fields["address"] == FACTS["address"]
    changed = an.post(
        f"{PLACE}/{made.id}",
        data={**token, **FACTS, "address": "Số 2, đường Mẫu"},
        follow_redirects=True,
    )
    assert "Số 2, đường Mẫu" in changed.text
    assert "Đ/c Trần Thị An đổi lần cuối ngày 23/11/2026." in changed.text
    an.post(f"{PLACE}/{made.id}/drop", data=token)
    assert an.get(f"{PLACE}/{made.id}").status_code == 404
    with ward.database.reading() as session:
        assert FACTS["name"] not in {each.name for each in read_authorities(session)}


def test_an_administrator_of_a_ward_reads_them_and_changes_nothing(
    ward: Ward, staff_client: StaffClient
) -> None:
    duyen = staff_client("duyen")
    page = page_of(duyen.get(PLACE))
    assert "Người quản trị cấp cao nhất đổi được danh sách này." in page.text
    token = {"csrf_token": page_of(duyen.get("/settings/")).fields["csrf_token"]}
    for path in ("/new", "/1", "/1/drop"):
        assert duyen.post(PLACE + path, data={**token, **FACTS}).status_code == 404
    assert duyen.get(f"{PLACE}/1").status_code == 404
