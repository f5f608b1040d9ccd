"""S-18: a place that is written as it was called is asked for, and search knows its spellings."""

from __future__ import annotations

import unicodedata
from datetime import date

from portal.models import Organisation
from portal.vocabulary import OrganisationKind
from tests.moderation.ward import PROVINCE, WARD
from tests.pages import page_of
from tests.scenarios.town import Town

LUONG_VAN_TRI, CHI_LANG = 901, 902
ASKED = "Nơi này nay thuộc xã, phường nào?"


def found_a_province(town: Town) -> None:
    """Two more communes of today; an administrator writes down what one of them was before."""
    with town.ward.database.writing() as session:
        for number, name in ((LUONG_VAN_TRI, "Phường Lương Văn Tri"), (CHI_LANG, "Xã Chi Lăng")):
            session.add(
                Organisation(
                    id=number,
                    kind=OrganisationKind.WARD_COMMUNE,
                    name=f"Đảng bộ {name}",
                    short_name=name,
                    folded="",
                    parent_id=PROVINCE,
                    path=f"{PROVINCE}.{number}.",
                    valid_from=date(2025, 7, 1),
                )
            )
    town.later(minutes=2)
    an = town.browser("an")
    token = page_of(an.get("/settings/places")).fields["csrf_token"]
    for name in ("Phường Chi Lăng", "Thành phố Lạng Sơn"):
        fields = {"name": name, "unit": str(LUONG_VAN_TRI), "until": "30/6/2025"}
        an.post("/settings/places", data={"csrf_token": token, **fields})
    town.later(minutes=2)


def test_an_old_name_asks_which_place_is_meant_and_chooses_none(town: Town) -> None:
    found_a_province(town)
    resident = town.resident()
    page = resident.write(unit_text="phuong chi lang cu, tp lang son")
    assert ASKED in page.text
    offered = page.text.partition(ASKED)[2]
    assert offered.index("Phường Lương Văn Tri") < offered.index("Xã Chi Lăng")
    assert "Gồm nơi trước đây là Phường Chi Lăng" in offered
    assert "Kỳ Lừa" not in offered
    assert page.fields.get("unit", "") == ""
    # Whoever forgets to agree is asked no second time, and keeps what was chosen.
    again = resident.press("send", unit=str(CHI_LANG))
    assert ASKED not in again.text
    assert "Xã Chi Lăng" in again.text
    resident.press("send", consent="y")
    assert resident.code
    town.work()
    letter = town.send(unit="", unit_text="phuong chi lang cu, tp lang son")
    assert town.case(letter).unit_id is None


def test_every_spelling_is_one_unit_and_search_finds_both_tones(town: Town) -> None:
    for written in ("Dong Kinh", unicodedata.normalize("NFD", "Đông Kinh"), "Ðông Kinh"):
        offered = town.resident().write(unit_text=written).text.partition(ASKED)[2]
        assert "Đông Kinh" in offered
    old, new = (
        town.send(unit=str(WARD), what=f"Đường vào xã {name} hỏng đã lâu, chưa ai sửa.")
        for name in ("Thụy Hùng", "Thuỵ Hùng")
    )
    hoa = town.browser("hoa")
    token = page_of(hoa.get("/desk/search")).fields["csrf_token"]
    answer = hoa.post(
        "/desk/search", data={"csrf_token": token, "words": "thuy hung"}, follow_redirects=True
    )
    for letter in (old, new):
        assert f"/case/{letter.number}" in answer.text
