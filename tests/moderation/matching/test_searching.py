"""The moderator's own search by typed words, and what holds for any words at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.moderation.matching.small_register import Register

SAID = ["ông", "bà", "Hùng", "hung", "Nguyễn", "Văn", "Bách", "bí", "thư", "phó", "khối", "7"]
ODD = [",", ".", "\n", "(", "khối5", "60 tuổi", "Ð", "ho\u0300a", "🌸", "\x00", "trường", "1968"]
WORDS = st.lists(
    st.one_of(st.sampled_from(SAID), st.sampled_from(ODD), st.text(max_size=12)), max_size=40
).map(" ".join)


@pytest.mark.parametrize(
    ("query", "unit", "first"),
    [
        ("thuy", "dong-kinh", {"thuy"}),
        ("hung 1968", "dong-kinh", {"hung-1968"}),
        ("hưng", "dong-kinh", {"hung-nga", "hung-dam"}),
        ("bí thư khối 7", "dong-kinh", {"thanh-1964"}),
        ("hiệu trưởng", "dong-kinh", {"lua", "lan"}),
        ("hoang dinh", "dong-kinh", {"trong"}),
        ("au duong", "", {"ky"}),
        ("Khe", "dong-kinh", {"lang-khe"}),
        ("trường", "dong-kinh", {"truong"}),
        ("lan sơn ca", "dong-kinh", {"lan"}),
        ("Nguyễn V Hùng khối 7", "dong-kinh", {"hung-1990"}),
    ],
)
def test_a_moderator_finds_by_typed_words(
    register: Register, query: str, unit: str, first: set[str]
) -> None:
    assert set(register.search(query, unit=unit)[: len(first)]) == first


@given(about=WORDS, what=WORDS, unit_text=WORDS)
def test_any_words_give_a_stable_list_with_points_from_0_to_100(
    register: Register, about: str, what: str, unit_text: str
) -> None:
    found = register.propose(about, what=what, unit_text=unit_text)
    assert found == register.propose(about, what=what, unit_text=unit_text)
    assert all(0 <= each.score <= 100 for each in found)
    assert [each.score for each in found] == sorted((e.score for e in found), reverse=True)
    assert all(each.reasons for each in found)
    register.search(about)
    register.hide_from(about, what=what, unit="")
