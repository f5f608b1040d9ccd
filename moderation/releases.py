"""The text that was passed on to a committee, and what was released of additions to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from moderation.papers import Body
from portal.models import Case
from portal.vocabulary import Status


@dataclass(frozen=True)
class Added:
    """What was passed on later, and when."""

    on: date
    text: str


def is_hidden(case: Case) -> bool:
    """Whether no page may show what was passed on, nor call the case by it: its last writer has
    gone, and nobody has decided yet that it goes on.
    """
    return case.keep_until is not None or case.status is Status.WITHDRAWN


def added_to(paper: Body | None) -> tuple[Added, ...]:
    """The additions that were passed on, oldest first."""
    found = paper.get("added", []) if paper else []
    return tuple(Added(date.fromisoformat(each["on"]), each["text"]) for each in found)


def whole_text(paper: Body | None) -> str:
    """All that a committee may read, as one text."""
    if paper is None:
        return ""
    return "\n\n".join((str(paper["text"]), *(each.text for each in added_to(paper))))
