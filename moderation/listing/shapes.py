"""Questions without their values, so that the words of each statement are made only once.

Whoever looks at a list asks in the same words as everybody else: only who looks, from where, when
and by what the list is narrowed are different. A shape is what the words depend on, and ``Asked``
is a question in that shape, with a parameter in the place of every value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam

from moderation.access import Person
from moderation.listing.cursors import Cursor
from moderation.listing.places import Places
from moderation.listing.wanted import Holder, List, Wanted
from portal.models import CaseScope, Exclusion, Submission
from portal.models.case import Room
from portal.prepared import numbered

#: What a list may be narrowed by, and how each is kept.
_NARROWING = {
    "status": CaseScope.status.type,
    "kind": CaseScope.kind.type,
    "topic": CaseScope.topic.type,
    "unit_id": CaseScope.unit_id.type,
    "reference": Submission.id.type,
}
#: Stands in the place of a mark for whoever has none; it lies on no case.
_NO_MARK = b""


@dataclass(frozen=True)
class Shape:
    """The list and its narrowing by name, from how many places and with how many marks.

    ``back`` is the way that the cursor goes, and empty without one.
    """

    room: Room
    tops: int
    within: int
    marks: int
    list: List = List(())  # noqa: RUF009
    holder: Holder | None = None
    given: tuple[str, ...] = ()
    back: bool | None = None

    @classmethod
    def of(
        cls,
        person: Person,
        places: Places,
        wanted: Wanted | None = None,
        cursor: Cursor | None = None,
    ) -> Shape:
        """The shape of a question; without ``wanted`` it is about all lists of a room."""
        whole = cls(
            room=places.room,
            tops=len(places.tops),
            within=len(places.within),
            marks=max(len(person.marks), 1),
            back=cursor.back if cursor else None,
        )
        if wanted is None:
            return whole
        given = tuple(name for name in _NARROWING if getattr(wanted, name) is not None)
        return replace(whole, list=wanted.list, holder=wanted.holder, given=given)


@dataclass(frozen=True)
class Asked:
    """A question in a shape: what it is made of, with parameters for values."""

    person: Person
    places: Places
    at: Any
    wanted: Wanted
    cursor: Cursor | None

    @classmethod
    def in_(cls, shape: Shape) -> Asked:
        """The question in this shape."""
        place, mark = CaseScope.organisation_id.type, Exclusion.mark.type
        narrowing: dict[str, Any] = {
            name: bindparam(name, type_=_NARROWING[name]) for name in shape.given
        }
        cursor = None
        if shape.back is not None:
            moment: Any = bindparam("cursor_at", type_=CaseScope.due_at.type)
            case_id: Any = bindparam("cursor_case", type_=CaseScope.case_id.type)
            cursor = Cursor(due_at=moment, case_id=case_id, back=shape.back)
        return cls(
            person=_somebody(
                bindparam("account_id", type_=place),
                _parameters("mark", shape.marks, mark),
            ),
            places=Places(
                room=shape.room,
                tops=tuple(_parameters("top", shape.tops, place)),
                within=tuple(_parameters("within", shape.within, place)),
            ),
            at=bindparam("at", type_=CaseScope.due_at.type),
            wanted=Wanted(list=shape.list, holder=shape.holder, **narrowing),
            cursor=cursor,
        )


def values_of(
    person: Person,
    places: Places,
    at: datetime,
    wanted: Wanted | None = None,
    cursor: Cursor | None = None,
) -> dict[str, Any]:
    """The values of a question, under the names of the parameters of its shape."""
    values = {**viewer_values(person, places), "at": at}
    if wanted is not None:
        values |= {name: getattr(wanted, name) for name in _NARROWING}
    if cursor is not None:
        values |= {"cursor_at": cursor.due_at, "cursor_case": cursor.case_id}
    return values


def viewer_values(person: Person, places: Places) -> dict[str, Any]:
    """The values that tell who looks and from where."""
    marks = sorted(person.marks) or [_NO_MARK]
    return {
        "account_id": person.account_id,
        **numbered("mark", marks),
        **numbered("top", places.tops),
        **numbered("within", places.within),
    }


def _somebody(account_id: Any, marks: list[Any]) -> Person:
    """Whoever asks; nothing but the number and the marks decides what is listed."""
    return Person(account_id, "", "", None, grants=(), marks=frozenset(marks))


def _parameters(name: str, amount: int, kind: Any) -> list[Any]:
    """So many parameters of one type."""
    return [bindparam(one, type_=kind) for one in numbered(name, range(amount))]
