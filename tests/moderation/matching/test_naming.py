"""How well one name fits: exact before folded, whole before part, and what contradicts."""

from __future__ import annotations

import pytest

from moderation.matching.likeness import Name
from moderation.matching.naming import Fit, fit
from moderation.matching.reading import read
from portal.text import fold


def fitting(name: str, text: str, *strange: str) -> Fit | None:
    """The fit of a name to a text."""
    return fit(Name.of(name, fold(name)), read(text), frozenset(strange))


def points(name: str, text: str, *strange: str) -> float:
    """The points of a name, 0 when it does not fit at all."""
    found = fitting(name, text, *strange)
    return found.points if found else 0.0


ORDERS = [
    ("Nguyễn Văn Hùng", ["Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "Bế Văn Hùng", "Bế Văn Hưng"]),
    ("ông Hùng", ["Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "Lý Văn Hạnh"]),
    ("bà Thu Hương", ["Phạm Thị Thu Hương", "Hoàng Thị Hương", "Hoàng Thị Hường"]),
    ("Nguyễn Hùng", ["Nguyễn Văn Hùng", "Bế Văn Hùng"]),
    ("Nguyễn Thị Thanh Bình", ["Nguyễn Thị Thanh Bình", "Nguyễn Thị Thanh"]),
    ("ông Chung", ["Vi Văn Chung", "Vi Văn Trung"]),
]


@pytest.mark.parametrize(("text", "names"), ORDERS)
def test_better_fits_have_more_points(text: str, names: list[str]) -> None:
    found = [points(name, text) for name in names]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("name", "text", "reasons"),
    [
        ("Nông Văn Bách", "ông Nông Văn Bách", ("exact_name",)),
        ("Nông Văn Bách", "ong nong van bach", ("whole_name", "no_marks_written")),
        ("Nông Văn Bách", "ông Nông Văn Bạch", ("whole_name", "same_sounds")),
        ("Nông Văn Bách", "ông Nông Văn Báchh", ("whole_name", "one_letter_differs")),
        ("Nông Văn Bách", "N.V.Bách", ("whole_name", "initials")),
        ("Nông Văn Bách", "ông Bách", ("given_name_only",)),
        ("Nông Văn Bách", "ông Nông Bách", ("part_of_name",)),
        ("Nông Văn Bách", "ông Lý Văn Bách", ("part_of_name", "family_differs")),
        ("Nông Văn Bách", "Bách Nông Văn", ("other_order",)),
        ("Nông Văn Bách", "ông B.", ("initials",)),
    ],
)
def test_the_reason_says_how_a_name_fits(name: str, text: str, reasons: tuple[str, ...]) -> None:
    found = fitting(name, text)
    assert found is not None
    assert found.reasons == reasons


def test_old_and_new_tone_placement_are_one_name() -> None:
    assert points("Nguyễn Thị Hòa", "Nguyễn Thị Hoà") == points("Nguyễn Thị Hoà", "Nguyễn Thị Hòa")
    found = fitting("Nguyễn Thị Hoà", "Nguyễn Thị Hòa")
    assert found is not None
    assert found.reasons == ("exact_name",)


def test_only_a_word_that_is_nobodys_name_is_taken_for_a_misspelt_one() -> None:
    assert points("Nguyễn Văn Hùng", "ông Hùg", "hug") > 0
    assert points("Nguyễn Văn Hùng", "ông Hùg") == 0


def test_words_of_the_language_are_no_given_names() -> None:
    for name, text in (
        ("Phan Văn An", "công an phường"),
        ("Nguyễn Xuân Trường", "trường Hoa Hồi"),
        ("Phan Văn Bảy", "khối bảy"),
        ("Nguyễn Thế Anh", "anh Hùng"),
        ("Nông Văn Thái", "thái độ hách dịch"),
    ):
        assert points(name, text) < 12


def test_a_form_of_address_is_no_family_name() -> None:
    assert points("Nông Đình Hùng", "ông Hùng") == points("Vi Đình Hùng", "ông Hùng")
    assert points("Chu Văn Hợp", "chú Hợp") == points("Vi Văn Hợp", "chú Hợp")
    assert points("Chu Văn Hợp", "chu van hop") > points("Vi Văn Hợp", "chu van hop")


def test_what_contradicts_does_not_agree() -> None:
    for text, agrees in (
        ("ông Bách", True),
        ("Nông Văn Bách", True),
        ("ong bach", True),
        ("Lý Văn Bách", False),
        ("ông Bạch", False),
    ):
        found = fitting("Nông Văn Bách", text)
        assert found is not None
        assert found.agrees is agrees, text


def test_the_middle_name_tells_a_woman_or_a_man() -> None:
    genders = [Name.of(name, fold(name)).gender for name in ("Vi Thị Sao", "Vi Văn Đức", "Lê Na")]
    assert genders == ["f", "m", ""]
