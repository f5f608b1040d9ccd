"""Moves a case on as the staff room would leave it: rows only, written without its verbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, text, update

from portal.db import Database
from portal.ledger import Step, sealed_row
from portal.models import Event, Organisation, ResidentAct, StageClock, Submission
from portal.models.journal import Actor
from portal.tracking import Tracked, find
from portal.vault import Code, Ring
from portal.vocabulary import OrganisationKind, Status, SubmissionState
from tests.clocks import StandingClock

CELL = 77


@dataclass
class Course:
    """One case, found by its code, with the clock of the test."""

    database: Database
    ring: Ring
    clock: StandingClock
    code: str

    @property
    def tracked(self) -> Tracked:
        """The submission as the resident's code opens it."""
        with self.database.reading() as session:
            found = find(session, ring=self.ring, code=Code.read(self.code))
        assert found is not None
        return found

    def step(
        self,
        action: str,
        status: Status,
        *,
        note: str = "",
        facts: Mapping[str, str] | None = None,
        organisation: int | None = None,
        shown: bool = True,
    ) -> None:
        """Record one step and put the case there."""
        tracked = self.tracked
        step = Step(
            case_id=tracked.case_id,
            action=action,
            to_status=status,
            actor=Actor.MODERATOR,
            at=self.clock(),
            organisation_id=organisation,
            shown=shown,
            facts=facts or {},
            public_note=note,
        )
        with self.database.writing() as session:
            session.execute(insert(Event).values(sealed_row(step, public=tracked.public_key)))
            session.execute(
                text("UPDATE feedback_case SET status = :status WHERE id = :id"),
                {"status": status.value, "id": tracked.case_id},
            )

    def clock_of(
        self,
        stage: str,
        due_at: datetime,
        *,
        stopped_at: datetime | None = None,
        paused_at: datetime | None = None,
    ) -> None:
        """Set the clock of a stage."""
        with self.database.writing() as session:
            session.execute(
                insert(StageClock).values(
                    case_id=self.tracked.case_id,
                    stage=stage,
                    started_at=due_at - timedelta(days=30),
                    due_at=due_at,
                    stopped_at=stopped_at,
                    paused_at=paused_at,
                )
            )

    def state(self, state: SubmissionState) -> None:
        """Give the submission a state of its own."""
        with self.database.writing() as session:
            session.execute(update(Submission).values(state=state))

    def carry_out(self, *, refused: str | None = None) -> None:
        """Let every waiting act be done, as the worker would."""
        with self.database.writing() as session:
            session.execute(
                update(ResidentAct)
                .where(ResidentAct.done_at.is_(None))
                .values(done_at=self.clock(), refused=refused)
            )

    def add_cell(self, kind: OrganisationKind = OrganisationKind.CELL) -> int:
        """An organisation to send it to."""
        with self.database.writing() as session:
            session.execute(
                insert(Organisation).values(
                    id=CELL,
                    kind=kind,
                    name="Chi bộ khối 7 phường Đông Kinh",
                    short_name="Chi bộ khối 7",
                    folded="chi bo khoi 7",
                    path=f"{CELL}.",
                    valid_from=self.clock().date(),
                )
            )
        return CELL
