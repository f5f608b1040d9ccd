"""What somebody wants to see: one of the lists of a room, narrowed or not. Data only."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from portal.models.case import Room
from portal.models.submission import identity_of
from portal.vocabulary import Kind, Status, Topic

_REFERENCE = re.compile(
    r"(?:PA[ -]*)?(?:(?P<year>20\d\d)[ -]+)?(?P<number>\d{1,7})", re.IGNORECASE | re.ASCII
)


class Holder(enum.StrEnum):
    """By whom a case is held, as seen from the person who looks."""

    ME = "me"
    NOBODY = "nobody"
    OTHERS = "others"


class Waiting(enum.StrEnum):
    """What waits on a case beside its clocks."""

    #: The resident added words that no moderator has read.
    ADDED = "added"
    #: Such words were passed on, and the committee has done nothing since.
    PASSED = "passed"
    #: Nobody who wrote is left in it.
    LEFT = "left"


@dataclass(frozen=True)
class List:
    """One list of a room: the queues it is made of, and what else its cases have in common.

    ``newest_first`` is for what is finished; all others begin with the oldest deadline.
    """

    queues: tuple[str, ...]
    overdue: bool = False
    holder: Holder | None = None
    to_confirm: bool = False
    praise: bool = False
    newest_first: bool = False
    waiting: Waiting | None = None

    @property
    def partial(self) -> bool:
        """Whether it is only a part of its queues, so that counters do not tell its length."""
        narrowing = (self.overdue, self.holder, self.to_confirm, self.praise, self.waiting)
        return any(narrowing)


_OPEN = ("todo", "waiting", "handling", "publish")

#: Every list of every room, under the word that stands in its address.
LISTS: dict[Room, dict[str, List]] = {
    Room.DESK: {
        "todo": List(("todo",)),
        "mine": List(_OPEN, holder=Holder.ME),
        "confirm": List(("todo",), to_confirm=True),
        "waiting": List(("waiting",)),
        "overdue": List(("todo", "handling", "publish", "review"), overdue=True),
        "added": List((*_OPEN, "answered", "review"), waiting=Waiting.ADDED),
        "left": List(("handling", "publish"), waiting=Waiting.LEFT),
        "handling": List(("handling",)),
        "publish": List(("publish",)),
        "answered": List(("answered",)),
        "review": List(("review",)),
        "done": List(("done",), newest_first=True),
    },
    Room.COMMITTEE: {
        "open": List(("todo", "working", "review")),
        "todo": List(("todo",)),
        "working": List(("working",)),
        "review": List(("review",)),
        "overdue": List(("todo", "working", "review"), overdue=True),
        "praise": List(("todo", "working"), praise=True),
        "added": List(("todo", "working", "reported"), waiting=Waiting.PASSED),
        "reported": List(("reported",)),
        "done": List(("done",), newest_first=True),
    },
}


@dataclass(frozen=True)
class Wanted:
    """A list, and by what it is narrowed. A reference number looks through all lists at once."""

    list: List
    status: Status | None = None
    kind: Kind | None = None
    topic: Topic | None = None
    unit_id: int | None = None
    holder: Holder | None = None
    reference: int | None = None


def read_reference(typed: str, *, year: int) -> int | None:
    """The submission that a typed reference number names, or none.

    ``PA-2026-004217``, ``2026-4217`` and ``4217`` (of this year) are the same.
    """
    found = _REFERENCE.fullmatch(typed.strip())
    if found is None:
        return None
    return identity_of(int(found["year"] or year), int(found["number"]))
