"""Cases of the small ward that have ended, and the nights that pass over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation import worker
from moderation.retention import nightly
from moderation.retention.days import count_day
from portal.models import Case
from tests.doors.course import Course
from tests.moderation.walking import STAGES, Walk, set_out
from tests.moderation.ward import Ward


@dataclass
class Nights:
    """The worker's nights, one after the other, and the list that it keeps."""

    ward: Ward
    folder: Path

    def one(self) -> int:
        """One night; how many cases went."""
        return nightly.keep(self.ward.database, office=self.ward.office, folder=self.folder)

    def pass_by(self, days: int) -> int:
        """So many nights; how many cases went. Between the first and the last, days only count."""
        self.ward.later(days=1)
        gone = self.one()
        if days > 1:
            with self.ward.database.writing() as session:
                for _night in range(days - 2):
                    self.ward.later(days=1)
                    count_day(session, today=self.ward.office.today)
            self.ward.later(days=1)
            gone += self.one()
        return gone

    def leap(self, days: int) -> None:
        """Let time pass in which nobody looked."""
        self.ward.later(days=days)

    def left(self) -> set[int]:
        """The cases that are there."""
        with self.ward.database.reading() as session:
            return set(session.scalars(select(Case.id)))

    def log(self) -> None:
        """Let the public log grow over everything that has happened."""
        worker.keep_log(
            self.ward.database, self.ward.worker_ring, at=self.ward.at + timedelta(days=4)
        )


@pytest.fixture
def nights(ward: Ward, tmp_path: Path) -> Nights:
    """Nights of the ward."""
    return Nights(ward, tmp_path / "purged")


Ended = Callable[..., Walk]


@pytest.fixture
def ended(ward: Ward, nights: Nights) -> Ended:
    """``ended()`` is a case that went the whole way, and is wholly in the public log."""

    def walk_through(*stages: Callable[[Course], None]) -> Walk:
        walk = set_out(ward)
        for stage in stages or STAGES:
            stage(walk)
        nights.log()
        return walk

    return walk_through


#: How a letter is taken back, and how one is declined.
TAKEN_BACK = (Course.send, Course.prepare, Course.withdraw)
TURNED_AWAY = (
    *(Course.send, Course.prepare, Course.claim),
    *(Course.propose_to_decline, Course.confirm),
)
