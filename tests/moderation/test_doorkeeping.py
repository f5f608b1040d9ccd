"""Guesses are slowed down; nobody is locked out, least of all by somebody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from moderation.doorkeeping import CROWD, Doorkeeper, Visit

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
AFTER = 5


def _waits(door: Doorkeeper, visit: Visit, tries: int) -> list[int]:
    return [door.knock(visit, NOW) for _ in range(tries)]


def test_a_few_mistakes_are_free_and_then_each_try_waits_longer() -> None:
    door, visit = Doorkeeper(after=AFTER), Visit("hoa", b"office")
    assert _waits(door, visit, AFTER) == [0] * AFTER
    assert door.knock(visit, NOW) == 2
    assert door.knock(visit, NOW + timedelta(seconds=2)) == 0
    assert door.knock(visit, NOW + timedelta(seconds=2)) == 4


def test_no_wait_is_longer_than_a_minute() -> None:
    door, visit, now, longest = Doorkeeper(after=AFTER), Visit("hoa", b"office"), NOW, 0
    for _ in range(40):
        wait = door.knock(visit, now)
        longest = max(longest, wait)
        now += timedelta(seconds=wait)
    assert longest == 60


def test_the_right_password_makes_mistakes_forgotten() -> None:
    door, visit = Doorkeeper(after=AFTER), Visit("hoa", b"office")
    _waits(door, visit, AFTER)
    door.opened(visit)
    assert door.knock(visit, NOW) == 0


def test_guessing_elsewhere_never_makes_the_owner_wait() -> None:
    door = Doorkeeper(after=AFTER)
    for source in range(200):
        _waits(door, Visit("hoa", b"attacker %d" % source), 20)
    assert door.knock(Visit("hoa", b"home"), NOW) == 0


def test_when_many_guess_at_one_account_each_source_has_one_mistake_only() -> None:
    door = Doorkeeper(after=AFTER)
    for source in range(CROWD):
        door.knock(Visit("hoa", b"attacker %d" % source), NOW)
    newcomer = Visit("hoa", b"another")
    assert _waits(door, newcomer, 2) == [0, 2]


def test_a_crowd_at_one_account_changes_nothing_for_another() -> None:
    door = Doorkeeper(after=AFTER)
    for source in range(CROWD * 2):
        door.knock(Visit("hoa", b"attacker %d" % source), NOW)
    assert _waits(door, Visit("lam", b"attacker 1"), AFTER) == [0] * AFTER


def test_a_neighbour_behind_the_same_address_cannot_slow_a_known_browser() -> None:
    door = Doorkeeper(after=AFTER)
    _waits(door, Visit("hoa", b"office"), CROWD * 2)
    assert door.knock(Visit("hoa", b"office", browser=b"hers"), NOW) == 0


def test_a_known_browser_is_slowed_by_its_own_mistakes() -> None:
    door, visit = Doorkeeper(after=AFTER), Visit("hoa", b"office", browser=b"hers")
    assert _waits(door, visit, AFTER + 1)[-1] == 2


def test_the_names_that_are_counted_lead_to_neither_login_nor_source() -> None:
    visit = Visit("hoa.luong", b"office-address")
    for name in (visit.name, visit.account):
        assert b"hoa" not in name
        assert b"office" not in name
