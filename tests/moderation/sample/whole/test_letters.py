"""The letters of the whole ward: many, each in its own words, and answered as they should be."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

from moderation.sample.records import FOUNDED
from moderation.sample.stories import Deed, StoryRecord, read_stories
from moderation.sample.whole.cells import NOT_ALWAYS
from moderation.sample.whole.letters import compose
from moderation.sample.whole.people import read_people
from portal.text import fold, for_readers
from portal.vocabulary import ActionKind, Finding, Sentiment

TODAY = date(2026, 11, 23)
STORIES = compose(TODAY)
PEOPLE = {one.key: one for one in read_people()}
LONGEST_SENTENCE = 20
PUBLIC = {Deed.ASK, Deed.DECLINE, Deed.REFER, Deed.FOLLOW_UP, Deed.REPORT, Deed.PUBLISH}


def test_letters_are_the_same_on_every_machine() -> None:
    assert compose(TODAY) == STORIES


def test_no_two_letters_read_the_same() -> None:
    told = [fold(one.words.what) for one in (*STORIES, *read_stories())]
    assert len(set(told)) == len(told)
    assert len({one.key for one in (*STORIES, *read_stories())}) == len(told)


def test_they_came_since_there_is_the_ward_and_in_no_more_than_two_years() -> None:
    for today in (TODAY, date(2028, 6, 1)):
        for one in compose(today):
            arrived = today + timedelta(days=one.sent)
            assert arrived >= FOUNDED
            assert today - timedelta(days=731) < arrived < today


def test_a_good_share_is_praise_and_most_are_answered() -> None:
    kinds = Counter(one.sentiment for one in STORIES)
    assert kinds[Sentiment.PRAISE] > len(STORIES) // 3
    answered = [one for one in STORIES if any(step.do is Deed.PUBLISH for step in one.steps)]
    assert len(answered) > len(STORIES) * 2 // 3


def test_nothing_is_left_to_be_filled_in() -> None:
    for one in STORIES:
        told = [*vars(one.told_on(TODAY)).values(), *(step.text for step in one.steps)]
        assert not re.search(r"\{[^\d+-]", " ".join(told)), one.key
        assert one.words.about.strip()


def test_what_residents_read_is_short_and_names_nobody() -> None:
    for one in STORIES:
        for step in (step for step in one.steps if step.do in PUBLIC):
            assert for_readers(step.text).count == 0, step.text
            assert not _named(one, step.text), step.text
            for sentence in re.split(r"[.?!:] ", step.text):
                assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


def test_what_the_member_is_shown_is_not_in_the_words_of_the_writer() -> None:
    for one in STORIES:
        own = fold(one.words.what).split()
        runs = {" ".join(own[at : at + 7]) for at in range(len(own) - 6)}
        for step in (step for step in one.steps if step.do is Deed.ROUTE):
            assert not [run for run in runs if run in fold(step.text)], one.key


def test_who_is_cleared_was_heard_and_something_was_looked_at() -> None:
    ended = 0
    for one in STORIES:
        done = [step.code for step in one.steps]
        if Finding.UNSUBSTANTIATED not in done:
            continue
        ended += 1
        assert ActionKind.FIELD_CHECK in done
        assert ActionKind.CLEAR_NAME in done
        assert Deed.STATEMENT in [step.do for step in one.steps]
    assert ended >= 3


def test_nobody_writes_about_cells_that_are_not_always_there() -> None:
    about = [PEOPLE[one.subject] for one in STORIES if one.subject]
    assert not {person.home for person in about} & NOT_ALWAYS
    assert max(Counter(person.key for person in about).values()) <= 2


def _named(story: StoryRecord, text: str) -> bool:
    """Whether a text names the subject."""
    if not story.subject:
        return False
    name = PEOPLE[story.subject].name
    given = name.split()[-1]
    return name in text or bool(re.search(rf"\b(ông|bà|anh|chị|cô|thầy|chú) {given}\b", text))
