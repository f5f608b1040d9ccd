"""The sample's letters: every path fits the workflow and goes where the rules send it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from moderation.sample.drawings import DRAWINGS
from moderation.sample.records import read_members, read_organisations, valued
from moderation.sample.stories import Deed, StepRecord, StoryRecord, read_stories
from moderation.workflow import Action, find_transition
from moderation.workflow.table import PASSED_ON
from portal.vocabulary import (
    ActionKind,
    DeclineReason,
    Finding,
    Kind,
    Rating,
    Sentiment,
    StatementOutcome,
    Status,
    Topic,
    VersionReason,
)
from tests.throughout import for_each

TODAY = date(2026, 11, 23)
STORIES = read_stories()
ORGANISATIONS = {one.key for one in read_organisations()}
MEMBERS = {one.key: one for one in read_members(TODAY)}
#: What each step must bring besides its day; ``text`` is what somebody will read.
BRINGS = {
    Deed.ASK: {"text"},
    Deed.SUPPLY: {"text"},
    Deed.DECLINE: {"text", "reason"},
    Deed.OBJECT: {"text"},
    Deed.REFER: {"text", "to"},
    Deed.REPLY: {"text"},
    Deed.ROUTE: {"text", "to"},
    Deed.REVISE: {"text", "note"},
    Deed.RETURN: {"text"},
    Deed.ESCALATE: {"text"},
    Deed.FOLLOW_UP: {"code", "note"},
    Deed.STATEMENT: {"code", "text"},
    Deed.HOLD: {"text", "days"},
    Deed.EXTEND: {"text", "days"},
    Deed.REPORT: {"code", "text"},
    Deed.SEND_BACK: {"text"},
    Deed.RATE: {"code"},
    Deed.CONTEST: {"text"},
    Deed.UPHOLD: {"text"},
    Deed.REOPEN: {"text"},
    Deed.ASK_WHO: {"text"},
    Deed.WRITE: {"text"},
    Deed.REMARK: {"text"},
    Deed.HAND_OVER: {"text"},
    Deed.ATTACH: {"code", "text"},
    Deed.KEEP_FILE: {"code", "text"},
}
#: What is done about who wrote, and with files; the case itself goes on as it was.
ASIDE = {Deed.ASK_WHO, Deed.AGREE, Deed.ATTACH, Deed.RELEASE_FILE, Deed.KEEP_FILE}
ASIDE |= {Deed.EXCHANGE, Deed.READ_OUT, Deed.WRITE, Deed.REMARK, Deed.HAND_OVER}
MAY_BRING = {
    Deed.VERIFY: {"member"},
    Deed.REFER: {"reference"},
    Deed.REPLY: {"reference"},
    Deed.ROUTE: {"put", "code", "note"},
    Deed.REVISE: {"put", "code"},
    Deed.FOLLOW_UP: {"text", "reference"},
    Deed.STATEMENT: {"attempts"},
    Deed.PUBLISH: {"text"},
    Deed.RATE: {"text"},
}
CODES: dict[Deed, Iterable[str]] = {
    Deed.FOLLOW_UP: ActionKind,
    Deed.STATEMENT: StatementOutcome,
    Deed.REPORT: Finding,
    Deed.RATE: Rating,
    Deed.ROUTE: ("", *VersionReason),
    Deed.REVISE: ("", *VersionReason),
    Deed.ATTACH: DRAWINGS,
    Deed.KEEP_FILE: DRAWINGS,
}
#: What is found without anybody being heard.
UNHEARD = {Finding.PRAISE_NOTED, Finding.CLARIFIED, Finding.TRANSFERRED, Finding.NOMINATION_NOTED}
every_story = for_each(STORIES, lambda story: story.key)


def brought(step: StepRecord) -> set[str]:
    given = (
        *("text", "put", "note", "code", "reason", "to"),
        *("days", "attempts", "member", "reference"),
    )
    return {name for name in given if getattr(step, name)}


def deeds(story: StoryRecord, deed: Deed) -> list[StepRecord]:
    return [step for step in story.steps if step.do is deed]


def walk(story: StoryRecord) -> Status:
    """Take the path through the transition table and return where it ends."""
    status, proposal = Status.RECEIVED, Action.VERIFY
    for step in story.steps:
        action = Action.PROPOSE
        if step.do in {Deed.VERIFY, Deed.DECLINE}:
            proposal = Action.VERIFY if step.do is Deed.VERIFY else Action.DECLINE
            action = proposal if story.sentiment is Sentiment.PRAISE else Action.PROPOSE
        elif step.do is Deed.CONFIRM:
            action = proposal
        elif (step.do is Deed.SUPPLY and status is not Status.NEED_INFO) or step.do in ASIDE:
            continue
        elif step.do is Deed.WITHDRAW and status in PASSED_ON:
            action = Action.LEAVE
        else:
            action = ACTIONS[step.do]
        row = find_transition(action, status)
        assert row is not None, f"{step.do} from {status}"
        status = row.target or status
    return status


ACTIONS = {deed: action for deed in Deed for action in Action if deed.value == action.value}
ACTIONS |= {Deed.SUPPLY: Action.RESUME, Deed.STATEMENT: Action.FOLLOW_UP, Deed.RATE: Action.CLOSE}
ACTIONS[Deed.LET_GO] = Action.WITHDRAW
ACTIONS[Deed.REPLY] = Action.RECORD_REPLY
ENDINGS = {story.key: walk(story) for story in STORIES}


def test_there_are_124_letters_with_keys_of_their_own() -> None:
    assert len(STORIES) == len(ENDINGS) == 124


def test_the_letters_end_in_every_status() -> None:
    ends = Counter(ENDINGS.values())
    # Letters are merged by who tells of the same matter, which no story of one letter can say.
    assert set(ends) == set(Status) - {Status.MERGED}
    finished = sum(
        ends[s] for s in (Status.CLOSED, Status.DECLINED, Status.REFERRED, Status.WITHDRAWN)
    )
    assert finished > 60
    assert min(ends.values()) >= 3


def test_a_quarter_is_praise_and_every_topic_and_kind_is_there() -> None:
    praise = sum(story.sentiment is Sentiment.PRAISE for story in STORIES)
    assert 0.22 <= praise / len(STORIES) <= 0.28
    assert {story.topic for story in STORIES} == set(Topic)
    assert {story.kind for story in STORIES} == {*Kind, None}
    assert {story.sentiment for story in STORIES} == set(Sentiment)


def test_the_codes_of_the_field_are_well_represented() -> None:
    used = {(step.do, step.code) for story in STORIES for step in story.steps}
    assert {code for do, code in used if do is Deed.REPORT} == set(Finding)
    assert {code for do, code in used if do is Deed.RATE} == set(Rating)
    assert len({code for do, code in used if do is Deed.FOLLOW_UP}) >= 15
    assert len({code for do, code in used if do is Deed.STATEMENT}) == 3
    reasons = {step.reason for story in STORIES for step in deeds(story, Deed.DECLINE)}
    assert len(reasons) >= 11
    assert reasons <= set(DeclineReason)


@every_story
def test_what_a_letter_refers_to_exists(story: StoryRecord) -> None:
    assert not story.commune or story.commune in ORGANISATIONS
    assert not story.subject or story.subject in MEMBERS
    for step in story.steps:
        assert not step.member or step.member in MEMBERS
        assert step.do is not Deed.ROUTE or step.to in ORGANISATIONS


@every_story
def test_every_step_brings_what_it_needs_and_nothing_else(story: StoryRecord) -> None:
    for step in story.steps:
        must = BRINGS.get(step.do, set())
        assert must <= brought(step) <= must | MAY_BRING.get(step.do, set()), step
        if step.do in CODES:
            assert step.code in set(CODES[step.do])


@every_story
def test_only_who_is_matched_is_verified(story: StoryRecord) -> None:
    if deeds(story, Deed.VERIFY):
        assert bool(story.subject) != (story.kind is Kind.NOMINATION)


@every_story
def test_the_steps_follow_in_time_and_are_over_by_today(story: StoryRecord) -> None:
    days = [step.on for step in story.steps]
    assert days == sorted(days)
    assert -120 <= story.sent <= 0
    assert max(days, default=0) <= -story.sent * 5 // 7 + 1


@every_story
def test_nothing_is_found_before_the_member_was_asked(story: StoryRecord) -> None:
    done = {step.code for step in deeds(story, Deed.FOLLOW_UP)}
    for report in deeds(story, Deed.REPORT):
        if report.code in UNHEARD:
            continue
        asked = deeds(story, Deed.STATEMENT)[0]
        assert asked.on <= report.on
        if report.code == Finding.UNSUBSTANTIATED:
            assert ActionKind.FIELD_CHECK in done
            assert ActionKind.CLEAR_NAME in done
        if asked.code == StatementOutcome.UNREACHABLE:
            assert len(set(asked.attempts)) >= 2
            assert report.code == Finding.UNDETERMINED


@every_story
def test_discipline_is_only_referred_to(story: StoryRecord) -> None:
    for step in deeds(story, Deed.FOLLOW_UP):
        kind = valued(ActionKind, step.code)
        assert bool(step.reference) == kind.is_discipline
        assert bool(step.text) != kind.is_told_in_general


@every_story
def test_fear_and_denunciation_go_to_a_commission_or_an_authority(story: StoryRecord) -> None:
    if story.fears or story.denunciation:
        assert all(step.to.startswith("ubkt-") for step in deeds(story, Deed.ROUTE))


@every_story
def test_a_silent_resident_is_waited_for_ten_working_days(story: StoryRecord) -> None:
    for last, close in zip(deeds(story, Deed.PUBLISH)[-1:], deeds(story, Deed.CLOSE), strict=False):
        assert close.on > last.on + 10


def test_the_examples_that_are_shown_to_visitors_are_there() -> None:
    shown = {story.shows for story in STORIES} - {""}
    assert len(shown) == 18
    assert {"the secretary is the subject", "fear of retaliation", "a name cleared"} <= shown


def test_a_letter_without_a_kind_is_read_as_one() -> None:
    assert {story.read_as for story in STORIES if story.kind is None} <= {Kind.REPORT, Kind.PRAISE}
