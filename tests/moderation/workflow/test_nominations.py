"""What a nomination is: what its writer called so, and what is nothing but praise."""

from __future__ import annotations

import pytest

from moderation.followups import kinds_for
from moderation.workflow.availability import (
    is_nomination,
    is_praise,
    knows_subject,
    needs_one_person,
    seems_nomination,
)
from portal.models import Case
from portal.vocabulary import ActionKind, Kind, Sentiment


@pytest.mark.parametrize("sent_as", [None, Kind.NOMINATION])
def test_what_is_read_as_one_is_about_no_member(sent_as: Kind | None) -> None:
    case = _case(sent_as=sent_as)
    assert is_nomination(case)
    assert knows_subject(case)
    assert not is_praise(case)


@pytest.mark.parametrize("sent_as", sorted(set(Kind) - {Kind.NOMINATION}))
def test_no_label_makes_one_of_what_its_writer_called_otherwise(sent_as: Kind) -> None:
    case = _case(sent_as=sent_as)
    assert not is_nomination(case)
    assert not knows_subject(case)
    assert not needs_one_person(case)


@pytest.mark.parametrize("sentiment", sorted(set(Sentiment) - {Sentiment.PRAISE}))
def test_what_criticises_anybody_is_none(sentiment: Sentiment) -> None:
    assert not is_nomination(_case(sentiment=sentiment))
    assert not is_nomination(_case(possible_denunciation=True))


def test_until_somebody_has_read_it_it_is_taken_for_what_its_writer_called_it() -> None:
    assert seems_nomination(_case(sentiment=None))
    assert not is_nomination(_case(sentiment=None))


def test_one_person_is_enough_unless_the_writer_fears_or_left_it_open() -> None:
    assert needs_one_person(_case())
    assert not needs_one_person(_case(sent_as=None))
    assert not needs_one_person(_case(fears_retaliation=True))


def test_what_is_done_about_it_is_done_about_nothing_else() -> None:
    about = {kind for kind in ActionKind if kind.is_about_nominee}
    assert set(kinds_for(_case())) == about
    assert set(kinds_for(_case(kind=Kind.REPORT))) == set(ActionKind) - about
    # Its writer reads one sentence of all of them, and no key is needed to see no more.
    assert len({str(kind.resident_label) for kind in about}) == 1
    assert {kind.told_as for kind in about} == {"considered"}


def _case(**of: object) -> Case:
    usual = {"kind": Kind.NOMINATION, "sent_as": Kind.NOMINATION, "sentiment": Sentiment.PRAISE}
    fears = {"fears_retaliation": False, "possible_denunciation": False}
    return Case(**usual | fears | of)
