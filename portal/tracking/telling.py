"""Telling a resident where the letter is: the sentence, the tags, the dates and the steps.

Only levels of organisations are named, never people. Pure but for the language of the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from portal.answer import Answer
from portal.deadlines import TARGETS, Calendar, Targets, due
from portal.i18n import gettext, language, ngettext
from portal.i18n import lazy_gettext as _
from portal.text import prose, vn_date
from portal.tracking.finding import Tracked
from portal.tracking.headlines import HEADLINES, OF_NOMINATIONS
from portal.tracking.pledging import STAGE_WORDS, Pledge, Standing, first_late, pledges
from portal.tracking.steps import TELLING, Item, items_of, title_of
from portal.tracking.timeline import Moment, Timeline
from portal.vocabulary import ActKind, Finding, Status, SubmissionState

#: In these statuses an organisation has the case.
_WITH_ORGANISATION = frozenset({Status.ROUTED, Status.IN_PROGRESS, Status.ON_HOLD, Status.REPORTED})
_ANSWERED = frozenset({Status.ANSWERED, Status.CLOSED, Status.REVIEW})
#: What the level above has said about what was contested.
_REVIEWED = ("uphold", "reopen", "rescreen")

_LATE_NOTES: dict[str, Callable[[str], str]] = {
    "screening": lambda day: gettext("Hạn xem sơ bộ là %(day)s.", day=day),
    "pass_on": lambda day: gettext("Hạn chuyển đi là %(day)s.", day=day),
    "result": lambda day: gettext("Hạn trả lời là %(day)s.", day=day),
    "hold": lambda day: gettext("Hạn xem lại là %(day)s.", day=day),
    "review": lambda day: gettext("Hạn xem xét lại là %(day)s.", day=day),
}
_STANDING_WORDS = {
    Standing.RUNNING: _("còn hạn"),
    Standing.PAUSED: _("tạm dừng tính hạn"),
    Standing.LATE: _("quá hạn"),
    Standing.KEPT: _("đúng hạn"),
    Standing.KEPT_LATE: _("chậm"),
}


@dataclass(frozen=True)
class Question:
    """What a moderator asks the writer, since when, and until when an answer is awaited."""

    text: Markup
    asked_at: datetime
    until: datetime


@dataclass(frozen=True)
class Result:
    """The published answer."""

    finding: Finding
    text: Markup
    at: datetime


@dataclass(frozen=True)
class Verdict:
    """What became of a case that was contested: a sentence, why, and when."""

    title: str
    text: Markup
    at: datetime


class Told(NamedTuple):
    """All that the tracking page says, in the order in which it is read."""

    headline: str
    status: str
    label: str
    late_tag: str
    late_note: str
    facts: tuple[tuple[str, str, bool], ...]
    items: tuple[Item, ...]
    question: Question | None
    result: Result | None
    verdict: Verdict | None


def tell(
    tracked: Tracked,
    course: Timeline,
    *,
    now: datetime,
    calendar: Calendar,
    targets: Targets = TARGETS,
) -> Told:
    """Everything that the page says about one submission at this moment."""
    found = pledges(tracked, course.promises, now=now, calendar=calendar, targets=targets)
    late = first_late(found)
    state = tracked.state or tracked.status
    asked, tongue = _question(tracked, course, calendar, targets), language()
    return Told(
        headline=_headline(tracked, course, late),
        status=state.value,
        label=str(state.label),
        late_tag=_late_tag(late),
        late_note=_late_note(late),
        facts=tuple(_fact(tongue, pledge) for pledge in found),
        items=items_of(course, found, hide_question=asked is not None),
        question=asked,
        result=_result(tracked, course),
        verdict=_verdict(tracked, course),
    )


def as_asked(tracked: Tracked, course: Timeline) -> Tracked:
    """A letter as its writer follows it: where another writer of the case is asked, it is screened.

    A question goes to one writer. That there is another one is told to nobody.
    """
    if tracked.status is Status.NEED_INFO and course.question is None:
        return tracked._replace(status=Status.SCREENING)
    return tracked


def level_of(course: Timeline) -> str:
    """The level of the organisation that has the case; not of one that was only told."""
    levels = [
        step.level
        for step in course.moments
        if step.level is not None and step.action not in TELLING
    ]
    return str(levels[-1].label) if levels else str(gettext("Tổ chức đảng"))


def answer_of(tracked: Tracked, course: Timeline) -> Answer | None:
    """The published answer, where there is one to read."""
    published = course.answer
    if published is None or tracked.status not in _ANSWERED or tracked.state is not None:
        return None
    return Answer.from_note(published.note)


def _headline(tracked: Tracked, course: Timeline, late: Pledge | None) -> str:
    """The sentence that answers: where is my letter?"""
    status = tracked.status
    if tracked.state is SubmissionState.WITHDRAWN or status is Status.WITHDRAWN:
        return str(gettext("Ông/bà đã rút ý kiến này"))
    if course.waiting(ActKind.CONTEST):
        return str(gettext("Cổng đã nhận đề nghị xem xét lại của ông/bà"))
    if course.waiting(ActKind.WITHDRAW):
        return str(gettext("Cổng đã nhận yêu cầu rút ý kiến"))
    if status is Status.NEED_INFO and course.waiting(ActKind.SUPPLY):
        return str(gettext("Cổng đã nhận câu trả lời của ông/bà"))
    if status in _WITH_ORGANISATION:
        return _with_organisation(tracked, level_of(course), late)
    if status is Status.REFERRED and any(s.action == "record_reply" for s in course.moments):
        return str(gettext("Cơ quan có thẩm quyền đã trả lời"))
    told = HEADLINES | OF_NOMINATIONS if tracked.nominates else HEADLINES
    on_time, delayed = told[status]
    return str(delayed if late else on_time)


def _with_organisation(tracked: Tracked, level: str, late: Pledge | None) -> str:
    """The sentence while an organisation has the case; only its level is named."""
    status = tracked.status
    if status is Status.ON_HOLD:
        return str(gettext("Việc này tạm dừng, chờ cơ quan có thẩm quyền kết luận"))
    if late:
        return str(gettext("%(level)s đang xem xét, nhưng trả lời chậm", level=level))
    if tracked.nominates and status is Status.ROUTED:
        return str(gettext("Lời giới thiệu đã được chuyển. Nơi nhận: %(level)s", level=level))
    if tracked.nominates:
        return str(gettext("%(level)s đang xem xét lời giới thiệu", level=level))
    if status is Status.ROUTED:
        return str(gettext("Ý kiến đã được chuyển. Nơi nhận: %(level)s", level=level))
    return str(gettext("%(level)s đang xem xét, giải quyết", level=level))


def _late_tag(late: Pledge | None) -> str:
    """How late, in whole working days."""
    if late is None:
        return ""
    if late.days_late == 0:
        return str(gettext("Quá hạn"))
    return str(
        ngettext("Quá hạn %(num)s ngày làm việc", "Quá hạn %(num)s ngày làm việc", late.days_late)
    )


def _late_note(late: Pledge | None) -> str:
    """Which promise is broken, with its date."""
    if late is None or late.due_at is None:
        return ""
    return str(_LATE_NOTES[late.stage](vn_date(late.due_at)))


@lru_cache(maxsize=2_000)
def _fact(_tongue: str, pledge: Pledge) -> tuple[str, str, bool]:
    """One promise as a pair of words, and whether it is broken; the same for all letters of a day.

    It is kept for the language that is spoken, which is why that is asked for.
    """
    label = str(STAGE_WORDS[pledge.stage])
    if pledge.due_at is None:
        words = gettext("trong %(days)s ngày làm việc sau khi chuyển", days=pledge.working_days)
        return label, str(words), False
    return label, f"{vn_date(pledge.due_at)} · {_STANDING_WORDS[pledge.standing]}", pledge.is_late


def _question(
    tracked: Tracked, course: Timeline, calendar: Calendar, targets: Targets
) -> Question | None:
    """The question that waits for an answer, if one does, and until when its clock waits."""
    asked: Moment | None = course.question
    if tracked.status is not Status.NEED_INFO or tracked.state is not None or asked is None:
        return None
    until = course.awaited or due(asked.at, targets["need_info"].working_days, calendar)
    return Question(prose(asked.note), asked.at, until)


def _result(tracked: Tracked, course: Timeline) -> Result | None:
    """The same with its day, for the screen."""
    answer = answer_of(tracked, course)
    if answer is None or course.answer is None:
        return None
    return Result(answer.finding, prose(answer.text), course.answer.at)


def _verdict(tracked: Tracked, course: Timeline) -> Verdict | None:
    """The newest decision on what was contested, until there is another result."""
    steps = [step for step in course.moments if step.action in _REVIEWED]
    if not steps or tracked.state is not None:
        return None
    last, decided = steps[-1], course.decided
    if last.action != "uphold" and decided is not None and decided.at > last.at:
        return None
    return Verdict(title_of(last), prose(last.note), last.at)
