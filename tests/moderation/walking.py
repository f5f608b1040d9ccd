"""The usual case of the small ward, walked as far as a test needs, and looked at there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from moderation import carrying_out
from portal.models import Case
from portal.words import Words
from tests.doors.course import Course
from tests.moderation.ward import CELL_7, WARD, Ward

BACH = Words(
    about="Ông Nông Văn Bách, đảng viên ở khối 7",
    what="Vật liệu xây dựng để lấn hết vỉa hè trước số nhà 15 đã mấy tháng nay.",
)
STAGES: tuple[Callable[[Course], None], ...] = (
    *(Course.send, Course.prepare, Course.claim, Course.choose, Course.propose, Course.confirm),
    *(Course.route, Course.accept, Course.listen, Course.report, Course.publish, Course.rate),
)


@dataclass
class Walk(Course):
    """A case that goes to the cell of the member whom it is about."""

    def until(self, last: Callable[[Course], None]) -> Walk:
        """Walk from the beginning through this stage."""
        for stage in STAGES[: STAGES.index(last) + 1]:
            stage(self)
        return self

    def do(self, login: str, verb: Callable[..., object], **more: object) -> None:
        """Let somebody do one thing to the case, in a transaction of its own."""
        self._do(login, lambda tools: verb(**tools, **more))

    def move_on(self) -> None:
        """Let the clock do what is due now."""
        with self.ward.database.writing() as session:
            carrying_out.move_on(session, office=self.ward.office, case_id=self.number)

    @contextmanager
    def seen(self) -> Iterator[tuple[Session, Case]]:
        """The case as it lies in the database now."""
        with self.ward.database.reading() as session:
            yield session, session.get_one(Case, self.number)


def set_out(ward: Ward, words: Words = BACH, **answers: object) -> Walk:
    """A case that is about to be sent."""
    return Walk(
        ward=ward,
        subject="bach",
        words=words,
        answers={"unit_id": WARD, **answers},
        handler=CELL_7,
        handled_by="thanh",
    )
