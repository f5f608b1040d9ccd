"""The steps of committees: accepting, acting, asking the member, reporting."""

from __future__ import annotations

from moderation import answering, escalating, followups, reviewing
from moderation.followups import Statement
from moderation.sample.loading.planning import later_day
from moderation.sample.loading.scene import Scene
from moderation.sample.records import valued
from moderation.sample.stories import StepRecord
from moderation.workflow import Action, NotAvailable, clocks
from portal.clock import local_date
from portal.vocabulary import ActionKind, Finding, StatementOutcome, Telling


def accept(scene: Scene, _step: StepRecord) -> None:
    """Take the case on."""
    by = scene.member_of_committee(Action.ACCEPT)
    followups.accept(scene.session, office=scene.office, keys=scene.keys, case=scene.case, by=by)


def give_back(scene: Scene, step: StepRecord) -> None:
    """Return the case to screening."""
    followups.give_back(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.member_of_committee(Action.RETURN),
        reason=scene.dated(step.text),
    )


def escalate(scene: Scene, step: StepRecord) -> None:
    """Let the level above take the case over."""
    by = scene.member_of_committee(Action.ESCALATE)
    escalating.take_over(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=by,
        reason=scene.dated(step.text),
    )


def follow_up(scene: Scene, step: StepRecord) -> None:
    """Record what was done on that day."""
    if step.code == ActionKind.CLEAR_NAME:
        _clear_name(scene, step)
        return
    followups.record(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.member_of_committee(Action.FOLLOW_UP),
        deed=followups.Deed(
            kind=valued(ActionKind, step.code),
            done_on=local_date(scene.at),
            public_note=scene.dated(step.text),
            internal_note=scene.dated(step.note),
            reference=step.reference,
        ),
    )


def _clear_name(scene: Scene, step: StepRecord) -> None:
    """Take down that the member was told of being cleared."""
    followups.clear_name(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.member_of_committee(Action.FOLLOW_UP),
        clearing=followups.Clearing(
            Telling.IN_PERSON,
            local_date(scene.at),
            note=scene.dated(step.note),
            public_note=scene.dated(step.text),
        ),
    )


def statement(scene: Scene, step: StepRecord) -> None:
    """Take down the member's side, or that it could not be had."""
    outcome = valued(StatementOutcome, step.code)
    arrived, calendar = local_date(scene.case.arrived_at), scene.office.calendar
    followups.record_statement(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.member_of_committee(Action.FOLLOW_UP),
        statement=Statement(
            outcome=outcome,
            text=scene.dated(step.text),
            asked_on=None if step.attempts else local_date(scene.at),
            attempts=tuple(later_day(arrived, on, calendar) for on in step.attempts),
            read_back=outcome is StatementOutcome.GIVEN,
            read_on=local_date(scene.at) if outcome is StatementOutcome.GIVEN else None,
        ),
    )


def hold(scene: Scene, step: StepRecord) -> None:
    """Pause until an authority has concluded."""
    followups.hold(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.member_of_committee(Action.HOLD),
        reason=scene.dated(step.text),
        review_on=later_day(local_date(scene.at), step.days, scene.office.calendar),
    )


def resume_work(scene: Scene, _step: StepRecord) -> None:
    """Go on after a pause."""
    by = scene.member_of_committee(Action.RESUME_WORK)
    followups.resume_work(
        scene.session, office=scene.office, keys=scene.keys, case=scene.case, by=by
    )


def extend(scene: Scene, step: StepRecord) -> None:
    """Move the date of the result by so many working days."""
    due_at = clocks.due_of(scene.session, case=scene.case, stage="result")
    if due_at is None:
        raise NotAvailable(Action.EXTEND)
    after = local_date(max(due_at, scene.at))
    followups.extend(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.member_of_committee(Action.EXTEND),
        reason=scene.dated(step.text),
        new_date=later_day(after, step.days, scene.office.calendar),
    )


def report(scene: Scene, step: StepRecord) -> None:
    """Report the finding with a draft of the answer."""
    answering.report(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.member_of_committee(Action.REPORT),
        finding=valued(Finding, step.code),
        draft=scene.dated(step.text),
    )


def uphold(scene: Scene, step: StepRecord) -> None:
    """The level above lets a contested result stand."""
    _decide(scene, step, again=False)


def reopen(scene: Scene, step: StepRecord) -> None:
    """The level above has a contested matter handled anew."""
    _decide(scene, step, again=True)
    scene.handler = None


def _decide(scene: Scene, step: StepRecord, *, again: bool) -> None:
    """Decide on what was contested."""
    reviewing.decide(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.reviewer(),
        again=again,
        reason=scene.dated(step.text),
    )
