"""What a list calls a case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.titling import HEADLINE_LENGTH, headline
from tests.moderation.walking import BACH


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  Vật liệu\n lấn   vỉa hè. ", "Vật liệu lấn vỉa hè."),
        ("Bà Sen, khối 7\n\nHay giúp bà con.\nRất quý", "Bà Sen, khối 7. Hay giúp bà con. Rất quý"),
        ("Ông Bách\nĐổ gạch\n1 đống", "Ông Bách. Đổ gạch 1 đống"),
        ("Cảm ơn cô:\nĐã đến từng nhà", "Cảm ơn cô: Đã đến từng nhà"),
        ("", ""),
    ],
)
def test_paragraphs_are_told_apart_and_broken_lines_joined(text: str, title: str) -> None:
    assert headline(text) == title


def test_a_long_text_is_cut_at_a_space_and_says_so() -> None:
    cut = headline(BACH.what * 3)
    assert cut.endswith("…")
    assert BACH.what.startswith(cut[:60])
    assert cut[-2].isalpha()


@given(st.text(st.sampled_from("ab ế,.\n"), max_size=300))
def test_it_never_exceeds_its_length_and_begins_like_the_text(text: str) -> None:
    flat = " ".join(text.split())
    cut = headline(text)
    assert len(cut) <= HEADLINE_LENGTH + 1
    assert flat.startswith(cut.removesuffix("…"))
    assert (cut == flat) is (len(flat) <= HEADLINE_LENGTH)
