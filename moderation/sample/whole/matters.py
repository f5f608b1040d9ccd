"""The matters that residents of the whole ward write about, read from ``data/whole/matters``.

A matter is one kind of event, told by several residents in their own words, with what committees
did about it. Words in braces stand for who is meant: ``{X}`` is "bác Thắng", ``{x}`` only "bác",
``{o}`` the neighbourhood or the unit.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from moderation.sample.records import DATA, valued
from portal.vocabulary import Context, DeclineReason, Finding, Kind, Sentiment, Topic, UnitKind


@dataclass(frozen=True)
class Did:
    """What a committee did: the kind of action, its public note and its internal one."""

    code: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Way:
    """How one telling went on: what was done, the member's side, the finding, the answer."""

    did: tuple[Did, ...]
    said: str
    finding: Finding
    answer: str


@dataclass(frozen=True)
class Matter:
    """One kind of event. ``who`` says about whom, ``at`` in which kind of cell.

    ``told`` is used one by one, ``cells`` with it where each telling fits one cell only.
    ``answers`` holds, by finding, what residents were answered. A matter that is not passed on
    has a ``reason``, or an authority ``to`` which it is referred. ``ways`` says for each telling
    which of what was ``did`` and ``said`` fits it, the finding, and which answer.
    """

    key: str
    topic: Topic
    at: UnitKind | None
    who: str
    told: tuple[str, ...]
    kind: Kind
    sentiment: Sentiment = Sentiment.CRITICISM
    context: Context | None = None
    months: tuple[int, ...] = ()
    cells: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    did: tuple[tuple[Did, ...], ...] = ()
    said: tuple[str, ...] = ()
    answers: Mapping[Finding, tuple[str, ...]] = field(default_factory=dict)
    asked: str = ""
    added: tuple[str, ...] = ()
    contested: str = ""
    upheld: str = ""
    reason: DeclineReason | None = None
    to: str = ""
    note: str = ""
    about: tuple[str, ...] = ()
    withdrawn: bool = False

    def way(self, number: int) -> Way:
        """How the telling of this number went on: as the table says, or by turns."""
        if self.ways:
            did, said, name, answer = self.ways[number].split()
            finding, course, side = valued(Finding, name), int(did), int(said)
            text = self.answers[finding][int(answer)]
        else:
            finding = list(self.answers)[number % len(self.answers)]
            course, side = number % len(self.did), number
            text = self.answers[finding][number // len(self.answers) % len(self.answers[finding])]
        said_by = self.said[side % len(self.said)] if self.said else ""
        return Way(self.did[course], said_by, finding, text)


@cache
def read_matters() -> tuple[Matter, ...]:
    """Every matter, in the order of the files."""
    return tuple(
        _matter(raw)
        for path in sorted((DATA / "whole" / "matters").glob("*.toml"))
        for raw in tomllib.loads(path.read_text(encoding="utf-8"))["matter"]
    )


@cache
def read_remarks() -> dict[str, tuple[str, ...]]:
    """What residents add to a rating, by rating."""
    text = (DATA / "whole" / "remarks.toml").read_text(encoding="utf-8")
    return {rating: tuple(found) for rating, found in tomllib.loads(text).items()}


def _matter(raw: dict[str, Any]) -> Matter:
    """One matter from its table. Raises TypeError or ValueError for a word it does not know."""
    sentiment = valued(Sentiment, raw.pop("sentiment", Sentiment.CRITICISM.value))
    context, reason = raw.pop("context", None), raw.pop("reason", None)
    at = raw.pop("at", None)
    answers = {each: tuple(raw.pop(each.value)) for each in Finding if each.value in raw}
    did = tuple(tuple(Did(*one) for one in course) for course in raw.pop("did", ()))
    plain: dict[str, Any] = {
        name: tuple(each) if isinstance(each, list) else each for name, each in raw.items()
    }
    plain["kind"] = valued(Kind, plain["kind"])
    plain["topic"] = valued(Topic, plain["topic"])
    return Matter(
        sentiment=sentiment,
        context=valued(Context, context) if context else None,
        reason=valued(DeclineReason, reason) if reason else None,
        at=valued(UnitKind, at) if at else None,
        did=did,
        answers=answers,
        **plain,
    )
