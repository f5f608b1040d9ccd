"""When a letter of the sample arrives and when each of its steps happens. Pure.

Days are counted in working days from the arrival; hours are those in which people do such
things. The same letter has the same hours on every day of loading. Nothing happens later than
the moment of loading, and a letter whose way would not fit before it, because of a long
holiday, arrives some days earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32

from moderation.sample.stories import Deed, StoryRecord
from portal.clock import VIETNAM, local_date
from portal.deadlines import TARGETS, Calendar, due

#: Before this hour nothing was done yet on the day of loading.
_UNDER_WAY = time(9)
#: When work begins in the morning and in the afternoon, and after what time nothing is begun.
_OPENS, _AFTERNOON, _LAST_START = time(8), time(13, 30), time(16, 15)
_EVENING, _NOON = time(19), time(11, 40)
_MINUTE = timedelta(minutes=1)
_FOR_EVER = 1_000_000

_BY_RESIDENT = frozenset(
    {Deed.SUPPLY, Deed.RATE, Deed.CONTEST, Deed.WITHDRAW, Deed.ATTACH, Deed.EXCHANGE}
)
#: What the clock does, and the stage that must have run out before it.
_BY_CLOCK = {Deed.RESUME: "need_info", Deed.CLOSE: "rating", Deed.LET_GO: "keep"}
#: After these a letter waits: for how many working days, before the clock moves it on.
_WAITS = {Deed.ASK: "need_info", Deed.PUBLISH: "rating"}
#: A claim lasts two hours, so it is made when the work on the letter begins.
_WORK_OF_CLAIM = frozenset(
    {Deed.ASK, Deed.VERIFY, Deed.DECLINE, Deed.REFER, Deed.RELEASE, Deed.HAND_OVER}
)


@dataclass(frozen=True)
class Plan:
    """Aware moments in UTC: the arrival, and one for each step, in their order."""

    arrives: datetime
    moments: tuple[datetime, ...]


def plan(story: StoryRecord, *, loaded: datetime, calendar: Calendar) -> Plan:
    """The moments of a letter for a sample that is loaded at this moment."""
    arrives = _moment(_arrival(story, loaded, calendar), story.at)
    found = [arrives]
    for number, step in enumerate(story.steps):
        found.append(_when(story, number, found, arrives, calendar))
        if step.do is Deed.CLAIM and number == len(story.steps) - 1:
            # Somebody reads it now: an older claim would have ended by itself.
            found[-1] = max(found[-1], loaded - _MINUTE * (6 + _chance(story, number, 25)))
    whole = tuple(moment.astimezone(UTC) for moment in _until(found, loaded))
    return Plan(whole[0], whole[1:])


def later_day(day: date, count: int, calendar: Calendar) -> date:
    """The working day that is so many working days after this day."""
    while count:
        day += timedelta(days=1)
        count -= calendar.is_working(day)
    return day


def _arrival(story: StoryRecord, loaded: datetime, calendar: Calendar) -> date:
    """The day of arrival: early enough for every step, late enough that no wait is over."""
    today = local_date(loaded)
    last = today
    if loaded.astimezone(VIETNAM).time() < _UNDER_WAY:
        last -= timedelta(days=1)
    day = today + timedelta(days=story.sent)
    needed = max((step.on for step in story.steps), default=0)
    least, most = story.passed or 0, _most(story)
    while _worked(day, last, calendar) < needed or _worked(day, today, calendar) < least:
        day -= timedelta(days=1)
    while _worked(day, today, calendar) > most and _worked(day, last, calendar) > needed:
        day += timedelta(days=1)
    return day


def _most(story: StoryRecord) -> int:
    """How many working days may have passed, before the clock takes the next step at most."""
    step = story.steps[-1] if story.steps else None
    if story.passed is not None:
        return story.passed
    if step is not None and step.do is Deed.HOLD:
        return step.on + step.days - 1
    if step is not None and step.do in _WAITS:
        return step.on + TARGETS[_WAITS[step.do]].working_days - 1
    return _FOR_EVER


def _worked(after: date, until: date, calendar: Calendar) -> int:
    """How many working days lie after one day, up to another."""
    span = range(1, (until - after).days + 1)
    return sum(calendar.is_working(after + timedelta(days=number)) for number in span)


def _when(
    story: StoryRecord, number: int, found: list[datetime], arrives: datetime, calendar: Calendar
) -> datetime:
    """When a step would happen if there were no end of time."""
    step, before = story.steps[number], found[-1]
    if step.do in _BY_CLOCK:
        target = TARGETS[_BY_CLOCK[step.do]]
        return due(before, target.working_days, calendar) + timedelta(seconds=5)
    day = later_day(arrives.date(), _on(story, number), calendar)
    if step.do in _BY_RESIDENT:
        return max(_free_time(story, number, day), before + 10 * _MINUTE)
    return _in_office(story, number, day, before, calendar)


def _on(story: StoryRecord, number: int) -> int:
    """On which working day a step happens."""
    step = story.steps[number]
    following = story.steps[number + 1 : number + 2]
    if step.do is Deed.CLAIM and following and following[0].do in _WORK_OF_CLAIM:
        return following[0].on
    return step.on


def _free_time(story: StoryRecord, number: int, day: date) -> datetime:
    """In the evening, or at noon where something else follows on the same day."""
    step, following = story.steps[number], story.steps[number + 1 : number + 2]
    busy = bool(following) and following[0].on == step.on
    return _moment(day, _NOON if busy else _EVENING) + _MINUTE * _chance(story, number, 40)


def _in_office(
    story: StoryRecord, number: int, day: date, before: datetime, calendar: Calendar
) -> datetime:
    """Within office hours; what follows on the same day follows soon."""
    earliest = before.astimezone(VIETNAM) + _gap(story, number)
    if earliest.time() > _LAST_START:
        earliest = _moment(later_day(earliest.date(), 1, calendar), _OPENS)
    day = max(day, earliest.date())
    while not calendar.is_working(day):
        day += timedelta(days=1)
    if before.astimezone(VIETNAM).date() == day:
        return earliest
    half, most = ((_OPENS, 120), (_AFTERNOON, 60))[_chance(story, number, 3) // 2]
    return max(_moment(day, half) + _MINUTE * _chance(story, number, most), earliest)


def _gap(story: StoryRecord, number: int) -> timedelta:
    """How long after the step before; an objection comes when the proposer has put it down."""
    step = story.steps[number]
    return _MINUTE * (_chance(story, number, 20) + (150 if step.do is Deed.OBJECT else 25))


def _until(found: list[datetime], loaded: datetime) -> list[datetime]:
    """The same moments, none later than the loading, still one after the other."""
    latest = loaded - 2 * _MINUTE
    kept: list[datetime] = []
    for moment in reversed(found):
        kept.append(min(moment, latest))
        latest = kept[-1] - _MINUTE
    return kept[::-1]


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, VIETNAM)


def _chance(story: StoryRecord, number: int, most: int) -> int:
    """A number below ``most`` that is always the same for this step of this letter."""
    return crc32(f"{story.key}:{number}".encode()) % most
