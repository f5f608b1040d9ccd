"""On PostgreSQL search finds the same, by its index of terms and never by walking everything."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from moderation.cursors import Cursor
from moderation.listing import places_of
from moderation.searching import finding
from moderation.searching.asking import PER_PAGE
from moderation.searching.finding import Match, find_entries
from portal.models import SearchEntry
from portal.models.case import Room
from portal.vocabulary import Status
from tests.doors.course import Course
from tests.moderation.searching.looking import found_by, look_for
from tests.moderation.searching.test_following import (
    test_after_every_step_the_index_is_what_it_would_be_if_made_anew,
    test_copies_are_found_from_the_moment_they_are_let_through,
    test_words_that_were_taken_back_are_found_no_more_at_once,
)
from tests.moderation.walking import set_out
from tests.moderation.ward import Ward

__all__ = [
    "test_after_every_step_the_index_is_what_it_would_be_if_made_anew",
    "test_copies_are_found_from_the_moment_they_are_let_through",
    "test_words_that_were_taken_back_are_found_no_more_at_once",
]


def test_what_was_written_is_found_and_hidden_from_whom_it_concerns(ward: Ward) -> None:
    number = set_out(ward).until(Course.prepare).number
    for typed in ("vat lieu", '"lấn hết vỉa hè"', "Nông Văn Bách", "bách"):
        assert found_by(ward, "hoa", typed) == [number], typed
        assert found_by(ward, "tied", typed) == [], typed
        assert found_by(ward, "far", typed) == [], typed


def test_pages_show_every_case_once_there_and_back_newest_first(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some are found among the nearest, the others by the index of terms."""
    monkeypatch.setattr(finding, "_WALKED", 7)
    numbers = [set_out(ward).until(Course.prepare).number for _letter in range(PER_PAGE + 3)]
    with ward.database.reading() as session:
        first = look_for(ward, session, "hoa", "vỉa hè")
        second = look_for(ward, session, "hoa", "vỉa hè", cursor=first.later)
        back = look_for(ward, session, "hoa", "vỉa hè", cursor=second.earlier)
    pages = [[hit.row.case_id for hit in page.hits] for page in (first, second, back)]
    assert pages[0] + pages[1] == numbers[::-1]
    assert pages[2] == pages[0]


@pytest.mark.parametrize("back", [False, True])
def test_a_rare_and_a_common_word_are_found_by_the_index_of_terms(ward: Ward, back: bool) -> None:
    with ward.database.writing() as session:
        case_id = ward.place(session, status=Status.RECEIVED).id
    with ward.database.writing() as session:
        rows = [
            {
                "id": 1 + number,
                "case_id": case_id,
                "words": f"wcommon {'wrare' if number == 700 else 'wother'}",
                "filing": "d3",
                "sheet": b"",
            }
            for number in range(3_000)
        ]
        session.execute(insert(SearchEntry), rows)
    with ward.database.writing() as session:
        session.execute(text("ANALYZE search_entry"))
    with ward.database.reading() as session:
        person = ward.person(session, "hoa")
        places = places_of(session, person=person, room=Room.DESK)
        for term, amount in (("wcommon", 21), ("wrare", 1), ("wnowhere", 0)):
            match = Match((frozenset({term}), frozenset({"d3"})), frozenset())
            cursor = Cursor(0, back=True) if back else None
            found = find_entries(
                session, match=match, person=person, places=places, cursor=cursor, most=21
            )
            assert len(found) == amount
            ids = [row.id for row in found]
            assert ids == sorted(ids, reverse=not back)
        plan = _plan(session, "wrare & d3", back=back)
    assert any("search_index_terms" in step for step in plan), plan
    assert not any("Seq Scan" in step for step in plan), plan


def _plan(session: Session, match: str, *, back: bool) -> list[str]:
    """How the candidates of a page would be found, in a table too long to be walked through."""
    session.execute(text("SET LOCAL enable_seqscan = off"))
    found = finding._candidates("postgresql", back=back)
    asked = {"match": match, "edge": 0 if back else 2**62, "most": 21, "walked": 500}
    rows = session.execute(text(f"EXPLAIN {found}"), asked)
    return [row[0] for row in rows]
