"""A paraphrase is other words, not the same ones without their marks."""

import pytest

from moderation.screening.passing import repeats

OWN = "Ông Bách bán quán, ồn ào tới khuya, nhà tôi ở ngay sát vách không ngủ được."


@pytest.mark.parametrize(
    "shown",
    [
        OWN,
        OWN.upper(),
        "Ong Bach ban quan on ao toi khuya nha toi o ngay sat vach",
        "Có người viết: ông Bách bán quán ồn ào tới khuya; nhà tôi, đề nghị xem.",
    ],
)
def test_the_same_words_are_no_paraphrase(shown: str) -> None:
    assert repeats(OWN, shown)


def test_other_words_are() -> None:
    assert not repeats(OWN, "Người dân phản ánh quán hàng gây tiếng ồn ban đêm trong khối.")


def test_a_short_letter_must_not_stand_in_it_whole() -> None:
    assert repeats("Quán ồn quá", "Thư viết: quan on qua!")
