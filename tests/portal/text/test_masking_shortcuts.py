"""What a text is spared is spared rightly: a rule that is not asked would have found nothing."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from portal.text import clean, for_readers
from portal.text.abuse import USUAL
from portal.text.addresses import (
    CODE,
    LINK,
    MAIL_AT,
    is_code,
    may_hold_code,
    may_hold_link,
    may_hold_mail,
)
from portal.text.legacy import VNI_END, VNI_PAIR
from portal.text.masked import WORDS, Masked, between_masks

PIECES = [
    *("a", "nam", " ", " ", ".", "at", "(", ")", "[", "]", "còng", "Còng", "a còng ", "@", "＠"),
    *("gmail", "gmail.com", "zalo.me", "facebook.com", "https:", "/", "?", "nguyen-van"),
    *("PA-", "PA-2026-000123", "2026", *WORDS.values()),
]
MIXED = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
CODED = st.lists(
    st.sampled_from(["7K3Q", "9XV2", "M4TD", "0H6R", "2026", "thoi", "A1B2", "-", " ", "ſ", "K"])
    | st.from_regex(CODE, fullmatch=True),
    max_size=9,
).map("".join)
ABUSIVE = ["đm", "vcllll", "Đồ  chó má", "thằng chó", "mẹ mày", "đ.m", "l*n", "đờ mờ", "ĐÉO"]
SPOKEN = st.lists(
    st.sampled_from([*ABUSIVE, "các", "buổi", " ", " ", ",", "má", "đẻ", "1", "_", "ı", "ſ"]),
    max_size=10,
).map("".join)


@given(MIXED | st.text())
def test_what_cannot_hold_an_address_holds_none(text: str) -> None:
    assert may_hold_mail(text) or not MAIL_AT.search(text)
    assert may_hold_link(text) or not LINK.search(text)


@given(CODED | st.text())
def test_what_mixes_no_letters_and_digits_holds_no_code(text: str) -> None:
    assert may_hold_code(text) or not any(map(is_code, CODE.finditer(text)))


@given(st.text(alphabet="aeouyôöơưùõøûïåäüëâêáàãéèúñ b"))
def test_pairs_of_an_old_font_are_seen_from_behind_too(text: str) -> None:
    assert bool(VNI_END.search(text)) >= bool(VNI_PAIR.search(text))


@given(MIXED | st.text())
def test_a_text_without_masks_and_references_is_one_stretch(text: str) -> None:
    stretches: list[str] = []

    def note(stretch: str) -> str:
        stretches.append(stretch)
        return stretch

    assert between_masks(text, note) == text
    kept = re.compile(
        "|".join(map(re.escape, WORDS.values())) + r"|(?<![^\W_])PA-\d{4}-\d{6}(?!\d)"
    )
    assert stretches == kept.split(text)


@given(MIXED | SPOKEN | st.text())
def test_what_stays_as_it_was_counts_nothing(text: str) -> None:
    before = clean(text)
    masked = for_readers(text)
    assert (masked.text == before) == (masked == Masked(before, 0, ()))


@given(SPOKEN | st.text())
def test_abuse_is_found_where_any_form_of_it_stands(text: str) -> None:
    """Each form alone finds as much as all of them under their first letters."""
    stems = ["đm", "vcl", "đồ chó má", "thằng chó", "mẹ mày", "đ.m", "l*n", "đờ mờ", "đéo"]
    for form in stems:
        spelled = re.escape(form).replace(r"\ ", r"\s{1,2}") + form[-1] + "*"
        alone = re.compile(rf"(?<![^\W_]){spelled}(?![^\W_])", re.IGNORECASE)
        for found in alone.finditer(text):
            assert any(
                start <= found.start() and found.end() <= end for start, end in USUAL.find(text)
            )
