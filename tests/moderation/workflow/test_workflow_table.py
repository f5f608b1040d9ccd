"""Every role at every status with every action: the hand-written table says yes, all else is no.

The expected results lie in tests/workflow_table.csv and are never made from the code.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from moderation.access import Person, relate
from moderation.papers import CaseKeys
from moderation.workflow import Action, Incomplete, Need, NotAvailable, Who, available, perform
from moderation.workflow.performing import LEASE, Brought
from portal.models import Case, CasePart
from portal.models.case import Part
from portal.vocabulary import Kind, Sentiment, Status, Topic
from tests.moderation.ward import CELL_7, COMMISSION, PROVINCE, WARD, Ward

#: Role: the account that plays it, or the side that has none; where the case is handled.
ROLES: dict[str, tuple[str | Who, int]] = {
    "first moderator": ("hoa", CELL_7),
    "second moderator": ("lam", CELL_7),
    "moderator of the level above": ("thu", CELL_7),
    "committee handler": ("thanh", CELL_7),
    "inspector of the commission": ("ky", COMMISSION),
    "ward committee over the cell": ("vinh", CELL_7),
    "ward committee over the commission": ("vinh", COMMISSION),
    "committee of another cell": ("doan", CELL_7),
    "cell while the commission handles": ("thanh", COMMISSION),
    "inspector while the cell handles": ("ky", CELL_7),
    "screener who sits on the committee": ("both", CELL_7),
    "handler who is a moderator": ("both", CELL_7),
    "moderator of another ward": ("far", CELL_7),
    "auditor": ("auditor", CELL_7),
    "excluded moderator": ("tied", CELL_7),
    "excluded committee": ("wife", CELL_7),
    "resident": (Who.RESIDENT, CELL_7),
    "clock": (Who.CLOCK, CELL_7),
}
PARTS = {
    "screener who sits on the committee": Part.PROPOSER,
    "handler who is a moderator": Part.HANDLER,
}
HANDLED = {
    *(Status.ROUTED, Status.IN_PROGRESS, Status.ON_HOLD, Status.REPORTED),
    *(Status.ANSWERED, Status.CLOSED, Status.REFERRED),
}
CONDITIONS = {
    Status.SCREENING: (
        *("free", "held", "verify proposed", "decline proposed", "praise", "praise held", "added"),
        *("read as praise", "verify proposed to commission", "decline proposed to commission"),
    ),
    Status.ROUTED: ("free", "praise", "left", "added", "late"),
    Status.IN_PROGRESS: ("free", "extended", "praise", "left", "added", "late"),
    Status.ON_HOLD: ("free", "praise", "left", "added", "late"),
    Status.REPORTED: ("free", "praise", "left", "above", "commission", "added", "late"),
    Status.REVIEW: (
        *("answer contested", "answer contested to commission", "added"),
        *("refusal contested", "refusal contested to commission"),
    ),
}
USUAL = ("free", "praise", "added")


@dataclass(frozen=True)
class Row:
    """One line of the table: what is allowed, where it leads, what it needs."""

    role: str
    status: Status
    action: Action
    when: frozenset[str]
    target: Status
    needs: frozenset[Need]


def read_table() -> list[Row]:
    path = Path(__file__).parents[2] / "workflow_table.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                role=line["role"],
                status=Status(line["status"]),  # type: ignore[call-arg]
                action=Action(line["action"]),  # type: ignore[call-arg]
                when=frozenset(part.strip() for part in line["when"].split("|")),
                target=Status(line["target"]),  # type: ignore[call-arg]
                needs=frozenset(Need(word) for word in line["needs"].split()),
            )
            for line in csv.DictReader(file)
        ]


TABLE = read_table()
SCENES = [(role, status) for role in ROLES for status in Status]


def rows_for(role: str, status: Status, condition: str) -> dict[Action, Row]:
    return {
        row.action: row
        for row in TABLE
        if row.role == role
        and row.status is status
        and (condition in row.when or "always" in row.when)
    }


def set_scene(session: Session, ward: Ward, role: str, status: Status, condition: str) -> Case:
    """A case at a status under a condition. The first moderator holds and proposes."""
    handler = ROLES[role][1] if status in HANDLED else None
    case = ward.place(session, status=status, handler=handler, subjects=("bach",))
    first = ward.accounts["hoa"]
    if condition.startswith("praise"):
        case.sent_as = Kind.PRAISE
    if "praise" in condition:
        case.sentiment = Sentiment.PRAISE
    if condition.endswith("held") or " proposed" in condition:
        case.claimant_id, case.lease_until = first, ward.at + LEASE
    if " proposed" in condition:
        case.proposal, case.proposer_id = condition.split()[0], first
        session.add(CasePart(case_id=case.id, account_id=first, part=Part.PROPOSER))
    if condition == "extended":
        case.extended = True
    if condition == "left":
        case.keep_until = ward.at
    if condition == "added":
        case.supplied_at = ward.at
    if condition == "late":
        case.above_id, case.take_over_from = WARD, ward.at
    if "contested" in condition:
        answer = condition.startswith("answer")
        case.contested_from = Status.ANSWERED if answer else Status.DECLINED
        case.decider_id = WARD if answer else PROVINCE
    if condition == "above":
        case.decider_id = PROVINCE
    if condition.endswith("commission"):
        case.decider_id = COMMISSION
    if role in PARTS:
        account_id = ward.accounts[str(ROLES[role][0])]
        session.add(CasePart(case_id=case.id, account_id=account_id, part=PARTS[role]))
    session.flush()
    return case


def bring(case: Case, needs: frozenset[Need], handler: int, ward: Ward) -> Brought:
    """Bring exactly these needs: nothing of them is on the case beforehand."""
    case.subject_mark = bytes(32) if Need.SUBJECT in needs else None
    if Need.CLASSIFICATION in needs:
        case.kind, case.topic = Kind.REPORT, Topic.ENVIRONMENT_ORDER
        case.sentiment = case.sentiment or Sentiment.CRITICISM
    if Need.ORGANISATION in needs:
        case.handler_id = handler
    return Brought(
        reason="Có lý do" if Need.REASON in needs else "",
        public_note="Xin cảm ơn ông/bà." if Need.PUBLIC_NOTE in needs else "",
        until=ward.at if needs & {Need.REVIEW_DATE, Need.NEW_DATE} else None,
        met=needs
        - {Need.REASON, Need.PUBLIC_NOTE, Need.SUBJECT, Need.ORGANISATION, Need.CLASSIFICATION},
    )


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """Try something and leave no trace of it."""
    trial = session.begin_nested()
    try:
        yield
    finally:
        trial.rollback()


@dataclass
class Stage:
    """One actor before one case."""

    session: Session
    ward: Ward
    case: Case
    keys: CaseKeys
    by: Person | Who
    handler: int

    def perform(self, action: Action, needs: frozenset[Need]) -> None:
        perform(
            self.session,
            office=self.ward.office,
            keys=self.keys,
            case=self.case,
            action=action,
            by=self.by,
            brought=bring(self.case, needs, self.handler, self.ward),
        )

    def offered(self) -> set[Action]:
        if isinstance(self.by, Who):
            return set()
        relation = relate(self.session, person=self.by, case=self.case)
        return {row.action for row in available(self.case, relation)}


@pytest.fixture
def session(ward: Ward) -> Iterator[Session]:
    with ward.database.writer_session() as opened:
        yield opened


def enter(session: Session, ward: Ward, role: str, status: Status, condition: str) -> Stage:
    actor, handler = ROLES[role]
    case = set_scene(session, ward, role, status, condition)
    by = actor if isinstance(actor, Who) else ward.person(session, actor)
    return Stage(session, ward, case, ward.keys(session, case), by, handler)


@pytest.mark.parametrize(("role", "status"), SCENES)
def test_only_what_the_table_allows_can_be_done(
    session: Session, ward: Ward, role: str, status: Status
) -> None:
    for condition in CONDITIONS.get(status, USUAL):
        stage = enter(session, ward, role, status, condition)
        allowed = rows_for(role, status, condition)
        if not isinstance(stage.by, Who):
            assert stage.offered() == set(allowed), condition
        for action in Action:
            with undone(session):
                if action in allowed:
                    stage.perform(action, allowed[action].needs)
                    assert stage.case.status is allowed[action].target, (condition, action)
                else:
                    with pytest.raises(NotAvailable):
                        stage.perform(action, frozenset(Need) - {Need.ORGANISATION})


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.role}-{row.status}-{row.action}")
def test_every_need_of_the_table_must_be_met(session: Session, ward: Ward, row: Row) -> None:
    for condition in CONDITIONS.get(row.status, USUAL):
        if condition not in row.when and "always" not in row.when:
            continue
        for missing in sorted(row.needs):
            stage = enter(session, ward, row.role, row.status, condition)
            with undone(session), pytest.raises(Incomplete) as caught:
                stage.perform(row.action, row.needs - {missing})
            assert caught.value.need is missing


def test_the_table_names_only_roles_and_conditions_that_are_tried() -> None:
    assert {row.role for row in TABLE} <= set(ROLES)
    for row in TABLE:
        assert row.when <= {*CONDITIONS.get(row.status, USUAL), "always"}


def test_no_line_of_the_table_is_written_twice() -> None:
    assert len({(row.role, row.status, row.action) for row in TABLE}) == len(TABLE)
