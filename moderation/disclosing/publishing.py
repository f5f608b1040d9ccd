"""Publishing the figures of a quarter, once and for good.

A quarter is published when nothing that ended in it can be contested any more. Then each of its
cases is in it and in no other, and none of its numbers ever changes: nobody learns anything by
subtracting yesterday's figures from today's. For the same reason there is no sum over several
quarters, and a quarter that turns out to be wrong is taken back whole, with a reason, and never
corrected: the corrected number beside the old one would tell of the few cases between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from moderation.disclosing.counting import Counts, count_cases, count_quarter
from moderation.disclosing.hiding import hide
from moderation.journal import write_down
from moderation.office import Office
from moderation.opening import open_office
from moderation.units import each
from portal.clock import local_date, start_of
from portal.db import Database, dialect_of, queue_for
from portal.figures.layout import ALL, WHOLE
from portal.figures.quarters import Quarter
from portal.models import (
    Case,
    FiguresEdition,
    FigureTally,
    Organisation,
    PublishedFigure,
    ResidentAct,
    Submission,
)
from portal.vault import Ring
from portal.vocabulary import Deed, FigureTable, OrganisationKind, Status

_QUEUE = b"figures"


class NotPublished(Exception):
    """There are no figures of this quarter that could be taken back."""


def due_quarters(session: Session, *, office: Office) -> list[Quarter]:
    """The quarters to publish now, the oldest first: settled, since the first case there is."""
    first = _first(session)
    if first is None:
        return []
    done = set(session.scalars(select(FiguresEdition.quarter)))
    found, quarter = list[Quarter](), first
    while quarter.settled_on <= office.today:
        if quarter.name not in done and not _waits(session, quarter):
            found.append(quarter)
        quarter = quarter.next()
    return found


def publish_due(database: Database, ring: Ring, *, at: datetime | None = None) -> int:
    """Publish what is due, a quarter in each transaction; return how many quarters that were."""
    with database.reading() as session:
        office = open_office(session, ring=ring, at=at)
        due = due_quarters(session, office=office)
    return each(
        database, range(len(due)), lambda s, place: publish(s, office=office, quarter=due[place])
    )


def publish(session: Session, *, office: Office, quarter: Quarter) -> FiguresEdition | None:
    """Count, suppress and write down a quarter; nothing where somebody has done it already."""
    queue_for(session, _QUEUE)
    if _editions(session, quarter):
        return None
    counts = count_quarter(session, office=office, quarter=quarter)
    counts.update(_take_tally(session, quarter))
    edition = FiguresEdition(quarter=quarter.name, edition=1, published_on=office.today)
    session.add(edition)
    session.flush()
    names = _names(session)
    session.execute(
        insert(PublishedFigure),
        [
            {
                "edition_id": edition.id,
                "place": told.place,
                "measure": told.table,
                "value": told.value,
                "place_name": names.get(told.place, ""),
                "amount": told.shown if isinstance(told.shown, int) else None,
                "sign": None if isinstance(told.shown, int) else told.shown,
            }
            for told in hide(counts)
        ],
    )
    _note(session, office, Deed.FIGURES_PUBLISHED)
    return edition


def take_back(session: Session, *, office: Office, quarter: Quarter, reason: str) -> None:
    """Take the figures of a quarter back, with a reason that everybody reads. Raises NotPublished.

    Their rows stay: what was published was read, and is not made to seem otherwise.
    """
    queue_for(session, _QUEUE)
    if _editions(session, quarter) != 1:
        raise NotPublished(quarter.name)
    session.add(
        FiguresEdition(
            quarter=quarter.name, edition=2, published_on=office.today, reason=reason.strip()
        )
    )
    _note(session, office, Deed.FIGURES_TAKEN_BACK)


def count_before_deletion(session: Session, *, office: Office, case_ids: Collection[int]) -> None:
    """Keep what these cases add to quarters that are not published yet: they are deleted now."""
    queue_for(session, _QUEUE)
    done = {Quarter.named(name) for name in session.scalars(select(FiguresEdition.quarter))}
    counts: Counter[tuple[Quarter, int, FigureTable, str]] = Counter(
        (quarter, *cell)
        for quarter, cell in count_cases(session, office=office, case_ids=case_ids)
        if quarter not in done
    )
    came = select(Case.arrived_at).where(Case.id.in_(case_ids), Case.status != Status.MERGED)
    for moment in session.scalars(came):
        arrived = Quarter.of(local_date(moment))
        if arrived not in done:
            counts[arrived, WHOLE, FigureTable.RECEIVED, ALL] += 1
    make = sqlite.insert if dialect_of(session) == "sqlite" else postgresql.insert
    for (quarter, place, table, value), amount in sorted(counts.items()):
        added = make(FigureTally).values(
            quarter=quarter.name, place=place, measure=table, value=value, amount=amount
        )
        session.execute(
            added.on_conflict_do_update(
                index_elements=["quarter", "place", "measure", "value"],
                set_={"amount": FigureTally.amount + added.excluded.amount},
            )
        )


def _first(session: Session) -> Quarter | None:
    """The quarter in which the first case came, deleted or not."""
    came = session.scalar(select(Case.arrived_at).order_by(Case.id).limit(1))
    gone = session.scalars(select(FigureTally.quarter).distinct())
    found = [Quarter.named(name) for name in gone]
    return min([*found, Quarter.of(local_date(came))] if came else found, default=None)


def _waits(session: Session, quarter: Quarter) -> bool:
    """Whether somebody has done something about a case of the quarter that is not carried out."""
    return bool(
        session.scalar(
            select(
                exists().where(
                    ResidentAct.done_at.is_(None),
                    ResidentAct.at < start_of(quarter.settled_on),
                    Submission.id == ResidentAct.submission_id,
                    Case.id == Submission.case_id,
                    Case.finished_at < start_of(quarter.next().since),
                )
            )
        )
    )


def _take_tally(session: Session, quarter: Quarter) -> Counts:
    """What was counted of cases that have been deleted; it is needed once."""
    mine = FigureTally.quarter == quarter.name
    rows = session.execute(
        select(FigureTally.place, FigureTally.measure, FigureTally.value, FigureTally.amount).where(
            mine
        )
    )
    counts: Counts = Counter({(row.place, row.measure, row.value): row.amount for row in rows})
    session.execute(delete(FigureTally).where(mine))
    return counts


def _editions(session: Session, quarter: Quarter) -> int:
    """How many editions there are of a quarter."""
    wanted = select(func.count()).where(FiguresEdition.quarter == quarter.name)
    return session.scalar(wanted) or 0


def _names(session: Session) -> dict[int, str]:
    """What communes and wards are called."""
    rows = session.execute(
        select(Organisation.id, Organisation.short_name).where(
            Organisation.kind == OrganisationKind.WARD_COMMUNE
        )
    )
    return {row.id: row.short_name for row in rows}


def _note(session: Session, office: Office, deed: Deed) -> None:
    """Write down what the machine did."""
    write_down(session, ring=office.ring, at=office.at, deed=deed, account_id=None)
