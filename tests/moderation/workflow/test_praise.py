"""One person is enough for praise, and a label alone does not make praise."""

import pytest

from moderation.workflow.availability import is_praise, needs_one_person
from portal.models import Case
from portal.vocabulary import Kind, Sentiment


@pytest.mark.parametrize("sent_as", [None, Kind.PRAISE])
def test_what_a_moderator_reads_as_praise_is_praise(sent_as: Kind | None) -> None:
    assert is_praise(_case(sent_as=sent_as))


@pytest.mark.parametrize("sent_as", [Kind.REPORT, Kind.SUGGESTION, Kind.PETITION])
def test_nobody_alone_makes_praise_of_what_the_writer_called_otherwise(sent_as: Kind) -> None:
    assert not is_praise(_case(sent_as=sent_as))


def test_one_person_is_enough_only_for_what_its_writer_called_praise() -> None:
    assert needs_one_person(_case(sent_as=Kind.PRAISE))
    assert not needs_one_person(_case(sent_as=None))
    assert not needs_one_person(_case(sent_as=Kind.PRAISE, fears_retaliation=True))


def test_praise_with_fear_or_a_possible_denunciation_follows_the_rules_of_criticism() -> None:
    assert not is_praise(_case(fears_retaliation=True))
    assert not is_praise(_case(possible_denunciation=True))


@pytest.mark.parametrize(
    "sentiment", [None, Sentiment.CRITICISM, Sentiment.MIXED, Sentiment.NEUTRAL]
)
def test_mixed_and_unread_words_follow_the_rules_of_criticism(sentiment: Sentiment | None) -> None:
    assert not is_praise(_case(sentiment=sentiment))


def _case(
    *,
    sent_as: Kind | None = None,
    sentiment: Sentiment | None = Sentiment.PRAISE,
    fears_retaliation: bool = False,
    possible_denunciation: bool = False,
) -> Case:
    return Case(
        sent_as=sent_as,
        sentiment=sentiment,
        fears_retaliation=fears_retaliation,
        possible_denunciation=possible_denunciation,
    )
