"""Questions: what is read from anything that can be typed, and what it can never become."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.searching.finding import Match
from moderation.searching.question import MOST_SYLLABLES, TooMuch, read_question
from moderation.searching.terms import Terms
from tests.moderation.searching.looking import asked

TERMS = Terms(bytes(32))


@pytest.mark.parametrize(
    ("typed", "phrases", "plain"),
    [
        ("Vỉa hè", (), (("via", "he"),)),
        ('"vỉa hè"', (("via", "he"),), ()),
        ("ông “vỉa hè” chợ", (("via", "he"),), (("ong",), ("cho",))),
        ('vỉa "hè chợ', (("he", "cho"),), (("via",),)),
        ('"" vỉa ""', (), (("via",),)),
        ("vỉa AND hè OR NOT NEAR(chợ)", (), (("via", "and", "he", "or", "not", "near", "cho"),)),
        ("words:vỉa* ^hè", (), (("words", "via", "he"),)),
        ("2026-11", (), (("2026", "11"),)),
    ],
)
def test_a_question_is_the_syllables_that_were_typed(
    typed: str, phrases: tuple[object, ...], plain: tuple[object, ...]
) -> None:
    question = asked(typed)
    assert (question.phrases, question.plain) == (phrases, plain)


@pytest.mark.parametrize(
    "typed", ["", "   ", '"', '""', "*", "!?…—", "\u200b\u0000", "“”", "(((", "😀"]
)
def test_where_no_letter_is_nothing_is_asked(typed: str) -> None:
    assert read_question(typed) is None


def test_a_thousand_words_are_too_many() -> None:
    with pytest.raises(TooMuch):
        read_question("vỉa hè " * 500)
    assert read_question("hè " * MOST_SYLLABLES)


def test_every_plain_syllable_stands_by_a_neighbour_or_is_a_name() -> None:
    first, second, third = asked("một hai ba").clauses(TERMS)
    near = {TERMS.pair("mot", "hai"), TERMS.pair("hai", "mot")}
    far = {TERMS.pair("hai", "ba"), TERMS.pair("ba", "hai")}
    assert first == near | {TERMS.single("mot")}
    assert second == near | far | {TERMS.single("hai")}
    assert third == far | {TERMS.single("ba")}


def test_a_phrase_asks_for_each_pair_in_its_order() -> None:
    assert asked('"một hai ba"').clauses(TERMS) == (
        frozenset({TERMS.pair("mot", "hai")}),
        frozenset({TERMS.pair("hai", "ba")}),
    )


def test_diacritics_count_only_where_some_were_typed() -> None:
    assert asked("via he").exact == frozenset()
    assert asked("vỉa he").exact == {"vỉa", "he"}


@given(st.text(max_size=200))
def test_nothing_that_is_typed_becomes_a_sign_of_the_database(typed: str) -> None:
    try:
        question = read_question(typed)
    except TooMuch:
        return
    if question is None:
        return
    match = Match((*question.clauses(TERMS), frozenset({"d1"})), frozenset({"x00"}))
    term = r"(?:[ws][a-z2-7]{8}|d1|x00)"
    either = rf"\({term}(?: OR {term})*\)"
    assert re.fullmatch(rf"\({either}(?: AND {either})*\) NOT {either}", match.for_sqlite())
    other = rf"\({term}(?: \| {term})*\)"
    assert re.fullmatch(rf"{other}(?: & {other})* & !{other}", match.for_postgresql())
