"""Terms: the same for every way of writing a word, different for all else, and telling nothing."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from moderation.searching.terms import Terms, mark_term, place_term, written
from portal.models.case import Room
from portal.text import syllables
from portal.vault import new_key

KEY = bytes(range(32))
TERMS = Terms(KEY)
_SYLLABLES = ("thuỵ", "Hùng", "đường", "hoà", "khoẻ", "Đức", "quý", "nguyễn", "ươm", "ấy", "huế")
#: Both places at which a tone is written.
_PLACED = {"thuỵ": "thụy", "hoà": "hòa", "khoẻ": "khỏe"}

texts = st.lists(st.sampled_from(_SYLLABLES), min_size=1, max_size=6).map(" ".join)
ways = st.sampled_from(
    (
        lambda text: text,
        str.upper,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: unicodedata.normalize("NFKD", text.title()),
        lambda text: " ".join(_PLACED.get(each, each) for each in text.split()),
        lambda text: " ".join(syllables(text)),
        lambda text: text.replace("Đ", "\u00d0").replace("đ", "\u00f0"),
        lambda text: f"“{text}”, ".replace(" ", "  \n"),
    )
)


@given(texts, ways, ways)
def test_every_way_to_write_a_text_gives_the_same_terms(
    text: str, one: object, two: object
) -> None:
    assert callable(one)
    assert callable(two)
    assert TERMS.of([one(text)], [one(text)]) == TERMS.of([two(text)], [two(text)])


@given(st.lists(st.text(max_size=40), max_size=4), st.lists(st.text(max_size=20), max_size=2))
def test_terms_are_short_and_of_plain_signs_whatever_is_written(
    texts: list[str], names: list[str]
) -> None:
    for term in TERMS.of(texts, names):
        assert re.fullmatch(r"[ws][a-z2-7]{8}", term)


def test_neighbours_are_those_of_one_text_in_their_order() -> None:
    assert TERMS.of(["một hai", "ba bốn"]) == {TERMS.pair("mot", "hai"), TERMS.pair("ba", "bon")}
    assert TERMS.pair("mot", "hai") != TERMS.pair("hai", "mot")


def test_single_syllables_are_those_of_names_only() -> None:
    assert TERMS.of(["chợ phiên"], ["Bách"]) == {TERMS.pair("cho", "phien"), TERMS.single("bach")}
    assert TERMS.single("bach") not in TERMS.of(["Bách"])


def test_without_the_key_nothing_leads_to_a_term() -> None:
    assert not TERMS.of(["vỉa hè"]) & Terms(new_key()).of(["vỉa hè"])


def test_no_word_can_be_taken_for_a_room_or_a_mark() -> None:
    others = {place_term(room, 1)[0] for room in Room} | {mark_term(KEY)[0]}
    assert len(others) == 4
    assert not others & {term[0] for term in TERMS.of(["vỉa hè"], ["Bách"])}


def test_terms_are_stored_in_an_order_that_tells_nothing() -> None:
    one, other = TERMS.of(["vỉa hè chợ"]), TERMS.of(["chợ vỉa hè", "hè chợ vỉa"])
    assert written(one) == " ".join(sorted(one))
    assert written(other).split() == sorted(set(written(other).split()))
