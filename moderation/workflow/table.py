"""The transition table: every action as data. Nothing here touches a case.

Buttons, addresses, needs of forms, permissions, the journal and the table in the README
derive from these rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from moderation.workflow.actions import Action, Gate, Need, Who
from portal.tracking import ALLOWED
from portal.vocabulary import ActKind, Status


@dataclass(frozen=True)
class Transition:
    """One row. ``target`` empty means that the status stays.

    ``starts``, ``stops``, ``pauses`` and ``resumes`` name stage clocks; ``shown`` says whether
    the resident's timeline has the step; ``tells`` names whom the outbox tells.
    """

    action: Action
    sources: frozenset[Status]
    target: Status | None
    who: frozenset[Who]
    needs: frozenset[Need] = frozenset()
    gate: Gate = Gate.NONE
    shown: bool = False
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    tells: str = ""


S, W, N = Status, Who, Need
FINISHED = frozenset({S.CLOSED, S.DECLINED, S.REFERRED, S.WITHDRAWN})
#: What is merged goes the way of the case that its letters are in.
OPEN = frozenset(S) - FINISHED - {S.MERGED}
#: Here somebody still has to say which member is meant.
SEEKING = frozenset({S.RECEIVED, S.SCREENING, S.NEED_INFO})
#: What an organisation has is not ended by its writer alone.
PASSED_ON = frozenset({S.ROUTED, S.IN_PROGRESS, S.ON_HOLD, S.REPORTED})
#: A result of moderators, after which nobody handled the case.
REFUSALS = frozenset({S.DECLINED, S.REFERRED})
ALL_STAGES = (
    *("screening", "pass_on", "confirm", "need_info", "accept"),
    *("result", "hold", "publish", "rating", "keep", "review"),
)


def _row(
    action: Action,
    sources: Status | tuple[Status, ...] | frozenset[Status],
    target: Status | None,
    who: Who | tuple[Who, ...],
    *needs: Need,
    gate: Gate = Gate.NONE,
    shown: bool = False,
    tells: str = "",
    **clocks: tuple[str, ...],
) -> Transition:
    """One row of the table, written short."""
    return Transition(
        action=action,
        sources=frozenset({sources}) if isinstance(sources, Status) else frozenset(sources),
        target=target,
        who=frozenset({who}) if isinstance(who, Who) else frozenset(who),
        needs=frozenset(needs),
        gate=gate,
        shown=shown,
        tells=tells,
        **clocks,
    )


#: The whole workflow. The order is the order of the buttons.
# fmt: off
TRANSITIONS: tuple[Transition, ...] = (
    _row(Action.CLAIM, S.RECEIVED, S.SCREENING, W.MODERATOR, gate=Gate.FREE, shown=True),
    _row(Action.VERIFY, S.SCREENING, S.ELIGIBLE, (W.MODERATOR, W.COMMISSION), N.CHECKLIST,
         N.CLASSIFICATION, N.SUBJECT, gate=Gate.SECOND, shown=True, stops=("screening", "confirm")),
    _row(Action.DECLINE, S.SCREENING, S.DECLINED, (W.MODERATOR, W.COMMISSION), N.DECLINE_REASON,
         N.PUBLIC_NOTE, gate=Gate.SECOND, shown=True, stops=ALL_STAGES),
    _row(Action.PROPOSE, S.SCREENING, None, W.MODERATOR, N.PROPOSAL,
         gate=Gate.FREE, starts=("confirm",), tells="desk"),
    _row(Action.OBJECT, S.SCREENING, None, (W.MODERATOR, W.COMMISSION), N.REASON,
         gate=Gate.OBJECTOR, stops=("confirm",), tells="desk"),
    _row(Action.ASK, S.SCREENING, S.NEED_INFO, W.MODERATOR, N.PUBLIC_NOTE, gate=Gate.FREE,
         shown=True, starts=("need_info",), pauses=("screening", "pass_on")),
    _row(Action.RESUME, S.NEED_INFO, S.SCREENING, (W.RESIDENT, W.CLOCK), shown=True,
         stops=("need_info",), resumes=("screening", "pass_on"), tells="desk"),
    _row(Action.ROUTE, S.ELIGIBLE, S.ROUTED, W.MODERATOR, N.ORGANISATION, N.SHOWN_TEXT,
         gate=Gate.FREE, shown=True, stops=("pass_on",), starts=("accept", "result"),
         tells="handler"),
    _row(Action.ACCEPT, S.ROUTED, S.IN_PROGRESS, W.COMMITTEE, gate=Gate.FREE, shown=True,
         stops=("accept",)),
    _row(Action.FOLLOW_UP, S.IN_PROGRESS, None, W.COMMITTEE, N.ACTION_KIND, gate=Gate.FREE,
         shown=True),
    _row(Action.REPORT, S.IN_PROGRESS, S.REPORTED, W.COMMITTEE, N.FINDING, N.STATEMENT,
         gate=Gate.FREE, starts=("publish",), pauses=("result",), tells="desk"),
    _row(Action.HOLD, S.IN_PROGRESS, S.ON_HOLD, W.COMMITTEE, N.REASON, N.REVIEW_DATE,
         gate=Gate.FREE, shown=True, starts=("hold",), pauses=("result",)),
    _row(Action.RESUME_WORK, S.ON_HOLD, S.IN_PROGRESS, (W.COMMITTEE, W.CLOCK), gate=Gate.FREE,
         shown=True, stops=("hold",), resumes=("result",)),
    _row(Action.EXTEND, S.IN_PROGRESS, None, W.COMMITTEE, N.PUBLIC_NOTE, N.NEW_DATE,
         gate=Gate.ONCE, shown=True),
    _row(Action.RETURN, (S.ROUTED, S.IN_PROGRESS), S.SCREENING, W.COMMITTEE, N.REASON,
         gate=Gate.FREE, shown=True, stops=("accept", "result"),
         starts=("screening", "pass_on"), tells="desk"),
    _row(Action.ESCALATE, PASSED_ON, None, (W.LEVEL_ABOVE, W.CLOCK), N.PUBLIC_NOTE,
         gate=Gate.ABOVE, shown=True, tells="handler"),
    _row(Action.KEEP, PASSED_ON, None, W.MODERATOR, N.REASON, gate=Gate.LEFT, stops=("keep",),
         tells="handler"),
    _row(Action.PASS_ADDED, PASSED_ON, None, W.MODERATOR, N.SHOWN_TEXT, gate=Gate.ADDED,
         tells="handler"),
    _row(Action.REVISE, PASSED_ON, None, W.MODERATOR, N.SHOWN_TEXT, N.REASON, tells="handler"),
    _row(Action.NOTE_ADDED, OPEN, None, W.MODERATOR, gate=Gate.ADDED),
    _row(Action.MERGE, (S.RECEIVED, S.SCREENING), S.MERGED, W.MODERATOR, N.OTHER_CASE,
         gate=Gate.FREE, shown=True, stops=ALL_STAGES),
    _row(Action.SPLIT, S.SCREENING, None, W.MODERATOR, N.TWO_PARTS, gate=Gate.FREE, shown=True),
    _row(Action.UNMERGE, S.MERGED, S.RECEIVED, W.MODERATOR, N.REASON, shown=True, tells="desk"),
    _row(Action.PUBLISH, S.REPORTED, S.ANSWERED, (W.MODERATOR, W.COMMISSION), N.PUBLIC_NOTE,
         gate=Gate.LEVEL, shown=True, stops=("publish", "result"), starts=("rating",),
         tells="handler"),
    _row(Action.SEND_BACK, S.REPORTED, S.IN_PROGRESS, (W.MODERATOR, W.COMMISSION), N.REASON,
         gate=Gate.FREE, stops=("publish",), resumes=("result",), tells="handler"),
    _row(Action.REFER, (S.SCREENING, S.ROUTED, S.IN_PROGRESS), S.REFERRED,
         (W.MODERATOR, W.INSPECTOR), N.AUTHORITY, N.PUBLIC_NOTE,
         gate=Gate.FREE, shown=True, stops=ALL_STAGES),
    _row(Action.RECORD_REPLY, S.REFERRED, None, (W.MODERATOR, W.INSPECTOR), N.PUBLIC_NOTE,
         shown=True),
    _row(Action.RELEASE, S.SCREENING, S.RECEIVED, (W.MODERATOR, W.CLOCK), gate=Gate.OWN_LEASE),
    _row(Action.CLOSE, S.ANSWERED, S.CLOSED, (W.RESIDENT, W.CLOCK), shown=True,
         stops=ALL_STAGES, tells="handler"),
    _row(Action.CONTEST, ALLOWED[ActKind.CONTEST], S.REVIEW, W.RESIDENT, N.REASON, shown=True,
         stops=ALL_STAGES, starts=("review",), tells="decider"),
    _row(Action.UPHOLD, S.REVIEW, S.CLOSED, W.REVIEWER, N.PUBLIC_NOTE, shown=True,
         stops=ALL_STAGES, tells="handler"),
    _row(Action.REOPEN, S.REVIEW, S.ROUTED, W.REVIEWER, N.PUBLIC_NOTE, N.ORGANISATION,
         gate=Gate.ANSWER, shown=True, stops=("review",), starts=("accept", "result"),
         tells="handler"),
    _row(Action.RESCREEN, S.REVIEW, S.SCREENING, W.REVIEWER, N.PUBLIC_NOTE, gate=Gate.REFUSAL,
         shown=True, stops=("review",), starts=("screening", "pass_on"), tells="desk"),
    _row(Action.WITHDRAW, ALLOWED[ActKind.WITHDRAW] - PASSED_ON, S.WITHDRAWN, W.RESIDENT,
         shown=True, stops=ALL_STAGES),
    _row(Action.LEAVE, ALLOWED[ActKind.WITHDRAW] & PASSED_ON, None, W.RESIDENT,
         shown=True, starts=("keep",), tells="desk"),
    _row(Action.WITHDRAW, PASSED_ON, S.WITHDRAWN, W.CLOCK, gate=Gate.LEFT,
         stops=ALL_STAGES, tells="handler"),
)
# fmt: on


def find_transition(action: Action, status: Status) -> Transition | None:
    """The row for an action from a status, or nothing: not every action fits everywhere."""
    for row in TRANSITIONS:
        if row.action is action and status in row.sources:
            return row
    return None
