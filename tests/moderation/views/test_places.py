"""The screen of the older names of communes and wards."""

from __future__ import annotations

from sqlalchemy import select

from portal.models import JournalEntry, PlaceName
from portal.vocabulary import Deed
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import OTHER_WARD, WARD, Ward
from tests.pages import page_of

PLACES = "/settings/places"


def test_a_name_is_added_once_for_a_unit_and_taken_back(
    ward: Ward, staff_client: StaffClient
) -> None:
    an = staff_client("an")
    token = {"csrf_token": page_of(an.get(PLACES)).fields["csrf_token"]}
    name = {"name": "Phường Vĩnh Trại", "unit": str(WARD), "until": "30/6/2025"}
    for wrong, said in (
        ({"name": "12"}, "Xin ghi tên có chữ cái."),
        ({"unit": ""}, "Xin chọn xã, phường hiện nay."),
        ({"unit": "999"}, "Xã, phường này không có trong danh sách."),
        ({"until": "31/6/2025"}, "không có"),
    ):
        refused = an.post(PLACES, data=token | name | wrong)
        assert refused.status_code == 422, wrong
        assert said in page_of(refused).text
    for unit in (WARD, WARD, OTHER_WARD):
        done = an.post(PLACES, data=token | name | {"unit": str(unit)}, follow_redirects=True)
        assert done.status_code == 200
    assert "đến 30/06/2025" in page_of(done).text
    with ward.database.reading() as session:
        rows = session.execute(select(PlaceName.id, PlaceName.folded, PlaceName.organisation_id))
        kept = [(row.folded, row.organisation_id) for row in rows]
        first = session.scalars(select(PlaceName.id)).first()
        deeds = session.scalars(select(JournalEntry.deed)).all()
    assert kept == [("phuong vinh trai", WARD), ("phuong vinh trai", OTHER_WARD)]
    assert deeds.count(Deed.PLACES_SET) == 2
    an.post(f"{PLACES}/{first}/drop", data=token)
    an.post(f"{PLACES}/{10**40}/drop", data=token)
    with ward.database.reading() as session:
        assert session.scalars(select(PlaceName.organisation_id)).all() == [OTHER_WARD]


def test_who_looks_after_a_part_reads_the_names_and_changes_none(staff_client: StaffClient) -> None:
    duyen = staff_client("duyen")
    page = page_of(duyen.get(PLACES))
    assert "Người quản trị cấp cao nhất đổi được danh sách này." in page.text
    token = page.fields["csrf_token"]
    assert duyen.post(PLACES, data={"csrf_token": token, "name": "Xã"}).status_code == 404
