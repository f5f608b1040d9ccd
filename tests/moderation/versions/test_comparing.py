"""A paraphrase is other words, not the same ones without their marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.versions import making_of, repeats, sentences, without
from portal.text.masked import WORDS
from portal.vocabulary import Making

GAP = WORDS["removed"]
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


@pytest.mark.parametrize(
    ("text", "making"),
    [
        (OWN, Making.AS_WRITTEN),
        (f"  {OWN.replace(', ', ',  ', 1)}\n", Making.AS_WRITTEN),
        (f"Ông Bách bán quán, ồn ào tới khuya, {GAP}.", Making.REDACTED),
        (f"{GAP} bán quán, ồn ào tới khuya, nhà tôi {GAP} không ngủ được.", Making.REDACTED),
        (f"Không ngủ được, {GAP} ông Bách bán quán.", Making.PARAPHRASED),
        ("Có quán hàng ồn ào ban đêm.", Making.PARAPHRASED),
        ("", Making.PARAPHRASED),
    ],
)
def test_how_a_text_came_to_be_is_told_by_the_text(text: str, making: Making) -> None:
    assert making_of(OWN, text) is making


def test_a_letter_falls_into_its_sentences() -> None:
    text = "Họp lúc 21.30. Chi 1.500.000 đồng! Ai cũng hỏi “sao thế?”\nXin trả lời"
    assert sentences(text) == (
        "Họp lúc 21.30.",
        "Chi 1.500.000 đồng!",
        "Ai cũng hỏi “sao thế?”",
        "Xin trả lời",
    )


def test_what_is_marked_is_taken_out_wherever_it_stands_by_itself() -> None:
    text = "Anh Hùng hỏi anh Hùng. Bà Hùngg thì không."
    assert without(text, ["anh hùng"]) == f"{GAP} hỏi {GAP}. Bà Hùngg thì không."
    assert without("Nhà tôi ở\n ngõ 3.", ["ở ngõ 3"]) == f"Nhà tôi {GAP}."
    assert without("Một. Hai. Ba.", ["Một.", "Hai.", "không có", ""]) == f"{GAP} Ba."


@given(st.text("ab. \n", max_size=40))
def test_taking_out_every_sentence_leaves_none(text: str) -> None:
    left = without(text, sentences(text))
    assert not set(sentences(left)) & set(sentences(text))
    assert without(left, sentences(text)) == left
