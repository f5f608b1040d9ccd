"""The sample's letters: every word fits its reader, and comes as people type."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

import pytest

from moderation.sample.records import read_members
from moderation.sample.stories import Deed, StoryRecord, dated, read_stories
from portal.text import fold, for_readers, parse_date
from tests.throughout import for_each

TODAY = date(2026, 11, 23)
STORIES = read_stories()
MEMBERS = {one.key: one for one in read_members(TODAY)}
LONGEST_SENTENCE = 20
SPOKEN_TO = "ông|bà|anh|chị|cô|chú|bác|cụ|thầy|đồng chí"
#: Steps whose text residents read.
PUBLIC = {Deed.ASK, Deed.DECLINE, Deed.REFER, Deed.FOLLOW_UP, Deed.EXTEND, Deed.REPORT}
PUBLIC |= {Deed.PUBLISH, Deed.HOLD, Deed.REPLY}

every_story = for_each(STORIES, lambda story: story.key)


@every_story
def test_no_public_note_names_anybody_or_repeats_a_number(story: StoryRecord) -> None:
    for step in story.steps:
        if step.do not in PUBLIC:
            continue
        assert for_readers(step.text).count == 0, step.text
        folded = f" {fold(step.text)} "
        named = [one.name for one in MEMBERS.values() if f" {fold(one.name)} " in folded]
        assert not named, step.text
        if story.subject:
            given = MEMBERS[story.subject].name.split()[-1]
            assert not re.search(rf"\b(?:{SPOKEN_TO}) {given}\b", step.text, re.IGNORECASE)


@every_story
def test_no_internal_note_names_the_member(story: StoryRecord) -> None:
    for step in story.steps:
        if story.subject and step.do not in {Deed.SUPPLY, Deed.RATE}:
            name = MEMBERS[story.subject].name
            assert name not in step.note
            assert name not in step.text


@every_story
def test_public_sentences_are_short(story: StoryRecord) -> None:
    for step in story.steps:
        if step.do in PUBLIC:
            for sentence in re.split(r"[.?!:] ", step.text):
                assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


@every_story
def test_what_the_member_is_shown_is_not_in_the_words_of_the_writer(story: StoryRecord) -> None:
    own = story.words.what.lower().split()
    runs = {" ".join(own[at : at + 8]) for at in range(len(own) - 7)}
    for step in (step for step in story.steps if step.do is Deed.ROUTE):
        shown = (step.put or step.text).lower()
        assert not [run for run in runs if run in shown]


@every_story
def test_the_words_are_within_what_the_form_takes(story: StoryRecord) -> None:
    told = story.told_on(TODAY)
    assert told.about.strip()
    assert told.what.strip()
    assert all(len(text) <= 5000 for text in vars(told).values())
    assert "{" not in "".join(vars(told).values())


@every_story
def test_the_day_is_one_that_the_form_takes(story: StoryRecord) -> None:
    sent = TODAY + timedelta(days=story.sent)
    assert bool(parse_date(story.told_on(sent).when, sent)) == bool(story.words.when)


def test_numbers_are_impossible_ones_and_are_masked() -> None:
    story = next(one for one in STORIES if one.shows == "other people's numbers")
    masked = for_readers(story.told_on(TODAY).what)
    assert masked.count == 3
    assert "1.500.000.000 đồng theo Quyết định 12/QĐ-UBND ngày 12/03/2026" in masked.text
    everything = " ".join(one.words.what for one in STORIES)
    phones = re.findall(r"\b0\d{3}[ .]?\d{3}[ .]?\d{3}\b", everything)
    assert set(phones) == {"0500 000 001", "020 399 000", "020399000"} & set(phones)


def test_the_letters_come_as_people_type_them() -> None:
    told = [story.told_on(TODAY).what for story in STORIES]
    assert any(text != unicodedata.normalize("NFC", text) for text in told)
    assert any("Ð" in story.told_on(TODAY).about for story in STORIES)
    assert any(text.isascii() for text in told)
    assert any(text.isupper() for text in told)
    assert any(len(text) > 900 for text in told)
    assert any(len(text) < 80 for text in told)
    assert any("😡" in text for text in told)


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("ngày {-3}", "ngày 28/02/2026"),
        ("hôm {-3s}", "hôm 28/2"),
        ("tháng {-3m}/{-3y}", "tháng 2/2026"),
        ("{+1} và {0}", "04/03/2026 và 03/03/2026"),
        ("không có ngày", "không có ngày"),
    ],
)
def test_a_placeholder_becomes_a_date(text: str, reads: str) -> None:
    assert dated(text, date(2026, 3, 3)) == reads
