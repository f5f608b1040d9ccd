"""Deleting old backups, so that what was purged does not outlive its promise in them.

The privacy page says how long a backup holds what was deleted (``BACKUP_DAYS``): no backup is kept
for longer, however few there are, but for the newest of all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from moderation.backing_up.container import read_head
from moderation.backing_up.faults import Damaged
from moderation.backing_up.making import ENDING, PART
from portal.periods import BACKUP_DAYS

#: A part of a backup that nobody can still be writing.
_LEFT = timedelta(days=1)


def kept(moments: Iterable[datetime], *, at: datetime, daily: int, weekly: int) -> set[datetime]:
    """Which backups stay: the newest of each of so many days and weeks, and the newest of all.

    Days and weeks count backwards from the newest backup, so that a pause loses none. Nothing
    stays that is older than the promise, but for the newest of all.
    """
    order = sorted(moments, reverse=True)
    days, weeks = dict[object, datetime](), dict[object, datetime]()
    for moment in order:
        days.setdefault(moment.date(), moment)
        weeks.setdefault(moment.isocalendar()[:2], moment)
    wanted = {*list(days.values())[:daily], *list(weeks.values())[:weekly]}
    young = {each for each in wanted if each >= at - timedelta(days=BACKUP_DAYS)}
    return young | set(order[:1])


def prune(folder: Path, *, at: datetime, daily: int, weekly: int) -> tuple[list[Path], list[Path]]:
    """Delete what does not stay; what went, and what is no backup and was left alone.

    What was left of a backup that was cut short goes too.
    """
    found, strange = dict[datetime, list[Path]](), list[Path]()
    for path in sorted(folder.glob(f"*{ENDING}")):
        try:
            with path.open("rb") as file:
                found.setdefault(read_head(file).made_at, []).append(path)
        except Damaged:
            strange.append(path)
    stays = kept(found, at=at, daily=daily, weekly=weekly)
    gone = [path for moment, paths in found.items() if moment not in stays for path in paths]
    before = (at - _LEFT).timestamp()
    gone += [path for path in folder.glob(f".*{PART}") if path.stat().st_mtime < before]
    for path in gone:
        path.unlink()
    return gone, strange
