"""A closed case whose answer may be told, and all who have a word in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.making_public import telling, writing
from moderation.making_public.writing import POINTS
from portal.models import AnswerInvitation, AnswerRelease, Case, PublishedAnswer
from portal.tracking import consent, find
from portal.vocabulary import Publication, Status, Topic
from tests.doors.course import Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import CELL_2, SCHOOL, Ward

TEXT = "Một hộ đã dọn vật liệu trên lối đi chung sau khi được nhắc."


@dataclass
class Teller:
    """The case, and what is done about telling its answer."""

    ward: Ward
    walk: Walk

    @classmethod
    def of(cls, ward: Ward) -> Teller:
        """A case closed by its writer's own judgement, among as many as are needed."""
        teller = cls(ward, set_out(ward).until(Course.publish))
        teller.walk.rate()
        return teller

    def among(self, amount: int = 4, *, topic: Topic = Topic.ENVIRONMENT_ORDER) -> Teller:
        """So many other cases like it were closed in the quarter, by two other organisations."""
        with self.ward.database.writing() as session:
            for number in range(amount):
                handler = (CELL_2, SCHOOL)[number % 2]
                case = self.ward.place(session, status=Status.CLOSED, handler=handler)
                case.topic, case.finished_at = topic, self.ward.at
        return self

    def say(self, *, agrees: bool) -> Teller:
        """The writer says yes or no, and the worker hears it."""
        self.say_only(agrees=agrees)
        self.work()
        return self

    def say_only(self, *, agrees: bool) -> None:
        """The writer says yes or no; the worker stands still."""
        receipt = self.walk.receipt
        assert receipt is not None
        with self.ward.database.writing() as session:
            tracked = find(session, ring=self.ward.ring, code=receipt.code)
            assert tracked is not None
            consent(session, tracked=tracked, agrees=agrees)

    def work(self) -> None:
        """The worker does its round."""
        telling.tell_everybody(self.ward.database, office=self.ward.office)

    def write(self, text: str = TEXT, by: str = "hoa") -> Teller:
        """A moderator writes the text."""
        self.walk.do(by, writing.write, text=text)
        return self

    def confirm(self, by: str = "lam", *, points: tuple[str, ...] = POINTS, draft: int = 0) -> None:
        """Another moderator confirms it."""
        read = draft or self.release.draft
        self._do(
            by,
            lambda s, c, p: writing.confirm(
                s, office=self.ward.office, case=c, by=p, draft=read, points=points
            ),
        )

    def stop(self, by: str = "lam") -> None:
        """A moderator ends it."""
        self._do(by, lambda s, c, p: writing.stop(s, office=self.ward.office, case=c, by=p))

    def wait(self, days: int) -> Teller:
        """Let days go by, and the worker work on the last one."""
        self.ward.at += timedelta(days=days)
        self.work()
        return self

    @property
    def release(self) -> AnswerRelease:
        """What the staff know of it."""
        with self.ward.database.reading() as session:
            return session.get_one(AnswerRelease, self.walk.number)

    @property
    def state(self) -> Publication | None:
        """How it stands; nothing where its writer was never asked."""
        with self.ward.database.reading() as session:
            return session.scalar(
                select(AnswerInvitation.state)
                .join(AnswerRelease, AnswerRelease.mark == AnswerInvitation.mark)
                .where(AnswerRelease.case_id == self.walk.number)
            )

    @property
    def told(self) -> list[PublishedAnswer]:
        """What everybody may read."""
        with self.ward.database.reading() as session:
            return list(session.scalars(select(PublishedAnswer)))

    def _do(self, login: str, verb: Callable[[Session, Case, Person], object]) -> None:
        with self.ward.database.writing() as session:
            case = session.get_one(Case, self.walk.number)
            verb(session, case, self.ward.person(session, login))
