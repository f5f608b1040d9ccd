"""What a resident says of a result, as those who gave it and those who review it may read it.

Design rule: the page of the resident says who will read each of it. Where a reader could guess who
wrote, the organisation that gave the result learns the judgement and no word beside it.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from moderation.access import Relation
from moderation.office import Office
from moderation.reading.letters import Message, read_letters
from moderation.versions import needs_paraphrase
from portal.models import Case
from portal.vocabulary import ActKind, Status

_AFTERWARDS = frozenset({Status.CLOSED, Status.REVIEW})
_MORE = frozenset({ActKind.CONTEST, ActKind.SUPPLY})


def read_said_back(
    session: Session, *, office: Office, case: Case, relation: Relation
) -> tuple[Message, ...]:
    """The judgements of a result, and for whoever reviews it also what was contested and all that
    was added since. In two statements, in none before there is a result.
    """
    if case.status not in _AFTERWARDS:
        return ()
    _letters, messages = read_letters(session, office=office, case_id=case.id)
    carried = [each for each in messages if not each.waiting and not each.refused]
    said = [_without_words(case, each) for each in carried if each.kind is ActKind.RATE]
    if relation.reviews:
        said += _contested(carried)
    return tuple(said)


def _contested(messages: list[Message]) -> list[Message]:
    """What was contested, and everything that was written since."""
    first = next((n for n, each in enumerate(messages) if each.kind is ActKind.CONTEST), None)
    return [] if first is None else [each for each in messages[first:] if each.kind in _MORE]


def _without_words(case: Case, judgement: Message) -> Message:
    """A judgement; alone where its words could tell who wrote."""
    return replace(judgement, text="") if needs_paraphrase(case) else judgement
