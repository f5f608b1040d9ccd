"""Going through many things in one test."""

from __future__ import annotations

import pytest

from tests.throughout import for_each


def test_each_that_fails_is_named() -> None:
    @for_each([1, 2, 3, 4])
    def is_even(number: int) -> None:
        assert number % 2 == 0

    with pytest.raises(ExceptionGroup) as told:
        is_even()
    assert [error.__notes__ for error in told.value.exceptions] == [["with 1"], ["with 3"]]


def test_nothing_to_go_through_is_a_fault() -> None:
    @for_each([])
    def is_never_asked(thing: object) -> None:
        raise AssertionError(thing)

    with pytest.raises(AssertionError):
        is_never_asked()
