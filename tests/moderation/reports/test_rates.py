"""How numbers and rates are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.reports.figures import Figure, Rate
from moderation.reports.rates import hundredths, percent, rated, written


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (5, 832, "0,60%"),
        (3, 832, "0,36%"),
        (102, 708, "14,4%"),
        (606, 708, "85,6%"),
        (0, 832, "0%"),
        (832, 832, "100%"),
        (1, 65_000, "< 0,01%"),
        (64_999, 65_000, "> 99,9%"),
        (9_996, 100_000, "10,0%"),
        (1, 3, "33,3%"),
        (9, 8, "113%"),
    ],
)
def test_rates_say_three_digits_and_never_more_than_two_decimals(
    part: int, whole: int, text: str
) -> None:
    assert percent(part, whole) == text


@given(st.integers(1, 100_000), st.data())
def test_only_nothing_is_written_as_nothing_and_only_all_as_all(
    whole: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    text = percent(part, whole)
    assert (text == "0%") == (part == 0)
    assert (text == "100%") == (part == whole)
    assert not text.startswith("0,00")


def test_a_blank_is_not_a_zero() -> None:
    assert (written(None), written(0), written(1136)) == ("–", "0", "1.136")
    assert rated(Rate(Figure(None), Figure(832))) == "–"
    assert rated(Rate(Figure(5), Figure(None))) == "–"
    assert rated(Rate(Figure(0), Figure(0))) == "–"
    assert rated(Rate(Figure(0), Figure(8))) == "0%"
    assert hundredths(Rate(Figure(1), Figure(4))) == 25
    assert hundredths(Rate(Figure(None), Figure(4))) is None
