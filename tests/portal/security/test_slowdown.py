"""Guesses are slowed, nobody is locked out, and the memory of it cannot be filled."""

from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st

from portal.security import Slowdown
from tests.clocks import StandingClock


def tries(slowdown: Slowdown, name: bytes, clock: StandingClock, count: int) -> list[int]:
    """Try so many times, waiting as told, and list the waits."""
    waits = []
    for _ in range(count):
        wait = slowdown.attempt(name, clock())
        waits.append(wait)
        if wait:
            clock.forward(seconds=wait)
            assert slowdown.attempt(name, clock()) == 0
    return waits


def test_waits_grow_from_two_seconds_to_a_minute(clock: StandingClock) -> None:
    slowdown = Slowdown(after=5)
    assert tries(slowdown, b"a", clock, 12) == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60]


def test_waiting_the_named_seconds_is_always_enough(clock: StandingClock) -> None:
    slowdown = Slowdown(after=1)
    for _ in range(30):
        wait = slowdown.attempt(b"a", clock())
        clock.forward(seconds=wait)
        assert wait <= 60


def test_being_told_to_wait_is_no_try(clock: StandingClock) -> None:
    slowdown = Slowdown(after=1)
    slowdown.attempt(b"a", clock())
    assert [slowdown.attempt(b"a", clock()) for _ in range(50)] == [2] * 50


def test_asking_how_long_to_wait_is_no_try(clock: StandingClock) -> None:
    slowdown = Slowdown(after=1)
    assert [slowdown.waiting(b"a", clock()) for _ in range(50)] == [0] * 50
    slowdown.attempt(b"a", clock())
    assert slowdown.waiting(b"a", clock()) == 2
    clock.forward(seconds=2)
    assert slowdown.waiting(b"a", clock()) == 0


def test_a_success_is_a_fresh_start(clock: StandingClock) -> None:
    slowdown = Slowdown(after=2)
    assert tries(slowdown, b"a", clock, 3) == [0, 0, 2]
    slowdown.succeeded(b"a")
    assert tries(slowdown, b"a", clock, 3) == [0, 0, 2]
    slowdown.succeeded(b"never seen")


def test_an_hour_is_a_fresh_start(clock: StandingClock) -> None:
    slowdown = Slowdown(after=2)
    tries(slowdown, b"a", clock, 6)
    clock.forward(hours=1, seconds=1)
    assert tries(slowdown, b"a", clock, 3) == [0, 0, 2]


def test_others_never_wait(clock: StandingClock) -> None:
    slowdown = Slowdown(after=1)
    slowdown.attempt(b"a", clock())
    assert slowdown.attempt(b"a", clock()) == 2
    assert slowdown.attempt(b"b", clock()) == 0


@given(st.lists(st.integers(0, 400), max_size=300), st.integers(1, 20))
def test_the_memory_is_bounded(names: list[int], capacity: int) -> None:
    clock, slowdown = StandingClock(), Slowdown(after=1, capacity=capacity)
    for name in names:
        slowdown.attempt(str(name).encode(), clock())
    assert len(slowdown) <= capacity


def test_many_at_once_do_not_slip_through(clock: StandingClock) -> None:
    slowdown, passed = Slowdown(after=5), []
    threads = [
        threading.Thread(target=lambda: passed.append(slowdown.attempt(b"a", clock())))
        for _ in range(40)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passed.count(0) == 5
