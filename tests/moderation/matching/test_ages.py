"""Years of birth and ages in people's own words."""

from __future__ import annotations

import pytest

from moderation.matching.ages import born, numeral
from moderation.matching.reading import read


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("7", (7, 1)),
        ("bay", (7, 1)),
        ("muoi", (10, 1)),
        ("muoi hai", (12, 2)),
        ("hai muoi", (20, 2)),
        ("sau muoi lam", (65, 3)),
        ("nam chuc", (50, 2)),
        ("hung", (0, 0)),
        ("", (0, 0)),
        ("123456", (0, 0)),
    ],
)
def test_numbers_are_read_in_digits_and_words(words: str, expected: tuple[int, int]) -> None:
    assert numeral(words.split(), 0) == expected


def years(text: str) -> tuple[int, int] | None:
    """The years of birth that a text leaves open in 2026."""
    words = read(text).words
    found = born([word.folded for word in words], [word.clause for word in words], 2026)
    return (found.first, found.last) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ông Hùng sinh năm 1968", (1968, 1968)),
        ("ông Hùng SN 1968", (1968, 1968)),
        ("ông Hùng sn 68", (1968, 1968)),
        ("Hùng (1985)", (1985, 1985)),
        ("Hùng 1985", (1985, 1985)),
        ("ông Hùng 70 tuổi", (1954, 1958)),
        ("tuổi 70", (1954, 1958)),
        ("bảy mươi tuổi", (1954, 1958)),
        ("khoảng 60 tuổi", (1961, 1971)),
        ("hơn 30 tuổi", (1988, 1997)),
        ("ngoài sáu mươi tuổi", (1958, 1967)),
        ("vào Đảng năm 1985", None),
        ("con 15 tuổi", None),
        ("khối 7", None),
        ("năm 2024", None),
    ],
)
def test_a_birth_is_told_by_a_year_or_an_age(text: str, expected: tuple[int, int] | None) -> None:
    assert years(text) == expected
