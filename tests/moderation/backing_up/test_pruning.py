"""Which backups stay: enough to go back, and none for longer than the privacy page says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from moderation.backing_up.container import SealedWriter
from moderation.backing_up.pruning import kept, prune
from portal.periods import BACKUP_DAYS

NOW = datetime(2026, 11, 30, 20, tzinfo=UTC)
MOMENTS = st.sets(st.integers(0, 100 * 24).map(lambda hours: NOW - timedelta(hours=hours)))


@given(moments=MOMENTS, daily=st.integers(1, 10), weekly=st.integers(0, 6))
def test_the_newest_always_stays_and_nothing_else_outlives_the_promise(
    moments: set[datetime], daily: int, weekly: int
) -> None:
    stays = kept(moments, at=NOW, daily=daily, weekly=weekly)
    assert stays <= moments
    assert not moments or max(moments) in stays
    old = {each for each in stays if each < NOW - timedelta(days=BACKUP_DAYS)}
    assert old <= {max(moments)} if moments else not old
    assert len(stays) <= daily + weekly + 1


def test_one_of_each_day_and_week_stays() -> None:
    every_day = {NOW - timedelta(days=days) for days in range(60)}
    stays = sorted((NOW - each).days for each in kept(every_day, at=NOW, daily=7, weekly=5))
    # Monday, then the Sundays before it.
    assert stays == [0, 1, 2, 3, 4, 5, 6, 8, 15, 22]


def test_files_go_by_what_stands_in_them_and_strangers_are_left(tmp_path: Path) -> None:
    private = X25519PrivateKey.generate()
    for days in (0, 1, 40):
        with (tmp_path / f"{days}.backup").open("wb") as file:
            made_at = NOW - timedelta(days=days)
            SealedWriter(file, private.public_key(), made_at=made_at).close()
    (tmp_path / "other.backup").write_text("x")
    gone, strange = prune(tmp_path, at=NOW, daily=7, weekly=52)
    assert [path.name for path in gone] == ["40.backup"]
    assert [path.name for path in strange] == ["other.backup"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("0.backup", "1.backup", "other.backup"),
    ]
