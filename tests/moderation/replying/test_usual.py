"""The usual texts: every open place is filled in, and none says what a resident must not read."""

from __future__ import annotations

import re

import pytest

from moderation.membership_words import membership_told
from moderation.replying import FIELDS, Reply, fill, unknown_fields
from moderation.replying.reading import usual_texts
from portal.vocabulary import DeclineReason, Finding, Occasion, Status

USUAL = usual_texts()
DETAILS: dict[Occasion, set[str]] = {
    Occasion.DECLINE: {word.value for word in DeclineReason},
    Occasion.REPORT: {word.value for word in Finding},
    Occasion.MESSAGE: {word.value for word in Status},
}
each = pytest.mark.parametrize("reply", USUAL, ids=lambda reply: reply.name)


@each
def test_a_text_is_short_neutral_and_whole(reply: Reply) -> None:
    assert reply.detail in {"", *DETAILS.get(reply.occasion, ())}
    assert unknown_fields(reply.text) == ()
    whole = fill(reply.text, dict.fromkeys(FIELDS, "x"))
    assert "{" not in whole
    for sentence in re.split(r"(?<=[.?])\s+", whole):
        assert len(sentence.split()) <= 20, sentence
    assert not membership_told(reply.text)
    for word in ("đối tượng", "bị tố cáo", "đã xác minh", "đồng chí"):
        assert word not in reply.text.lower()


def test_reasons_that_would_tell_who_is_a_member_share_one_text() -> None:
    shared = {reply.text for reply in USUAL if reply.detail in {"not_about_member", "out_of_area"}}
    assert len(shared) == 1


def test_what_is_not_known_is_seen_to_be_missing() -> None:
    assert fill("Hẹn trước ngày {han}.", {}) == "Hẹn trước ngày …."
    assert unknown_fields("{han} {ten}") == ("ten",)
