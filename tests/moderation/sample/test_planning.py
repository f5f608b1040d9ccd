"""When the sample's letters happen: in order, in office hours, never later than the loading."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation import almanac
from moderation.sample.loading.planning import later_day, plan
from moderation.sample.stories import Deed, StoryRecord, read_stories
from portal.clock import VIETNAM, local_date
from portal.deadlines import TARGETS, Calendar, due

CALENDAR = Calendar.of(
    (day, kind.value) for year in range(2026, 2029) for day, kind, _ in almanac.days_of(year)
)
STORIES = read_stories()
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=VIETNAM).astimezone(UTC)
RESIDENTS = {Deed.SUPPLY, Deed.RATE, Deed.CONTEST, Deed.WITHDRAW, Deed.ATTACH, Deed.EXCHANGE}
CLOCK = {Deed.RESUME, Deed.CLOSE, Deed.LET_GO}

every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
#: Any minute of two years.
loadings = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 7, 1, tzinfo=VIETNAM) + timedelta(minutes=minutes)
)


def find(key: str) -> StoryRecord:
    return next(story for story in STORIES if story.key == key)


@given(loadings, st.sampled_from(STORIES))
@settings(max_examples=300)
def test_everything_is_over_in_its_order_by_the_moment_of_loading(
    loaded: datetime, story: StoryRecord
) -> None:
    planned = plan(story, loaded=loaded, calendar=CALENDAR)
    moments = [planned.arrives, *planned.moments]
    assert len(planned.moments) == len(story.steps)
    assert all(later > earlier for earlier, later in pairwise(moments))
    assert moments[-1] < loaded
    assert loaded - planned.arrives < timedelta(days=160)


@given(loadings, st.sampled_from([story for story in STORIES if story.steps]))
@settings(max_examples=300)
def test_no_wait_is_over_when_the_sample_is_loaded(loaded: datetime, story: StoryRecord) -> None:
    planned = plan(story, loaded=loaded, calendar=CALENDAR)
    step, moment = story.steps[-1], planned.moments[-1]
    if step.do is Deed.ASK:
        assert due(moment, TARGETS["need_info"].working_days, CALENDAR) > loaded
    elif step.do is Deed.PUBLISH:
        assert due(moment, TARGETS["rating"].working_days, CALENDAR) > loaded
    elif step.do is Deed.HOLD:
        assert later_day(local_date(moment), step.days, CALENDAR) > local_date(loaded)


@every_story
def test_staff_act_in_office_hours_of_working_days(story: StoryRecord) -> None:
    planned = plan(story, loaded=MONDAY, calendar=CALENDAR)
    for step, moment in zip(story.steps, planned.moments, strict=True):
        if step.do in RESIDENTS | CLOCK or local_date(moment) == local_date(MONDAY):
            continue
        assert CALENDAR.is_working(local_date(moment)), step
        assert time(8) <= moment.astimezone(VIETNAM).time() <= time(17), step


@every_story
def test_the_clock_acts_when_its_wait_is_over(story: StoryRecord) -> None:
    planned = plan(story, loaded=MONDAY, calendar=CALENDAR)
    moments = [planned.arrives, *planned.moments]
    for step, before, moment in zip(story.steps, moments, moments[1:], strict=False):
        if step.do in CLOCK:
            assert moment.astimezone(VIETNAM).time() == time(17, 0, 5)
            assert moment - before > timedelta(days=1 if step.do is Deed.LET_GO else 13)


def test_the_same_letter_has_the_same_hours_on_every_day() -> None:
    story = find("bac-si-cau-gat")
    wanted = plan(story, loaded=MONDAY, calendar=Calendar())
    week = timedelta(days=7)
    again = plan(story, loaded=MONDAY + week, calendar=Calendar())
    assert again.moments == tuple(moment + week for moment in wanted.moments)


def test_a_letter_comes_earlier_when_a_holiday_takes_its_days() -> None:
    story = find("cho-tra-loi-qua-han")
    tet = Calendar(off=frozenset(MONDAY.date() - timedelta(days=n) for n in range(1, 15)))
    usual = plan(story, loaded=MONDAY, calendar=Calendar())
    assert plan(story, loaded=MONDAY, calendar=tet).arrives < usual.arrives


def test_who_reads_a_letter_now_took_it_less_than_an_hour_ago() -> None:
    for key in ("hang-rao-lan-duong", "xa-cao-loc-may-xat"):
        for day in range(7):
            loaded = MONDAY + timedelta(days=day, hours=-7)
            planned = plan(find(key), loaded=loaded, calendar=CALENDAR)
            assert loaded - planned.moments[-1] < timedelta(hours=1)


def test_a_claim_is_made_when_the_work_begins() -> None:
    story = find("rut-khi-duoc-hoi")
    claim, ask, _withdraw = plan(story, loaded=MONDAY, calendar=CALENDAR).moments
    assert ask - claim < timedelta(hours=1)


def test_a_letter_with_days_of_its_own_is_as_old_as_it_says() -> None:
    story = find("co-duyen-trong-tre")
    for day in range(28):
        loaded = MONDAY + timedelta(days=day)
        arrived = local_date(plan(story, loaded=loaded, calendar=CALENDAR).arrives)
        days = range(1, (local_date(loaded) - arrived).days + 1)
        assert sum(CALENDAR.is_working(arrived + timedelta(days=n)) for n in days) == story.passed


def test_working_days_are_counted_from_the_day_after() -> None:
    friday = date(2026, 11, 20)
    assert later_day(friday, 0, Calendar()) == friday
    assert later_day(friday, 1, Calendar()) == date(2026, 11, 23)
