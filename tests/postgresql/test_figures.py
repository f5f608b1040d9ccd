"""Publishing the figures of a quarter on PostgreSQL, by two workers at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from moderation.disclosing.publishing import publish_due
from moderation.retention.purging import purge
from portal.figures.layout import ALL, WHOLE
from portal.models import FiguresEdition, FigureTally, PublishedFigure
from portal.vocabulary import FigureTable, Status
from tests.moderation.ward import WARD, Ward


def test_two_workers_at_once_publish_a_quarter_once(ward: Ward) -> None:
    with ward.database.writing() as session:
        for _case in range(7):
            case = ward.place(session, status=Status.DECLINED)
            case.desk_id, case.finished_at = WARD, ward.at
    with ward.database.writing() as session:
        purge(session, office=ward.office, case_ids=[case.id])
        assert session.scalars(select(FigureTally)).first() is not None
    ward.later(days=69)
    with ThreadPoolExecutor(2) as both:
        tasks = [
            both.submit(publish_due, ward.database, ward.ring, at=ward.at) for _worker in range(2)
        ]
        for task in tasks:
            task.result()
    with ward.database.reading() as session:
        assert len(session.scalars(select(FiguresEdition)).all()) == 1
        totals = session.scalars(
            select(PublishedFigure.amount).where(
                PublishedFigure.place == WHOLE,
                PublishedFigure.measure.in_((FigureTable.RECEIVED, FigureTable.FINISHED)),
                PublishedFigure.value == ALL,
            )
        )
        assert list(totals) == [7, 7]
        assert session.scalars(select(FigureTally)).all() == []
