"""The answers that everybody may read, page by page. No number leads from one to a case."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from portal.db import RowSession
from portal.models import Organisation, PublishedAnswer
from portal.text import place_key
from portal.vocabulary import Topic

PAGE = 20
_CURSOR = re.compile(r"(?P<quarter>\d{5})-(?P<uid>[0-9a-f]{32})", re.ASCII)


@dataclass(frozen=True)
class Told:
    """One answer."""

    unit: str
    topic: Topic
    year: int
    quarter: int
    words: str


@dataclass(frozen=True)
class Cursor:
    """After which answer a page begins; it is random, and tells nothing."""

    quarter: int
    uid: bytes

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{self.quarter}-{self.uid.hex()}"

    @classmethod
    def read(cls, written: str) -> Cursor | None:
        """The cursor in an address, or none for anything that is not one."""
        found = _CURSOR.fullmatch(written)
        return cls(int(found["quarter"]), bytes.fromhex(found["uid"])) if found else None


@dataclass(frozen=True)
class Page:
    """Some answers, the newest quarter first, and where the next page begins."""

    answers: tuple[Told, ...]
    later: Cursor | None


def read_page(
    session: RowSession,
    *,
    unit_id: int | None = None,
    topic: Topic | None = None,
    after: Cursor | None = None,
) -> Page:
    """A page of what everybody may read, in one statement; within a quarter in random order."""
    answer = PublishedAnswer.__table__.c
    wanted = (
        select(
            *(answer.uid, answer.topic, answer.quarter, answer.words),
            Organisation.short_name.label("unit"),
        )
        .join(Organisation, Organisation.id == answer.unit_id)
        .order_by(answer.quarter.desc(), answer.uid)
        .limit(PAGE + 1)
    )
    if unit_id is not None:
        wanted = wanted.where(answer.unit_id == unit_id)
    if topic is not None:
        wanted = wanted.where(answer.topic == topic)
    if after is not None:
        same = and_(answer.quarter == after.quarter, answer.uid > after.uid)
        wanted = wanted.where(or_(answer.quarter < after.quarter, same))
    rows = session.execute(wanted).all()
    shown = rows[:PAGE]
    told = (
        Told(row.unit, row.topic, row.quarter // 10, row.quarter % 10, row.words) for row in shown
    )
    more = len(rows) > PAGE
    return Page(tuple(told), Cursor(shown[-1].quarter, shown[-1].uid) if more else None)


def units_told(session: RowSession) -> list[tuple[int, str]]:
    """Of which units there are answers, by name, in one statement."""
    rows = session.execute(
        select(Organisation.id, Organisation.short_name)
        .where(Organisation.id.in_(select(PublishedAnswer.unit_id)))
        .order_by(Organisation.id)
    )
    return sorted(((row.id, row.short_name) for row in rows), key=lambda unit: place_key(unit[1]))
