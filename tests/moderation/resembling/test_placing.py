"""Look-alikes: found however they are typed, told to nobody who must not know, read from no row."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from moderation import resembling
from moderation.access import relate
from moderation.pieces import pieces_of
from moderation.reading.alike import count_alike, read_alike
from moderation.resembling.placing import WINDOW
from moderation.resembling.sketching import KEPT, Sketcher
from portal.models import LookAlike, Sketch
from portal.text import fold
from portal.vault import encrypt
from portal.words import Words
from tests.moderation.merging.pair import BACH, ELSEWHERE, FIRST, Pair
from tests.moderation.ward import OTHER_WARD, Ward

SKETCHER = Sketcher(b"k" * 32)
#: One thing in other people's words, and another thing about the same man.
RETOLD = Words(
    about="ong Bach khoi 7",
    what="Nhà số 15 để vật liệu xây dựng lấn hết vỉa hè, mấy tháng nay không đi được.",
)
OTHER_THING = Words(about=BACH, what="Họp khối ba buổi mà chưa công khai tiền điện chiếu sáng.")


def proposals(pair: Pair) -> list[tuple[int, int]]:
    with pair.ward.database.reading() as session:
        rows = session.scalars(select(LookAlike).order_by(LookAlike.case_id))
        return [(row.case_id, row.earlier_id) for row in rows]


def test_one_thing_told_by_two_is_proposed_and_another_thing_is_not(ward: Ward) -> None:
    pair = Pair(ward)
    one, two = pair.send(FIRST), pair.send(RETOLD)
    pair.send(OTHER_THING)
    pair.send(ELSEWHERE)
    assert proposals(pair) == [(two, one)]


def test_typed_otherwise_it_is_the_same_and_each_copy_leads_to_the_first(ward: Ward) -> None:
    pair = Pair(ward)
    typed = (
        unicodedata.normalize("NFD", FIRST.what),
        FIRST.what.upper(),
        FIRST.what.replace("hè", "hè  "),
    )
    first = pair.send(FIRST)
    copies = [pair.send(Words(about="ong bach", what=what)) for what in typed]
    assert proposals(pair) == [(copy, first) for copy in copies]
    pair.merge(first, copies[0])
    assert proposals(pair)[-1] == (copies[-1], first)
    assert proposals(Pair(ward))[0] == (copies[0], first)
    last = pair.send(FIRST)
    assert (last, first) in proposals(pair)


def test_neither_another_place_nor_another_time_is_alike(ward: Ward) -> None:
    pair = Pair(ward)
    plain = Words(about="Ông trưởng khối", what=FIRST.what)
    pair.send(plain)
    pair.send(plain, unit_id=OTHER_WARD)
    assert proposals(pair) == []
    ward.later(days=WINDOW.days + 1)
    pair.send(plain)
    assert proposals(pair) == []
    with ward.database.writing() as session:
        resembling.forget_sketches(session, today=ward.office.today)
        assert session.scalar(select(func.count()).select_from(Sketch)) == 1


def test_of_a_case_that_is_hidden_nothing_is_told(ward: Ward) -> None:
    pair = Pair(ward)
    # Whoever is tied to the member whom the first means sees the second, which names nobody.
    one = pair.send(FIRST)
    two = pair.send(Words(about="Cán bộ khối", what=FIRST.what))
    assert proposals(pair) == [(two, one)]
    with ward.database.reading() as session:
        case = pair.case(two)
        seen = {
            login: (
                count_alike(session, person=ward.person(session, login), case=case),
                read_alike(
                    session,
                    office=ward.office,
                    person=ward.person(session, login),
                    case=case,
                    also=one,
                ),
            )
            for login in ("hoa", "tied")
        }
        assert relate(session, person=ward.person(session, "tied"), case=case).moderates
    assert seen["tied"] == (0, ())
    assert (seen["hoa"][0], seen["hoa"][1][0].reference) == (1, "PA-2026-000001")


def test_who_is_said_to_be_another_matter_is_asked_of_nobody_again(ward: Ward) -> None:
    pair = Pair(ward)
    one, two = pair.send(FIRST), pair.send(RETOLD)
    with ward.database.writing() as session:
        resembling.keep_apart(
            session,
            office=ward.office,
            case=pair.case(one),
            by=ward.person(session, "hoa"),
            other_id=two,
        )
        assert count_alike(session, person=ward.person(session, "hoa"), case=pair.case(one)) == 0


def test_a_sketch_that_does_not_open_is_like_nothing(ward: Ward) -> None:
    pair = Pair(ward)
    one = pair.send(FIRST)
    with ward.database.writing() as session:
        session.get_one(Sketch, one).body = encrypt(b"x" * 32, b"", "sketch", one, "body")
    pair.send(FIRST)
    assert proposals(pair) == []


def test_the_newest_of_a_trait_are_looked_up_by_its_index(ward: Ward) -> None:
    with ward.database.reading() as session:
        plan = session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT case_id FROM trait WHERE value = :value "
                "AND case_id <> 1 AND \"on\" >= '2026-01-01' ORDER BY case_id DESC LIMIT 20"
            ),
            {"value": b"x"},
        ).all()
    told = " ".join(row.detail for row in plan)
    assert "USING" in told
    assert "SCAN" not in told
    assert "TEMP B-TREE" not in told


@given(st.text(max_size=400), st.text(max_size=400))
def test_likeness_is_a_share_and_a_text_is_like_itself(one: str, other: str) -> None:
    first, second = SKETCHER.sketch(one), SKETCHER.sketch(other)
    assert 0 <= first.likeness(second) <= 1
    assert first.likeness(second) == second.likeness(first)
    assert first.likeness(first) == 1
    assert SKETCHER.open(7, SKETCHER.seal(7, first)) == first


def test_of_long_texts_the_likeness_is_estimated_closely() -> None:
    words = [f"chữ{number * 7919 % 3001}" for number in range(900)]
    one, other = " ".join(words[:600]), " ".join(words[300:])
    found = SKETCHER.sketch(one).likeness(SKETCHER.sketch(other))
    assert len(SKETCHER.sketch(one).hashes) == KEPT
    pieces = pieces_of(fold(one)), pieces_of(fold(other))
    assert abs(found - len(pieces[0] & pieces[1]) / len(pieces[0] | pieces[1])) < 0.1


def test_another_key_finds_nothing() -> None:
    other = Sketcher(b"x" * 32)
    what = {"where": 3}
    assert not SKETCHER.parts(FIRST.what, **what) & other.parts(FIRST.what, **what)
    assert SKETCHER.sketch(FIRST.what).likeness(other.sketch(FIRST.what)) == 0
