"""What may be cut from a letter: its own words in their order, and nothing beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.cutting import LeftOut, NotCut, Parts, check_parts, foreign, left_out, unnamed

LETTER = (
    "Ông Bách không nhận tiền, chỉ lấn vỉa hè?\n"
    "Gọi [đã che số điện thoại].Cô Lụa giúp các cháu, cho vay 5.000.000 đồng."
)
_WORDS = st.sampled_from(["ông", "bà", "Lụa", "tiền", "[từ xúc phạm]", "5.000", "không", "đất"])
_SENTENCES = st.lists(st.lists(_WORDS, min_size=1, max_size=5).map(" ".join), min_size=1)


@given(sentences=_SENTENCES, data=st.data())
def test_what_is_made_by_cutting_sentences_is_always_taken(
    sentences: list[str], data: st.DataObject
) -> None:
    whole = ". ".join(sentences)
    kept = data.draw(st.lists(st.booleans(), min_size=len(sentences), max_size=len(sentences)))
    half = ". ".join(one for one, stays in zip(sentences, kept, strict=True) if stays)
    rest = ".\n".join(one for one, stays in zip(sentences, kept, strict=True) if not stays)
    assert foreign(whole, half) == foreign(whole, rest) == ()
    # Between them they hold every word, unless the same was said twice.
    words = " ".join(sentences).split()
    if len(set(words)) == len(words):
        assert left_out(whole, (half, rest)) == ()


@given(sentences=_SENTENCES, data=st.data())
def test_what_holds_a_foreign_word_never_is(sentences: list[str], data: st.DataObject) -> None:
    whole = ". ".join(sentences)
    words = whole.split(" ")
    at = data.draw(st.integers(0, len(words)))
    half = " ".join([*words[:at], "giận", *words[at:]])
    assert "giận" in " ".join(foreign(whole, half))


@pytest.mark.parametrize(
    ("half", "added"),
    [
        ("Ông Bách chỉ lấn  vỉa\nhè?", ()),
        ("Cô Lụa giúp các cháu.", ()),
        ("Co\u0302 Lụa giúp các cháu", ()),
        ("Gọi [đã che số điện thoại]", ()),
        ("Gọi [đã che số", ("[đã che số",)),
        ("cho vay 5.000 đồng", ("5.000",)),
        ("cho vay 50 triệu đồng", ("50 triệu",)),
        ("lấn vỉa hè, nhận tiền", ("nhận tiền",)),
        ("ông Bách", ("ông",)),
    ],
)
def test_what_was_added_is_named(half: str, added: tuple[str, ...]) -> None:
    assert foreign(LETTER, half) == added


def test_what_stands_in_neither_is_told_and_a_stop_alone_is_not() -> None:
    staying, going = "Ông Bách nhận tiền, chỉ lấn vỉa hè", "Cô Lụa giúp các cháu"
    assert left_out(LETTER, (staying, going)) == (
        "không",
        "?\nGọi [đã che số điện thoại].",
        "cho vay 5.000.000 đồng.",
    )
    assert left_out("Ông Bách đánh. Ông Bách phá.", ("Ông Bách phá.",)) == ("Ông Bách đánh.",)
    assert left_out("Một, hai. Ba.", ("Một", "hai", "Ba")) == ()
    assert left_out("Ông ấy. Ông ấy.", ("Ông ấy.", "Ông ấy.")) == ()


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ("cô Lụa", ()),
        ("Ông Bách, cô lụa", ()),
        ("Ông Bách và cô Lụa", ()),
        ("Ông Lụa", ("Ông Lụa",)),
        ("Cô Lụa, ông Páo", ("ông Páo",)),
        ("…", ("…",)),
    ],
)
def test_a_part_is_about_nobody_but_whom_the_letter_names(
    about: str, told: tuple[str, ...]
) -> None:
    assert unnamed(["Về ông Bách", LETTER], about) == told


def test_what_was_agreed_to_is_what_is_lost_and_nothing_else() -> None:
    words = {"about": "Hai người", "what": "Một hai ba bốn"}
    check_parts(words, Parts("Một", "hai người", "bốn", "hai\r\nba"))
    check_parts(words, Parts("Một hai", "hai người", "ba bốn", "đã bỏ lần trước"))
    with pytest.raises(LeftOut) as lost:
        check_parts(words, Parts("Một", "hai người", "ba", "hai"))
    assert lost.value.pieces == ("hai", "bốn")
    with pytest.raises(NotCut) as refused:
        check_parts(words, Parts("Một", "hai người", "năm"))
    assert refused.value.added == {"going": ("năm",)}
