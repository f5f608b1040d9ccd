"""What a person may do to a case now. Pure: a case, a relation, and the table."""

from __future__ import annotations

from collections.abc import Callable

from moderation.access import Relation
from moderation.workflow.actions import Action, Gate, Who
from moderation.workflow.table import REFUSALS, TRANSITIONS, Transition
from portal.models import Case
from portal.models.case import Part
from portal.vocabulary import Kind, Sentiment

#: Who prepared a case may not handle it, and who handles it may not judge the report.
SCREENERS = frozenset({Part.PROPOSER, Part.CONFIRMER})
#: Who may not handle a case: whoever screened it, or let it be handled once more.
APART = SCREENERS | {Part.REVIEWER}
#: Who has decided on what was contested does not screen what comes of it.
_SCREENING = frozenset({Action.PROPOSE, Action.VERIFY, Action.DECLINE})


def available(case: Case, relation: Relation) -> tuple[Transition, ...]:
    """The rows that this person may carry out now, in the order of the buttons."""
    return tuple(
        row for row in TRANSITIONS if case.status in row.sources and permits(row, case, relation)
    )


def permits(row: Transition, case: Case, relation: Relation) -> bool:
    """Whether a person may carry out a row on a case in one of its statuses.

    Design rules: on one case the proposer, the confirmer, the handler, the reviewer and the
    custodians are different people, and whoever had any part in a case does not review it.
    While it is not decided whether a case goes on without its writer, nobody works on it.
    """
    if case.keep_until is not None and row.gate is not Gate.LEFT:
        return False
    if Part.CUSTODIAN in relation.parts:
        return False
    return _in_role(row, relation) and _GATES[row.gate](row, case, relation)


def may_run_out(row: Transition, case: Case) -> bool:
    """Whether the clock may carry out a row: it ends only a lease that somebody holds, and
    leaves a proposal to the second person; it withdraws only what nobody has kept.
    """
    if row.gate is Gate.LEFT:
        return case.keep_until is not None
    return row.gate is not Gate.OWN_LEASE or (case.claimant_id is not None and not case.proposal)


def is_praise(case: Case) -> bool:
    """Whether it is handled as praise: what a moderator has set to praise, and nothing else.

    Design rule: what the writer called something else, what comes with fear, or what may be a
    denunciation follows the rules of criticism, so that no label can end it.
    """
    plain = not case.fears_retaliation and not case.possible_denunciation
    plain = plain and case.kind is not Kind.NOMINATION
    return case.sentiment is Sentiment.PRAISE and case.sent_as in {None, Kind.PRAISE} and plain


def is_nomination(case: Case) -> bool:
    """Whether it names somebody outstanding for the cell of their neighbourhood to consider.

    Design rule: it is about no member, so nobody has to be chosen and nobody is heard. That holds
    only for what its writer called so, or left to the portal to call, and what is nothing but
    praise: no label of a moderator takes a report past its member.
    """
    return (
        case.kind is Kind.NOMINATION
        and case.sentiment is Sentiment.PRAISE
        and case.sent_as in {None, Kind.NOMINATION}
        and not case.possible_denunciation
    )


def seems_nomination(case: Case) -> bool:
    """The same as far as a case is read: what its writer called so, until a moderator has read."""
    return is_nomination(case) or (case.kind is Kind.NOMINATION and case.sentiment is None)


def knows_subject(case: Case) -> bool:
    """Whether it is known which member it is about, or that it is about none."""
    return case.subject_mark is not None or is_nomination(case)


def is_classified(case: Case) -> bool:
    """Whether kind, sentiment and topic are set: lists find no case that is not."""
    return None not in {case.kind, case.sentiment, case.topic}


def needs_one_person(case: Case) -> bool:
    """Whether one person is enough: praise that the writer called praise, too, or a nomination.

    Design rule: praise reaches the committee of whom it is about, even their own. A label by
    one moderator alone must not take criticism there.
    """
    if is_nomination(case):
        return case.sent_as is Kind.NOMINATION and not case.fears_retaliation
    return is_praise(case) and case.sent_as is Kind.PRAISE


def _in_role(row: Transition, relation: Relation) -> bool:
    """Whether the person stands on a side that the row names."""
    if Who.REVIEWER in row.who:
        at_desk = relation.moderates and relation.rescreens
        return not relation.parts and (at_desk or relation.reviews)
    if Part.REVIEWER in relation.parts and row.action in _SCREENING:
        return False
    if Who.MODERATOR in row.who and relation.moderates and Part.HANDLER not in relation.parts:
        return True
    if relation.parts & APART:
        return False
    if relation.judges and Who.COMMISSION in row.who and Part.HANDLER not in relation.parts:
        return True
    if relation.oversees and Who.LEVEL_ABOVE in row.who:
        return True
    if not relation.handles:
        return False
    return Who.COMMITTEE in row.who or (Who.INSPECTOR in row.who and relation.inspects)


def _free(row: Transition, case: Case, relation: Relation) -> bool:
    """Nobody else is working on it and no proposal waits for an answer.

    A proposal that praise no longer needs is no obstacle to its own proposer.
    """
    if row.action is Action.PROPOSE and needs_one_person(case):
        return False
    return case.proposal is None and not relation.leased_by_other


def _second(row: Transition, case: Case, relation: Relation) -> bool:
    """Another person confirms; one is enough for what its writer called praise, too."""
    if case.proposal is None:
        return needs_one_person(case) and not relation.leased_by_other
    return case.proposal == row.action.value and not relation.proposed


_GATES: dict[Gate, Callable[[Transition, Case, Relation], bool]] = {
    Gate.NONE: lambda _row, _case, _relation: True,
    Gate.FREE: _free,
    Gate.SECOND: _second,
    Gate.OBJECTOR: lambda _row, case, relation: bool(case.proposal) and not relation.proposed,
    Gate.OWN_LEASE: lambda _row, case, relation: relation.holds_lease and not case.proposal,
    Gate.LEVEL: lambda row, case, relation: (
        _free(row, case, relation) and (relation.decides or relation.judges)
    ),
    Gate.ABOVE: lambda _row, case, _relation: case.take_over_from is not None,
    Gate.ANSWER: lambda _row, case, _relation: case.contested_from not in REFUSALS,
    Gate.REFUSAL: lambda _row, case, _relation: case.contested_from in REFUSALS,
    Gate.ADDED: lambda _row, case, _relation: case.supplied_at is not None,
    Gate.LEFT: lambda _row, case, _relation: case.keep_until is not None,
    Gate.ONCE: lambda _row, case, _relation: not case.extended,
}
