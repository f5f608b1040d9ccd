"""Why a case is left out of a deed for many. Pure: a case, a relation, the table, what a verb said.

Design rule: what would end a case by one person alone is done case by case, after reading it.
"""

from __future__ import annotations

from collections.abc import Mapping

from moderation.access import NotVisible, Relation
from moderation.discretion import NamesSomebody
from moderation.merging import GoesAnotherWay, HidesFromHandler, OtherKind, OtherPerson
from moderation.workflow import Action, NotAvailable, Transition, find_transition, permits
from moderation.workflow.availability import needs_one_person
from portal.models import Case
from portal.models.bulk import BulkDeed, LeftOut
from portal.vault import CannotOpen
from portal.vocabulary import Status

#: From where each deed begins, and the row that says who may. What is received is taken first,
#: where it is to be declined.
_BEGINS: dict[BulkDeed, tuple[frozenset[Status], Action]] = {
    BulkDeed.CLAIM: (frozenset({Status.RECEIVED}), Action.CLAIM),
    BulkDeed.RELEASE: (frozenset({Status.SCREENING}), Action.RELEASE),
    BulkDeed.DECLINE: (frozenset({Status.RECEIVED, Status.SCREENING}), Action.PROPOSE),
    BulkDeed.MERGE: (frozenset({Status.RECEIVED, Status.SCREENING}), Action.MERGE),
}
#: Where any of these can begin: a case elsewhere cannot be chosen.
CHOOSABLE = frozenset[Status]().union(*(sources for sources, _action in _BEGINS.values()))
#: What a verb refuses, as whoever ordered it reads it.
REFUSED: Mapping[type[Exception], LeftOut] = {
    NotVisible: LeftOut.GONE,
    NotAvailable: LeftOut.PART,
    CannotOpen: LeftOut.SHUT,
    NamesSomebody: LeftOut.NAMES,
    OtherPerson: LeftOut.OTHER_PERSON,
    OtherKind: LeftOut.OTHER_KIND,
    GoesAnotherWay: LeftOut.OTHER_WAY,
    HidesFromHandler: LeftOut.HIDES,
}


def obstacle(deed: BulkDeed, case: Case, relation: Relation) -> LeftOut | None:
    """What keeps this person from doing it to a case as it stands, or nothing."""
    sources, action = _BEGINS[deed]
    if case.status not in sources:
        return _elsewhere(deed, case, relation)
    if deed is BulkDeed.DECLINE and needs_one_person(case):
        return LeftOut.PRAISE
    if case.proposal is not None:
        return LeftOut.PROPOSED
    if relation.leased_by_other:
        return LeftOut.HELD
    if deed is BulkDeed.RELEASE and not relation.holds_lease:
        return LeftOut.NOT_MINE
    return None if permits(_row_of(action), case, relation) else LeftOut.PART


def _elsewhere(deed: BulkDeed, case: Case, relation: Relation) -> LeftOut:
    """Why it does not begin where the case stands."""
    if deed is BulkDeed.RELEASE and case.status is Status.RECEIVED:
        return LeftOut.NOT_MINE
    if deed is BulkDeed.CLAIM and case.status is Status.SCREENING:
        if relation.holds_lease:
            return LeftOut.MINE
        if relation.leased_by_other:
            return LeftOut.HELD
        if case.proposal is not None:
            return LeftOut.PROPOSED
    return LeftOut.PAST


def _row_of(action: Action) -> Transition:
    """The row of an action that has only one where these deeds begin."""
    found = (find_transition(action, status) for status in (Status.SCREENING, Status.RECEIVED))
    return next(row for row in found if row is not None)
