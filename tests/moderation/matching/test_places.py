"""Which organisations a text names, and who took over from them."""

from __future__ import annotations

from datetime import date

import pytest

from moderation.matching.places import Atlas, Place
from moderation.matching.reading import read
from portal.vocabulary import OrganisationKind, UnitKind

TODAY = date(2026, 11, 23)
NEW, LAST = date(2025, 7, 1), date(2025, 6, 30)


@pytest.fixture
def atlas() -> Atlas:
    """A ward with a few cells and an old one."""
    made = Atlas(TODAY)
    cell, ward = OrganisationKind.CELL, OrganisationKind.WARD_COMMUNE
    for number, kind, unit_kind, name, short_name in (
        (1, ward, None, "Đảng bộ phường Đông Kinh", "Phường Đông Kinh"),
        (2, cell, UnitKind.RESIDENTIAL, "Chi bộ khối 5", "Khối 5"),
        (3, cell, UnitKind.RESIDENTIAL, "Chi bộ khối 15", "Khối 15"),
        (4, cell, UnitKind.SCHOOL, "Chi bộ Trường Tiểu học Hoa Hồi", "Trường Hoa Hồi"),
        (5, cell, UnitKind.SCHOOL, "Chi bộ Trường Mầm non Hoa Hồi", "Mầm non Hoa Hồi"),
        (6, cell, UnitKind.POLICE, "Chi bộ Công an phường Đông Kinh", "Công an phường"),
        (7, cell, UnitKind.RESIDENTIAL, "Chi bộ thôn Nà Lùng", "Thôn Nà Lùng"),
    ):
        made.add(Place(number, kind, unit_kind, name, short_name, NEW, None))
    old = Place(8, cell, UnitKind.RESIDENTIAL, "Chi bộ khối 4", "Khối 4 (cũ)", NEW, LAST)
    made.add(old, heir_id=2, alias="Xóm Chợ")
    return made


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ở khối 5", {2}),
        ("khoi nam", {2}),
        ("tổ dân phố 15", {3}),
        ("khối 4", {8, 2}),
        ("khối 4 cũ", {8, 2}),
        ("xóm Chợ", {8, 2}),
        ("trường Hoa Hồi", {4}),
        ("trường mầm non Hoa Hồi", {5}),
        ("công an phường", {6}),
        ("ca phường Đông Kinh", {6}),
        ("thôn Nà Lùng", {7}),
        ("bản na lung", {7}),
        ("nhà trường", {4, 5}),
        ("phường Đông Kinh", {1}),
        ("đảng ủy", {1}),
        ("khối 6", set()),
        ("chợ Đông", set()),
    ],
)
def test_a_unit_is_known_by_what_people_call_it(atlas: Atlas, text: str, ids: set[int]) -> None:
    found = atlas.mentions(read(text))
    assert set().union(*(mention.ids for mention in found)) == ids


def test_an_organisation_that_ended_is_its_successor_today(atlas: Atlas) -> None:
    now = atlas.now(8)
    assert now is not None
    assert now.id == 2


def test_two_successors_are_not_chosen_between(atlas: Atlas) -> None:
    atlas.add(atlas.places[8], heir_id=3)
    assert atlas.now(8) is None


def test_a_circle_of_successors_ends(atlas: Atlas) -> None:
    atlas.add(atlas.places[2], heir_id=8)
    assert atlas.with_heirs([8]) == {2, 8}
