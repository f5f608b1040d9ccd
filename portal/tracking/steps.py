"""The steps of the course as the resident reads them, newest first, with what is promised next.

Discipline is only told as handled, what became of a nomination as considered; people are never
named, and the writer's own words are not shown here: somebody else may be looking at the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from markupsafe import Markup

from portal.answer import Answer
from portal.clock import local_date
from portal.i18n import gettext
from portal.text import prose, vn_date, vn_datetime
from portal.tracking.pledging import STAGE_WORDS, Pledge
from portal.tracking.sealing import UNPROVEN
from portal.tracking.timeline import Moment, Talk, Timeline
from portal.tracking.titles import MOVED_BY_THE_CLOCK, OWN_TITLES, TITLES
from portal.vocabulary import ActionKind, ActKind, DeclineReason

_HANDLED = ActionKind.DISCIPLINE_REPRIMAND.told_as
#: What is told of an action; of several that are told alike one stands for all.
_DEEDS = {kind.told_as: kind.resident_label for kind in ActionKind}
_REASONS = {reason.value: reason for reason in DeclineReason}
#: Steps of an organisation, beside which its level is named.
_BY_ORGANISATION = frozenset(
    {"route", "accept", "follow_up", "hold", "resume_work", "extend", "raise"}
    | {"tell_above", "escalate"}
    | {"contest", "uphold", "reopen"}
)
#: In these a level was told of something; it does not have the case for that.
TELLING = frozenset({"remind", "tell_above"})
#: Of these the desk is reminded; of the others the organisation that has the case.
_OF_THE_DESK = frozenset({"screening", "pass_on", "publish"})


class Item(NamedTuple):
    """One line of the timeline, as the macro draws it. Residents are shown days, not hours."""

    state: str
    title: str
    time: date | str
    text: str | Markup = ""
    sub: str = ""


def items_of(
    course: Timeline, promised: tuple[Pledge, ...], *, hide_question: bool
) -> tuple[Item, ...]:
    """The next promised step, then everything that happened, newest first."""
    above = (course.question if hide_question else None, unanswered(course))
    past = [
        (step.at, _step(step, hidden=any(step is each for each in above)))
        for step in course.moments
    ]
    past += [(talk.at, _own(talk)) for talk in course.talks]
    # Sorting keeps what happened at one moment in its order; turned round, the newest is first.
    happened = [item for _at, item in sorted(past, key=_moment)][::-1]
    newest = [Item("now", *item[1:]) for item in happened[:1]]
    return (*_next(promised), *newest, *happened[1:])


def unanswered(course: Timeline) -> Moment | None:
    """The newest message to the resident, until they wrote since or there is a result."""
    last, decided = course.newest("message"), course.decided
    later = [talk.at for talk in course.talks if talk.kind is ActKind.SUPPLY]
    later += [decided.at] if decided else []
    return last if last and all(at < last.at for at in later) else None


def _moment(pair: tuple[datetime, Item]) -> datetime:
    """When something happened."""
    return pair[0]


def _next(promised: tuple[Pledge, ...]) -> list[Item]:
    """The first promise that is still to be kept."""
    for pledge in promised:
        if pledge.is_open and pledge.due_at is not None:
            when = gettext("hẹn trước %(time)s", time=vn_datetime(pledge.due_at))
            return [Item("next", str(STAGE_WORDS[pledge.stage]), str(when))]
    return []


def _step(step: Moment, *, hidden: bool) -> Item:
    """One step of the case. A question that is asked above is not repeated."""
    done_on = step.facts.get("done_on")
    return Item(
        state="past",
        title=title_of(step),
        time=date.fromisoformat(done_on) if done_on else local_date(step.at),
        text="" if hidden else explained(step),
        sub=_place(step),
    )


def title_of(step: Moment) -> str:
    """What happened."""
    if step.action == "follow_up":
        return str(_DEEDS[step.facts.get("kind", _HANDLED)])
    if step.action == "remind":
        return _reminded(step)
    if step.action == "escalate" and step.facts.get("reason") in MOVED_BY_THE_CLOCK:
        return str(gettext("Đã chuyển nơi khác giải quyết"))
    if step.action == "recount" and "due" in step.facts:
        return _recounted(step)
    if step.action == "close" and "silent" in step.facts:
        return str(gettext("Đã kết thúc, chưa có đánh giá của ông/bà"))
    if step.action == "extend" and "due" in step.facts:
        day = vn_date(date.fromisoformat(step.facts["due"]))
        return str(gettext("Gia hạn đến ngày %(day)s", day=day))
    if step.action == "hold" and "until" in step.facts:
        day = vn_date(date.fromisoformat(step.facts["until"]))
        return str(gettext("Tạm dừng, xem lại ngày %(day)s", day=day))
    if step.action == "hold_back" and "until" in step.facts:
        day = vn_date(date.fromisoformat(step.facts["until"]))
        return str(gettext("Hồ sơ được giữ quá thời hạn, xem lại ngày %(day)s", day=day))
    return str(TITLES.get(step.action, step.status.label))


def explained(step: Moment) -> str | Markup:
    """What was written for the resident with a step."""
    special = _SPECIAL_NOTES.get(step.action)
    if special:
        return special(step)
    return prose(step.note) if step.note else ""


def _reminded(step: Moment) -> str:
    """Who was reminded that a date has passed."""
    if step.facts.get("stage") in _OF_THE_DESK:
        return str(gettext("Quá hạn – đã nhắc bộ phận tiếp nhận"))
    if step.facts.get("stage") == "review":
        return str(gettext("Quá hạn – đã nhắc cấp xem xét lại"))
    return str(gettext("Quá hạn – đã nhắc đơn vị"))


def _recounted(step: Moment) -> str:
    """Which date is another one since the calendar changed, and what it was where that is known."""
    day, stage = vn_date(date.fromisoformat(step.facts["due"])), step.facts.get("stage", "")
    if "was" in step.facts:
        was = vn_date(date.fromisoformat(step.facts["was"]))
        day = gettext("từ %(was)s sang %(day)s", was=was, day=day)
    if stage not in STAGE_WORDS:
        return str(gettext("Hạn mới vì lịch nghỉ thay đổi: %(day)s", day=day))
    return str(
        gettext(
            "Hạn mới vì lịch nghỉ thay đổi. %(stage)s: %(day)s",
            stage=STAGE_WORDS[stage],
            day=day,
        )
    )


def _declined(step: Moment) -> Markup:
    """The reason in the portal's words, then in the moderator's."""
    reason = _REASONS.get(step.facts.get("reason", ""))
    return prose("\n\n".join(text for text in (str(reason.label) if reason else "", step.note)))


def _referred(step: Moment) -> Markup:
    """Who is competent, and by which paper it was passed on; or what they have answered."""
    number, on = step.facts.get("number", ""), step.facts.get("on", "")
    day = vn_date(date.fromisoformat(on)) if on else ""
    what = gettext("số %(number)s, ngày %(day)s", number=number, day=day) if number and day else ""
    what = what or number or day
    paper = ""
    if what and step.action == "refer":
        paper = gettext("Cổng đã chuyển việc này sang cơ quan đó: %(what)s.", what=what)
    elif what:
        paper = gettext("Văn bản trả lời: %(what)s.", what=what)
    return prose("\n\n".join(text for text in (step.note, str(paper)) if text))


def _left(_step: Moment) -> str:
    """What may become of a case that an organisation has already, and that it is not told here."""
    return str(
        gettext(
            "Bộ phận tiếp nhận có thể vẫn xem xét việc này, không kèm lời của ông/bà. "
            "Trang này không ghi gì thêm."
        )
    )


def _opened(step: Moment) -> Markup:
    """Why it was opened, in the words of whoever asked."""
    return prose(gettext("Lý do: %(reason)s", reason=step.note))


def _published(step: Moment) -> str:
    """The finding alone; the answer stands above."""
    return str(Answer.from_note(step.note).finding.label)


def _taken_over(step: Moment) -> Markup:
    """Why another level has it, in its own words or the portal's, and until when it answers."""
    why = MOVED_BY_THE_CLOCK.get(step.facts.get("reason", ""))
    texts = [str(why) if why else step.note]
    if "due" in step.facts:
        day = vn_date(date.fromisoformat(step.facts["due"]))
        texts.append(str(gettext("Hạn trả lời mới: %(day)s.", day=day)))
    return prose("\n\n".join(text for text in texts if text))


def _place(step: Moment) -> str:
    """The level at which something happened."""
    if step.level is None or step.action not in _BY_ORGANISATION:
        return ""
    if step.action == "route":
        return str(gettext("Nơi nhận: %(level)s", level=step.level.label))
    if step.action in {"contest", "uphold"}:
        return str(gettext("Nơi xem xét lại: %(level)s", level=step.level.label))
    return str(step.level.label)


def _own(talk: Talk) -> Item:
    """One act of the writer, without its words."""
    title, day = str(OWN_TITLES[talk.kind]), local_date(talk.at)
    if talk.rating is not None:
        title = f"{title}: {talk.rating.label}"
    if talk.waiting:
        return Item("past", title, day, str(gettext("Đang chờ hệ thống ghi nhận.")))
    if talk.refused == UNPROVEN:
        note = gettext("Không ghi nhận, vì việc này không được làm bằng mã của ông/bà.")
        return Item("past", title, day, str(note))
    if talk.refused:
        note = gettext("Không ghi nhận được, vì khi đó hồ sơ đã sang bước khác.")
        return Item("past", title, day, str(note))
    return Item("past", title, day)


_SPECIAL_NOTES: dict[str, Callable[[Moment], str | Markup]] = {
    "decline": _declined,
    "escalate": _taken_over,
    "identity_opened": _opened,
    "leave": _left,
    "publish": _published,
    "record_reply": _referred,
    "refer": _referred,
}
