"""Finished cases of the small ward, put there by force: only their ends matter here."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.models import Case
from portal.vocabulary import Kind, Sentiment, Status, Topic
from tests.moderation.ward import WARD, Ward

Finish = Callable[..., list[int]]


@pytest.fixture
def finish(ward: Ward) -> Finish:
    """``finish(7)`` puts seven declined reports there that ended just now."""

    def put(count: int, *, status: Status = Status.DECLINED, **columns: object) -> list[int]:
        wanted = {
            "kind": Kind.REPORT,
            "sentiment": Sentiment.CRITICISM,
            "topic": Topic.FAMILY,
            "desk_id": WARD,
            **columns,
        }
        with ward.database.writing() as session:
            cases: list[Case] = []
            for _case in range(count):
                case = ward.place(session, status=status)
                case.finished_at = ward.at
                for name, value in wanted.items():
                    setattr(case, name, value)
                cases.append(case)
            session.flush()
            return [case.id for case in cases]

    return put
