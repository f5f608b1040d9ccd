"""Which communes of today a written name may mean: all of them, and none below a commune."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.places import MOST_OFFERED, Gazetteer, Name

MERGED = date(2025, 6, 30)
DONG_KINH, LUONG_VAN_TRI, CHI_LANG, CAO_LOC, DONG_DANG = range(1, 6)
OWN = {
    DONG_KINH: "Phường Đông Kinh",
    LUONG_VAN_TRI: "Phường Lương Văn Tri",
    CHI_LANG: "Xã Chi Lăng",
    CAO_LOC: "Xã Cao Lộc",
    DONG_DANG: "Xã Đồng Đăng",
}
OLD = (
    (LUONG_VAN_TRI, "Phường Chi Lăng"),
    (DONG_KINH, "Phường Đông Kinh"),
    (DONG_KINH, "Phường Vĩnh Trại"),
    (DONG_KINH, "Thành phố Lạng Sơn"),
    (LUONG_VAN_TRI, "Thành phố Lạng Sơn"),
    (CAO_LOC, "Huyện Cao Lộc"),
    (DONG_DANG, "Huyện Cao Lộc"),
)
PLACES = Gazetteer(
    (
        *(Name(number, name, own=True) for number, name in OWN.items()),
        *(Name(number, name, MERGED) for number, name in OLD),
    )
)


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("phuong chi lang cu, tp lang son", [LUONG_VAN_TRI, CHI_LANG]),
        ("Chi Lăng", [CHI_LANG, LUONG_VAN_TRI]),
        ("Khối 3, p. Vĩnh Trại", [DONG_KINH]),
        ("TP.Lạng Sơn", [DONG_KINH, LUONG_VAN_TRI]),
        ("Lạng Sơn", []),
        ("huyện Cao Lộc", [CAO_LOC, DONG_DANG]),
        ("cao loc", [CAO_LOC]),
        ("thị trấn Đồng Đăng, huyện Cao Lộc", [DONG_DANG]),
        ("Khối 7", []),
        ("", []),
    ],
)
def test_a_name_offers_each_unit_that_it_may_mean(written: str, offered: list[int]) -> None:
    assert [each.unit_id for each in PLACES.offered(written)] == offered


def test_it_says_for_which_older_name_a_unit_is_offered() -> None:
    former, today = PLACES.offered("phường chi lăng cũ")
    assert (former.older, today.older) == (("Phường Chi Lăng",), ())


def test_every_spelling_of_a_name_is_one_unit() -> None:
    for written in ("Dong Kinh", unicodedata.normalize("NFD", "Đông Kinh"), "Ðông Kinh"):
        assert [each.unit_id for each in PLACES.offered(written)] == [DONG_KINH]


@given(st.text(max_size=200), st.sampled_from(sorted(OWN)))
def test_a_name_is_found_in_whatever_stands_round_it(around: str, unit_id: int) -> None:
    found = PLACES.offered(f"{around}, {OWN[unit_id]} . {around}")
    assert unit_id in {each.unit_id for each in found}
    assert len(found) <= MOST_OFFERED
    assert len({each.unit_id for each in found}) == len(found)
