"""The figures of the bench say what they claim to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.measuring import Run, median, percentile, ratio


def test_a_percentile_is_a_value_that_was_seen() -> None:
    values = [float(number) for number in range(1, 101)]
    assert (percentile(values, 50), percentile(values, 99)) == (50, 99)
    assert percentile([7.0], 99) == 7


@given(st.lists(st.floats(0, 1e6), min_size=1).map(sorted), st.integers(1, 100))
def test_at_least_the_asked_share_lies_at_or_below_a_percentile(
    values: list[float], share: int
) -> None:
    below = sum(value <= percentile(values, share) for value in values)
    assert below * 100 >= share * len(values)


def test_one_slow_round_does_not_move_the_median() -> None:
    runs = [Run(100, 1, 2), Run(10, 90, 95), Run(102, 1.1, 2.2)]
    assert median(runs) == Run(100, 1.1, 2.2)


def test_a_ratio_pairs_the_runs_of_one_round() -> None:
    ours, floors = [Run(50, 1, 1), Run(10, 1, 1), Run(70, 1, 1)], [Run(100, 1, 1), Run(20, 1, 1)]
    assert ratio(ours[:2], floors, lambda run: run.rate) == 0.5
    with pytest.raises(ValueError, match="shorter"):
        ratio(ours, floors, lambda run: run.rate)
