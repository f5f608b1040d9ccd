"""Keys for comparing and searching."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import canonical, fold, syllables

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặờởỡớợừửữứựỳỷỹýỵ .,-_'HOÀƯĐ"
NAMES = st.text(alphabet=VIETNAMESE, max_size=40)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert canonical(canonical(text)) == canonical(text)


@given(NAMES)
def test_a_key_is_plain_words_one_space_apart(text: str) -> None:
    key = fold(text)
    assert key.isascii()
    assert key == key.lower()
    assert key.split(" ") == syllables(text) or (key == "" and syllables(text) == [])


@given(NAMES)
def test_how_a_keyboard_composes_letters_does_not_matter(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert canonical(unicodedata.normalize("NFD", text)) == canonical(text)


@given(NAMES)
def test_text_equal_with_diacritics_is_equal_without(text: str) -> None:
    assert fold(canonical(text)) == fold(text)


@pytest.mark.parametrize(
    "typed",
    ["Đông Kinh", "\u00d0ông Kinh", "ĐÔNG  KINH", "dong-kinh", "đông\u200b kinh.", "Ｄông kinh"],
)
def test_one_ward_typed_in_many_ways_is_one_key(typed: str) -> None:
    assert fold(typed) == "dong kinh"


def test_one_ward_typed_on_a_mac_is_the_same_key() -> None:
    assert fold(unicodedata.normalize("NFD", "Đông Kinh")) == "dong kinh"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Quý Hoà", "quý hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("Thuỵ Hùng", "Thụy Hùng"),
        ("loà xoà", "lòa xòa"),
        ("Nguyễn  Văn Hùng,", "nguyễn văn hùng"),
    ],
)
def test_old_and_new_tone_placement_are_equal(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["quý", "toán", "khuỷu", "quỳnh", "hoàng", "khoét", "quỹ", "xoáy"])
def test_other_syllables_keep_their_tone_where_it_is(word: str) -> None:
    assert canonical(word) == word


def test_different_tones_are_told_apart_with_diacritics_only() -> None:
    given_names = ["Hùng", "Hưng", "Hứng", "Hung"]
    assert len({canonical(name) for name in given_names}) == 4
    assert {fold(name) for name in given_names} == {"hung"}
