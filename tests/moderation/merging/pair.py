"""Two letters about one thing on the desk of the small ward, and a moderator who has both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import carrying_out, merging, preparing
from moderation.access import Person
from moderation.workflow import Action, perform
from portal.models import Case, Exclusion, ResidentAct, StageClock
from portal.receiving import Receipt
from portal.tracking import Moment, Timeline, Tracked, find, timeline
from portal.vocabulary import Kind
from portal.words import Words
from tests.moderation.ward import WARD, Ward

BACH = "Ông Nông Văn Bách, đảng viên ở khối 7"
FIRST = Words(about=BACH, what="Vật liệu xây dựng lấn hết vỉa hè trước số nhà 15 mấy tháng nay.")
SECOND = Words(about=BACH, what="Vật liệu xây dựng vẫn lấn vỉa hè trước số nhà 15, không ai dọn.")
ELSEWHERE = Words(about="Bà Hoàng Thị Lụa, trường học", what="Cô giáo đến từng nhà giúp các cháu.")


@dataclass
class Pair:
    """A ward in which letters come one by one."""

    ward: Ward
    receipts: list[Receipt] = field(default_factory=list)

    def send(self, words: Words, **answers: object) -> int:
        """A letter that the worker has prepared; return its number."""
        with self.ward.database.writing() as session:
            receipt = self.ward.send(session, words, **{"unit_id": WARD, **answers})
            preparing.prepare(session, office=self.ward.office, case_id=receipt.submission_id)
        self.receipts.append(receipt)
        return receipt.submission_id

    def do(self, login: str, number: int, verb: Callable[..., object], **more: object) -> None:
        """Let somebody do something to a case."""
        with self.ward.database.writing() as session:
            case = session.get_one(Case, number)
            verb(
                session,
                office=self.ward.office,
                keys=self.ward.keys(session, case),
                case=case,
                by=self.ward.person(session, login),
                **more,
            )

    def claim(self, number: int, login: str = "hoa") -> None:
        """A moderator takes a case."""
        self.do(login, number, perform, action=Action.CLAIM)

    def merge(self, into: int, other: int, login: str = "hoa") -> None:
        """A moderator merges one case into another."""
        self.do(login, into, merging.merge, other_id=other)

    def unmerge(self, out_of: int, other: int, login: str = "hoa") -> None:
        """A moderator takes it out again."""
        self.do(login, out_of, merging.unmerge, other_id=other, reason="Hai việc khác nhau.")

    def case(self, number: int) -> Case:
        """A case as it lies in the database."""
        with self.ward.database.reading() as session:
            return session.get_one(Case, number)

    def person(self, session: Session, login: str) -> Person:
        """Somebody of the ward."""
        return self.ward.person(session, login)

    def course(self, number: int) -> tuple[Tracked, Timeline]:
        """What the writer of a letter reads."""
        receipt = next(each for each in self.receipts if each.submission_id == number)
        with self.ward.database.reading() as session:
            tracked = find(session, ring=self.ward.ring, code=receipt.code)
            assert tracked is not None
            return tracked, timeline(session, tracked=tracked)

    def steps(self, number: int) -> list[str]:
        """The actions that the writer of a letter reads of, in their order."""
        return [step.action for step in self.moments(number)]

    def moments(self, number: int) -> tuple[Moment, ...]:
        """The steps that the writer of a letter reads."""
        return self.course(number)[1].moments

    def act(self, number: int, verb: Callable[..., object], **more: object) -> None:
        """Let the writer of a letter do something, and the worker carry it out."""
        tracked, _course = self.course(number)
        with self.ward.database.writing() as session:
            verb(session, tracked=tracked, at=self.ward.at, **more)
        with self.ward.database.writing() as session:
            last = session.scalars(select(ResidentAct.id).order_by(ResidentAct.id.desc())).first()
            assert last is not None
            carrying_out.carry_out(session, office=self.ward.office, act_id=last)

    def marks(self, number: int) -> set[bytes]:
        """The marks that hide a case."""
        with self.ward.database.reading() as session:
            wanted = select(Exclusion.mark).where(Exclusion.case_id == number)
            return set(session.scalars(wanted))

    def clocks(self, number: int) -> dict[str, StageClock]:
        """The clocks of a case that run."""
        with self.ward.database.reading() as session:
            rows = session.scalars(
                select(StageClock).where(
                    StageClock.case_id == number, StageClock.stopped_at.is_(None)
                )
            )
            return {row.stage: row for row in rows}

    def sent_praise(self, words: Words) -> int:
        """A letter that its writer called praise."""
        return self.send(words, kind=Kind.PRAISE)
