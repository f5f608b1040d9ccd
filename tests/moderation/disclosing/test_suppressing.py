"""Small counts of one table are hidden so that no subtraction brings them back."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.disclosing.suppressing import FEW, Printed, Shown, suppress, suppress_places
from portal.vocabulary import FigureSign

SMALL = range(1, FEW)
F, H = FigureSign.FEW, FigureSign.HIDDEN


def possible(shown: Shown, most: int) -> Sequence[int]:
    """What one printed count can have been."""
    if isinstance(shown, int):
        return [shown]
    return SMALL if shown is F else range(FEW, most + 1)


def worlds(
    printed: Printed, lines: Mapping[int, Sequence[int]], apart: Sequence[int]
) -> list[tuple[tuple[int, ...], ...]]:
    """Every table that fits to what is printed: the lines, then what is told of nobody else."""
    told = {place: sum(lines[place]) for place in printed.lines}
    most = sum(apart) + sum(sum(line) for line in lines.values())
    rest = most - sum(told.values())
    ways = [
        [
            way
            for way in itertools.product(*(possible(each, most) for each in line))
            if sum(way) == told[place]
        ]
        for place, line in printed.lines.items()
    ]
    wholes = [
        way
        for way in itertools.product(*(possible(each, most) for each in printed.whole))
        if sum(way) == most
    ]
    found = []
    for chosen in itertools.product(*ways):
        for whole in wholes:
            others = tuple(
                total - sum(line[column] for line in chosen) for column, total in enumerate(whole)
            )
            if min(others) >= 0 and sum(others) == rest:
                found.append((*chosen, others, whole))
    return found


COUNTS = st.lists(st.integers(0, 8), min_size=3, max_size=3)


@given(st.lists(COUNTS, max_size=2), COUNTS)
def test_whoever_subtracts_is_left_with_one_to_four(
    drawn: list[list[int]], apart: list[int]
) -> None:
    lines = dict(enumerate(drawn, 1))
    printed = suppress(lines, apart)
    if printed is None:
        return
    found = worlds(printed, lines, apart)
    true_lines = [lines[place] for place in printed.lines]
    whole = [sum(each) for each in zip(apart, *drawn, strict=True)]
    others = [total - sum(line[at] for line in true_lines) for at, total in enumerate(whole)]
    truth = (*map(tuple, true_lines), tuple(others), tuple(whole))
    assert truth in found
    for row, line in enumerate(truth):
        for column, count in enumerate(line):
            if count in SMALL:
                assert {way[row][column] for way in found} >= set(SMALL), (printed, truth)


@given(st.lists(COUNTS, max_size=3), COUNTS)
def test_nothing_is_hidden_where_nothing_is_small(drawn: list[list[int]], apart: list[int]) -> None:
    large = {place: [count * FEW for count in line] for place, line in enumerate(drawn)}
    others = [count * FEW for count in apart]
    printed = suppress(large, others)
    assert printed is not None
    assert printed.lines == {place: tuple(line) for place, line in large.items()}


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        # Beside five or more of six there can only be one.
        ([5, 1], None),
        ([832, 3], [H, F]),
        ([3, 2, 100], [F, F, 100]),
        ([3, 0, 7], [F, 0, H]),
        # Each of two could only be 2, 3 or 4.
        ([3, 3], None),
        ([1, 1, 1, 1, 1], None),
        ([12, 0, 6], [12, 0, 6]),
    ],
)
def test_counts_with_a_printed_sum_are_printed_so(
    counts: list[int], shown: list[Shown] | None
) -> None:
    assert suppress_places(dict(enumerate(counts))) == dict(enumerate(shown or []))


def test_a_line_that_cannot_be_kept_is_told_with_the_others_only() -> None:
    printed = suppress({1: [3, 3, 0], 2: [40, 9, 6]}, [20, 20, 20])
    assert printed is not None
    assert 1 not in printed.lines
    assert printed.whole == (63, 32, 26)
    assert printed.lines[2] == (40, 9, 6)
