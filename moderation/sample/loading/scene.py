"""One letter on its way through the sample: the letter, its case, and who has worked on it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zlib import crc32

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.excluding import marks_of
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.sample.loading.casting import Cast
from moderation.sample.loading.enrolling import Enrolled
from moderation.sample.stories import StepRecord, StoryRecord, dated
from moderation.workflow import Action
from portal.clock import local_date
from portal.files.storing import FileStore
from portal.identity import Roster
from portal.models import Case
from portal.vault import Code


@dataclass(frozen=True, repr=False)
class World:
    """What all letters of one loading share. ``office`` stands at the moment of loading."""

    office: Office
    enrolled: Enrolled
    cast: Cast
    files: FileStore
    #: To whose keys who wrote is sealed.
    roster: Roster | None = None


@dataclass(repr=False)
class Scene:
    """The letter at one moment. ``before`` is when the step before happened."""

    world: World
    session: Session
    story: StoryRecord
    code: Code
    case: Case
    keys: CaseKeys
    before: datetime
    at: datetime
    reader: Person | None = None
    second: Person | None = None
    handler: Person | None = None
    classified: bool = False
    chosen: str = ""
    _tied: frozenset[bytes] = field(default=frozenset())

    @property
    def office(self) -> Office:
        """What verbs are handed at the moment of the step."""
        return replace(self.world.office, at=self.at)

    def earlier(self, part: float) -> Office:
        """The office some minutes before the step, and after the step before."""
        gap = min(timedelta(minutes=9), self.at - self.before) * part
        return replace(self.world.office, at=self.at - gap)

    def dated(self, text: str) -> str:
        """A text of the step with its dates, as somebody writes it on that day."""
        return dated(text, local_date(self.at))

    def moderator(self, action: Action, *first: Person | None) -> Person:
        """A moderator for this action who is not tied to the member that the letter is about."""
        if not self._tied:
            self._tied = self._marks_of_subject()
        return self._choose(action, first, self._tied)

    def member_of_committee(self, action: Action) -> Person:
        """Whoever handles the case there, or may begin to."""
        self.handler = self._choose(action, (self.handler,), frozenset())
        return self.handler

    def reviewer(self) -> Person:
        """Somebody of the level that decides on what was contested."""
        return self._choose(Action.UPHOLD, (), frozenset())

    def _choose(
        self, action: Action, first: tuple[Person | None, ...], tied: frozenset[bytes]
    ) -> Person:
        return self.world.cast.choose(
            self.session,
            case=self.case,
            action=action,
            turn=crc32(self.story.key.encode()),
            first=first,
            tied=tied,
        )

    def _marks_of_subject(self) -> frozenset[bytes]:
        """The marks of everybody whom the moderators of this letter take for its subject."""
        keys = {self.story.subject, *(step.member for step in self.story.steps)} - {""}
        marks = marks_of(
            self.session,
            office=self.office,
            case=self.case,
            members=[self.world.enrolled.members[key] for key in sorted(keys)],
        )
        return frozenset(marks)


def organisation_of(scene: Scene, step: StepRecord) -> int:
    """The organisation that a step names."""
    return scene.world.enrolled.organisations[step.to]
