"""One case on its way through the small ward, by the portal's own verbs, stage after stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import answering, carrying_out, followups, preparing, screening
from moderation.access import Person
from moderation.followups import Deed, Statement
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.screening import Checklist, Classification
from moderation.versions import Texts
from moderation.workflow import Action, perform
from portal.models import Case, ResidentAct
from portal.receiving import Receipt
from portal.tracking import Tracked, find, rate, supply, withdraw
from portal.vocabulary import (
    ActionKind,
    DeclineReason,
    Finding,
    Kind,
    Rating,
    Sentiment,
    StatementOutcome,
    Topic,
    VersionReason,
)
from portal.words import Words
from tests.moderation.ward import Ward

COMPLETE = Checklist(
    readable=True, in_scope=True, masked=True, not_duplicate=True, right_member=True
)
#: What staff write about a case on its way.
QUESTION = "Việc này khi nào?"
SHOWN = "Có ý kiến về vật liệu trên vỉa hè."
#: What may be put to the member: a text of its own.
PUT = "Nhân dân góp ý việc để vật liệu làm nhà."
#: What the form of passing on holds beside the text that is shown.
TEXTS = {"put": PUT, "why": "clearer"}
STATEMENT = "Tôi sẽ dọn."
NOTE = "Đã xem tại chỗ."
DRAFT = "Đã nhắc dọn."
ANSWER = "Chi bộ đã nhắc dọn."


#: The same as the verbs are handed it.
PASSED = Texts(SHOWN, PUT, VersionReason.CLEARER)


class Tools(TypedDict):
    """What every verb about a case is handed."""

    session: Session
    office: Office
    keys: CaseKeys
    case: Case
    by: Person


@dataclass
class Course:
    """A case and whoever works on it: two moderators, one of them proposing, and a committee."""

    ward: Ward
    subject: str
    words: Words
    answers: dict[str, object] = field(default_factory=dict)
    handler: int = 0
    handled_by: str = ""
    receipt: Receipt | None = None

    @property
    def number(self) -> int:
        """The id of the case, which is that of its one submission."""
        assert self.receipt is not None
        return self.receipt.submission_id

    @property
    def reference(self) -> str:
        """The number people quote."""
        assert self.receipt is not None
        return self.receipt.reference

    def send(self) -> None:
        """A resident sends it."""
        with self.ward.database.writing() as session:
            self.receipt = self.ward.send(session, self.words, **self.answers)

    def prepare(self) -> None:
        """The worker prepares it."""
        with self.ward.database.writing() as session:
            preparing.prepare(session, office=self.ward.office, case_id=self.number)

    def claim(self) -> None:
        """A moderator takes it, reads it, and says who is meant."""
        self._do("hoa", lambda tools: perform(**tools, action=Action.CLAIM))
        reading = Classification(Kind.REPORT, Sentiment.CRITICISM, Topic.ENVIRONMENT_ORDER)
        self._do("hoa", lambda tools: screening.classify(**tools, reading=reading))

    def choose(self) -> None:
        """A moderator says who is meant."""
        member_id = self.ward.members[self.subject]
        self._do("hoa", lambda tools: screening.choose_subject(**tools, member_id=member_id))

    def ask(self) -> None:
        """A moderator asks the resident."""
        self._do("hoa", lambda tools: screening.ask(**tools, question=QUESTION))

    def propose(self) -> None:
        """A moderator proposes to pass it on."""
        self._do("hoa", lambda tools: screening.verify(**tools, checklist=COMPLETE))

    def propose_to_decline(self) -> None:
        """A moderator proposes not to take it."""
        reason = DeclineReason.PRIVATE_LIFE
        self._do("hoa", lambda tools: screening.decline(**tools, reason=reason, note="Việc riêng."))

    def confirm(self) -> None:
        """Another moderator confirms."""
        self._do("lam", lambda tools: screening.confirm(**tools))

    def refer(self) -> None:
        """A moderator names who is competent."""
        self._do(
            "hoa",
            lambda tools: screening.refer(**tools, authority="Công an phường", note="Xin gửi."),
        )

    def route(self) -> None:
        """A moderator passes it on, in other words than the writer's."""
        self._do(
            "hoa",
            lambda tools: screening.route(
                **tools,
                organisation_id=self.handler,
                texts=PASSED,
            ),
        )

    def accept(self) -> None:
        """The committee takes it on."""
        self._do(self.handled_by, lambda tools: followups.accept(**tools))

    def listen(self) -> None:
        """The committee hears the member."""
        today = self.ward.office.today
        heard = Statement(
            StatementOutcome.GIVEN,
            text=STATEMENT,
            asked_on=today,
            read_back=True,
            read_on=today,
        )
        self._do(
            self.handled_by, lambda tools: followups.record_statement(**tools, statement=heard)
        )
        deed = Deed(ActionKind.FIELD_CHECK, done_on=today, public_note=NOTE)
        self._do(self.handled_by, lambda tools: followups.record(**tools, deed=deed))

    def report(self) -> None:
        """The committee reports."""
        self._do(
            self.handled_by,
            lambda tools: answering.report(**tools, finding=Finding.PARTLY, draft=DRAFT),
        )

    def publish(self) -> None:
        """A moderator gives the answer."""
        self._do("lam", lambda tools: answering.publish(**tools, answer=ANSWER))

    def rate(self, rating: Rating = Rating.SATISFIED, text: str = "") -> None:
        """The resident judges the answer, and the worker closes the case."""
        self.act(
            lambda session, tracked: rate(
                session, tracked=tracked, rating=rating, text=text, at=self.ward.at
            )
        )

    def supply(self, text: str) -> None:
        """The resident adds words, and the worker carries that out."""
        self.act(
            lambda session, tracked: supply(session, tracked=tracked, text=text, at=self.ward.at)
        )

    def withdraw(self) -> None:
        """The resident takes it back, and the worker carries that out."""
        self.act(lambda session, tracked: withdraw(session, tracked=tracked, at=self.ward.at))

    def _do(self, login: str, verb: Callable[[Tools], object]) -> None:
        with self.ward.database.writing() as session:
            case = session.get_one(Case, self.number)
            verb(
                {
                    "session": session,
                    "office": self.ward.office,
                    "keys": self.ward.keys(session, case),
                    "case": case,
                    "by": self.ward.person(session, login),
                }
            )

    def act(self, act: Callable[[Session, Tracked], None]) -> None:
        """The resident does something with the code, and the worker carries it out."""
        assert self.receipt is not None
        with self.ward.database.writing() as session:
            tracked = find(session, ring=self.ward.ring, code=self.receipt.code)
            assert tracked is not None
            act(session, tracked)
        with self.ward.database.writing() as session:
            waiting = session.scalars(
                select(ResidentAct.id).where(ResidentAct.done_at.is_(None))
            ).all()
            for number in waiting:
                carrying_out.carry_out(session, office=self.ward.office, act_id=number)
