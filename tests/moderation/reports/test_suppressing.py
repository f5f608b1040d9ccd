"""Small counts are hidden so that no subtraction brings them back."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.reports.suppressing import FEW, Hidden, Shown, suppress, suppress_tree, suppressed

SMALL = range(1, FEW)
COUNTS = st.lists(st.none() | st.integers(0, 9), min_size=1, max_size=4)


def possible(total: Shown, shown: Sequence[Shown]) -> list[tuple[int, ...]]:
    """Every set of parts that fits to all that is printed and to what the signs mean."""
    most = total if isinstance(total, int) else FEW - 1
    told = any(each is Hidden.FEW for each in shown)

    def ways(each: Shown) -> Sequence[int]:
        if each is Hidden.FEW:
            return SMALL
        if each is Hidden.BESIDE:
            # Beside a small one stands none that is small, or it would have its sign.
            return [way for way in range(most + 1) if not told or way not in SMALL]
        return [each or 0]

    found = itertools.product(*map(ways, shown))
    fits = {total} if isinstance(total, int) else set(SMALL)
    return [each for each in found if sum(each) in fits]


@given(COUNTS)
def test_no_small_count_is_left_with_one_way(parts: list[int | None]) -> None:
    known = [value for value in parts if value is not None]
    total, shown = suppress(sum(known) if known else None, parts)
    if total is None:
        assert shown == [None] * len(parts)
        return
    found = possible(total, shown)
    for place, value in enumerate(parts):
        if value in SMALL:
            assert len({way[place] for way in found}) > 1, (total, shown)
        assert (shown[place] is None) == (value is None)
        assert shown[place] == value or isinstance(shown[place], Hidden)


@given(COUNTS)
def test_nothing_is_hidden_where_nothing_is_small(parts: list[int | None]) -> None:
    plain = [value if value not in SMALL else None for value in parts]
    known = [value for value in plain if value is not None]
    whole = sum(known) if known else None
    assert suppress(whole, plain) == (whole, plain)


@given(st.data())
def test_below_a_hidden_count_nothing_is_printed(data: st.DataObject) -> None:
    below = {1: [2, 3], 2: [4, 5], 3: [6, 7]}
    values = {number: data.draw(st.integers(0, 8)) for number in range(4, 8)}
    for number in (2, 3, 1):
        values[number] = sum(values[each] for each in below[number])
    found = suppress_tree(1, values=values, below=below)
    for number, under in below.items():
        parts = [found[each] for each in under]
        if isinstance(found[number], Hidden):
            assert all(isinstance(each, Hidden) for each in parts)
        else:
            ways = possible(found[number], parts)
            for place, each in enumerate(under):
                small = values[each] in SMALL
                assert not small or len({way[place] for way in ways}) > 1


@pytest.mark.parametrize(
    ("parts", "total", "texts"),
    [
        ([5, 1], "6", ["*", "*"]),
        ([832, 3], "835", ["*", "< 5"]),
        ([3, 2, 100], "105", ["< 5", "< 5", "100"]),
        ([3, 0], "< 5", ["< 5", "0"]),
        ([3, None], "< 5", ["< 5", "–"]),
        ([0, None], "0", ["0", "–"]),
        ([1, 1, 1, 1], "< 5", ["*", "*", "*", "*"]),
    ],
)
def test_counts_are_printed_so(parts: list[int | None], total: str, texts: list[str]) -> None:
    whole, shown = suppress(sum(value or 0 for value in parts), parts)
    assert suppressed(whole, "–") == total
    assert [suppressed(each, "–") for each in shown] == texts
