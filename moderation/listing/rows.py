"""One case as a list shows it, and a page of them. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from moderation.listing.cursors import Cursor
from portal.deadlines import Remaining
from portal.vocabulary import Kind, Status, Topic


@dataclass(frozen=True)
class Row:
    """One case as a list shows it. Nothing here tells the hour at which it arrived.

    ``title`` is empty where nothing may be shown of the words, and None where a seal is lost or
    damaged. ``remaining`` is empty where nothing is waited for.
    ``holders`` are names; ``mine`` says that the viewer is among them.
    """

    case_id: int
    reference: str
    title: str | None
    status: Status
    kind: Kind | None
    topic: Topic | None
    unit: str
    handler_id: int | None
    handler: str
    decider_id: int | None
    holders: tuple[str, ...]
    #: Until when a moderator holds it without working on it.
    held_until: datetime | None
    mine: bool
    proposed: bool
    proposed_by_me: bool
    due_at: datetime | None
    remaining: Remaining | None
    due_today: bool
    arrived_on: date
    finished_on: date | None
    praise: bool
    fears_retaliation: bool
    leaving: bool
    added: bool
    #: How far its time is used up, as ``portal.pacing.Mark`` counts; and whether the viewer's level
    #: may take it over.
    mark: int
    may_take: bool


@dataclass(frozen=True)
class Page:
    """The rows of a page and the cursors of its neighbours, where there are any."""

    rows: tuple[Row, ...]
    earlier: Cursor | None = None
    later: Cursor | None = None
