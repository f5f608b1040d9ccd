"""What every field passes on arrival."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import clean, is_legacy_encoding, one_line

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
NASTY = st.text(
    alphabet="a đ\u0301\u0327\u0344\u200b\u200d\u00ad\x00\n\r\t\v\u2028\ud800\ufe0f👍\u3164"
)


@given(ANY_TEXT | NASTY)
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)
    assert one_line(one_line(raw)) == one_line(raw)


@given(ANY_TEXT | NASTY)
def test_cleaned_text_is_composed_and_has_nothing_invisible(raw: str) -> None:
    text = clean(raw)
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()
    assert "\n\n\n\n" not in text
    assert " \n" not in text
    categories = {unicodedata.category(char) for char in text if char != "\n"}
    assert not categories & {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
    text.encode("utf-8")


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặờởỡớợ .,?!\n", max_size=40))
def test_plain_vietnamese_keeps_every_letter(raw: str) -> None:
    assert clean(raw).split() == raw.split()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (unicodedata.normalize("NFD", "Đông Kinh"), "Đông Kinh"),
        ("\u00d0ông Kinh, \u00f0ường", "Đông Kinh, đường"),
        ("a\u200b\u0301", "á"),
        ("\u202eđảo\u202c \ufeffngược\u00ad", "đảo ngược"),
        ("số\u00a0nhà\u300015\tngõ\u20093", "số nhà 15 ngõ 3"),
        ("một\r\nhai\rba\u2028bốn\x0bnăm", "một\nhai\nba\nbốn\nnăm"),
        ("  đầu  \ncuối \n\n\n\n\n\nhết  ", "đầu\ncuối\n\n\nhết"),
        ("xong\x00\x1b[31m", "xong[31m"),
        ("vỡ\ud83d", "vỡ"),
        ("riêng\ue000\uf0b7", "riêng"),
        ("hoà hòa thuỷ thủy", "hoà hòa thuỷ thủy"),
        ("cảm ơn 🙏👍🏽", "cảm ơn 🙏👍🏽"),
        ("❤\ufe0f", "❤"),
        ("👨\u200d👩\u200d👧", "👨👩👧"),
        ("mới \U0001fae8 \U0001fadf", "mới \U0001fae8 \U0001fadf"),
        ("<b>đậm</b> &amp;", "<b>đậm</b> &amp;"),
        ("１２３", "１２３"),
    ],
)
def test_cleaning_removes_only_what_cannot_be_seen(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    "raw",
    ["", "   ", "\n\t\r\n", "\u200b\u200d\ufeff", "\u00ad\u2800\u3164", "\x00", "\ufe0f", "\ud800"],
)
def test_text_of_nothing_visible_becomes_empty(raw: str) -> None:
    assert clean(raw) == ""
    assert one_line(raw) == ""


def test_a_pile_of_marks_is_cut_to_what_writing_uses() -> None:
    assert len(clean("a" + "\u0300\u0327" * 50_000)) <= 9


def test_a_single_line_keeps_words_apart_by_one_space() -> None:
    assert one_line("  bí thư\n\n khối   7\t") == "bí thư khối 7"


@pytest.mark.parametrize(
    "text",
    [
        "§¶ng bé",
        "§«ng BÕ",
        "L¹ng S¬n",
        "§éc lËp - Tù do - H¹nh phóc",
        "céng hßa x· héi chñ nghÜa ViÖt Nam",
        "Ñoâng Kinh",
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
    ],
)
def test_text_of_an_old_font_is_recognised(text: str) -> None:
    assert is_legacy_encoding(text)
    assert is_legacy_encoding(clean(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Phường Đông Kinh, số nhà 15 §2",
        "khong dau, viet bang dien thoai",
        "hoà hoá quá giá khuya thuê xuân yêu hoãn quỹ",
        "«Lang Son» «Cao Bang» 25 m² ½ 35µm ±2°C",
        "Windows® Office© Android™",
        "Müller für Größe",
        "Kính gửi · Rửa · Bát",
        "🙏👍",
    ],
)
def test_other_text_is_not_taken_for_an_old_font(text: str) -> None:
    assert not is_legacy_encoding(text)
