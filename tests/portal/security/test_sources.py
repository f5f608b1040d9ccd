"""A source is a mark of today and nothing else."""

from __future__ import annotations

import pytest

from portal.security import Sources
from tests.clocks import StandingClock


def test_one_address_has_one_mark_a_day(clock: StandingClock) -> None:
    sources = Sources()
    first = sources.mark("192.0.2.7", clock())
    clock.forward(hours=13)
    assert sources.mark("192.0.2.7", clock()) == first
    assert sources.mark("192.0.2.8", clock()) != first
    clock.forward(hours=1)
    assert sources.mark("192.0.2.7", clock()) != first


def test_two_processes_give_two_marks(clock: StandingClock) -> None:
    assert Sources().mark("192.0.2.7", clock()) != Sources().mark("192.0.2.7", clock())


def test_half_an_ipv6_address_is_one_subscriber(clock: StandingClock) -> None:
    sources = Sources()
    one = sources.mark("2001:db8:1:2::1", clock())
    assert sources.mark("2001:db8:1:2:ffff::9", clock()) == one
    assert sources.mark("2001:db8:1:3::1", clock()) != one


@pytest.mark.parametrize("address", [None, "", "unix:", "999.1.1.1", "tấn công"])
def test_what_is_no_address_still_has_a_mark(address: str | None, clock: StandingClock) -> None:
    assert len(Sources().mark(address, clock())) == 16
