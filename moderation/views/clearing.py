"""How a member was told of being cleared, in words for the pages of both rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from moderation.papers import Body
from portal.text import vn_date
from portal.vocabulary import Telling

_TELLINGS = {each.value: each for each in Telling}


@dataclass(frozen=True)
class Told:
    """How and when the member was told that nothing was found."""

    how: str
    on: str
    note: str


def told_of(paper: Body | None) -> Told | None:
    """How and when the member was told, if they were."""
    if paper is None:
        return None
    on = vn_date(date.fromisoformat(paper["told_on"]))
    return Told(str(_TELLINGS[paper["how"]].label), on, paper["note"])
