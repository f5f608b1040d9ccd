"""Names of people: dropping what is said before a name, and sorting by given name.

Never decides that two people are one: that is for a person to decide.
"""

from __future__ import annotations

import re
import unicodedata

from portal.text.cleaning import one_line
from portal.text.folding import fold

#: What people put before a name, folded. Forms of several words come before their first word.
_HONORIFIC_TEXT = """
dong chi, d c, bac si, thac si, tien si, ky su, co giao, thay giao, giao su, duoc si, y si, y ta,
ong, ba, anh, chi, co, chu, bac, cu, thay, em, di, cau, mo, thim,
dc, ths, ts, bs, ks, cn, gs, pgs, ds, ys
"""
_HONORIFICS = [tuple(form.split()) for form in _HONORIFIC_TEXT.split(",")]
#: Folded, these are also family names (Chu, Cù, Bạc, Cổ), which matter more than a form of address.
_ALSO_FAMILIES = frozenset({"chu", "cu", "bac", "co"})
#: These two follow a family name, never a form of address.
_AFTER_FAMILY = frozenset({"thi", "van"})
#: Chu is a common family in the province; "chú" before two names without a family is rare.
_LIKELY_FAMILIES = frozenset({"chu"})
_FAMILY_TEXT = """
nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly nong vi trieu luong
loc chu be dam dao dinh doan ha hua lam la linh luc lu ma mac mai mong nghiem phung quach
sam si ta tang than thach tong trinh truong to tu vuong xa an au bach cao chau cung dau du
giap khong kieu lieu luu ninh on phu phuong quan sung thai tham thi tieu ton vang vien y
hau ban bang cam diep hac khuong lo moc nhu chung
"""
_FAMILIES = frozenset(_FAMILY_TEXT.split())

#: The levels of places as they stand before a name, folded.
_LEVELS = ("phuong ", "xa ", "thi tran ", "dac khu ", "tinh ", "thanh pho ")

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_ALPHABET = {
    letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)
}

#: The letters of one word in Vietnamese order, then its tones (ngang 0 … nặng 5).
WordKey = tuple[tuple[int, ...], tuple[int, ...]]
#: Given name, family name, the names between, and the name itself to tell the rest apart.
NameKey = tuple[WordKey, WordKey, tuple[WordKey, ...], str]

_NOTHING: WordKey = ((), ())
#: A number in a name counts by its value up to so many digits.
_DIGITS = 6
_NUMBER = re.compile(r"[0-9]+")


def drop_honorifics(folded_words: list[str]) -> list[str]:
    """The folded words of a name without what is said before it (ông, cô giáo, đ/c, ThS, BS).

    Only leading words go, and the last word always stays, so a person called Anh or Bác keeps the
    name. A word that is here a family name stays too: "chu thi man" is Chu Thị Mận.
    """
    words = list(folded_words)
    while length := _honorific_length(words):
        words = words[length:]
    return words


def name_key(name: str) -> NameKey:
    """The sort key of a person's name, as Vietnamese lists are sorted.

    By given name (the last word), then family name, then the names between; letters in the order
    a ă â b c d đ e ê … y, and between equal letters ngang, huyền, hỏi, ngã, sắc, nặng.
    """
    shown = one_line(name)
    words = [_word_key(word) for word in shown.lower().split()]
    if not words:
        return (_NOTHING, _NOTHING, (), "")
    family = words[0] if len(words) > 1 else _NOTHING
    return (words[-1], family, tuple(words[1:-1]), shown)


def name_order(name: str) -> str:
    """The sort key of a name as text for a column: byte by byte it sorts as ``name_key`` does."""
    given, family, between, _shown = name_key(name)
    return "".join(map(_as_text, (given, family, *between)))


def place_key(name: str) -> tuple[WordKey, ...]:
    """The sort key of anything but a person: word by word in Vietnamese order, numbers by size."""
    words = one_line(name).lower().split()
    return tuple(_word_key(_NUMBER.sub(_padded, word)) for word in words)


def place_order(name: str) -> str:
    """The sort key of anything but a person for a column: it sorts as ``place_key`` does."""
    return "".join(map(_as_text, place_key(name)))


def without_level(name: str) -> str:
    """The name of a place without its level: "Đông Kinh" of "Phường Đông Kinh"."""
    folded = fold(name) + " "
    level = next((level for level in _LEVELS if folded.startswith(level)), "")
    return name.split(" ", len(level.split()))[-1] if level else name


def _as_text(word: WordKey) -> str:
    """One word with an end after its letters and its tones that sorts before all of them."""
    letters, tones = word
    shown = (chr(0x40 + each) if each < 1000 else f"z{chr(each - 1000)}" for each in letters)
    return f"{''.join(shown)}!{''.join(map(str, tones))}!"


def _padded(number: re.Match[str]) -> str:
    return number[0].zfill(_DIGITS)


def _honorific_length(words: list[str]) -> int:
    """How many leading words are a form of address, leaving at least one word of the name."""
    for form in _HONORIFICS:
        if len(words) > len(form) and tuple(words[: len(form)]) == form:
            return 0 if _starts_with_family(words) else len(form)
    return 0


def _starts_with_family(words: list[str]) -> bool:
    first, following = words[0], words[1]
    if first not in _ALSO_FAMILIES or len(words) < 3:
        return False
    if following in _AFTER_FAMILY:
        return True
    return first in _LIKELY_FAMILIES and following not in _FAMILIES


def _word_key(word: str) -> WordKey:
    decomposed = unicodedata.normalize("NFD", word)
    tones = tuple(_TONES[c] for c in decomposed if c in _TONES)
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return tuple(_ALPHABET.get(c, 1000 + ord(c)) for c in letters), tones
