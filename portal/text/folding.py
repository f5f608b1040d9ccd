"""Folding: keys for comparing and searching. A key is compared and indexed, never shown or stored
in place of what a person wrote.
"""

from __future__ import annotations

import re
import unicodedata

from portal.text.cleaning import clean

_WORD = re.compile(r"[^\W_]+")
_MARKED_WORD = re.compile(r"[\w\u0300-\u036f]+")
#: The marks of all that is written here; those of other scripts are looked for one by one.
_LATIN_MARKS = re.compile("[\u0300-\u036f]+")
_CROSSED = {ord("đ"): "d", ord("\u00f0"): "d"}
#: Open oa, oe, uy with the tone on the second vowel; "quý" has its u in the consonant.
_NEW_PLACEMENT = re.compile(r"(?:(o)([àáảãạèéẻẽẹ])|(?<!q)(u)([ỳýỷỹỵ]))(?![^\W_])")


def fold(text: str) -> str:
    """The key for search: lower case, no diacritics, words apart by one space.

    "Đông Kinh", its NFD spelling, and the one typed with Eth all give "dong kinh"; so old and
    new tone placement are equal too. Folding twice changes nothing more.
    """
    return " ".join(syllables(text))


def syllables(text: str) -> list[str]:
    """The folded words, in order: of "Bà Bế Thị Sao" they are ba, be, thi, sao."""
    return _WORD.findall(_without_marks(clean(text)))


def canonical(text: str) -> str:
    """The key for comparing with exact diacritics: lower case, words apart by one space.

    Only the tone in open oa, oe, uy is moved to its older place, so "hoà" equals "hòa" and
    "thuỷ" equals "thủy", while "quý", "toán" and "khuỷu" stay as they are.
    """
    cleaned = clean(text)
    plain = unicodedata.normalize("NFKC", cleaned)
    # What most people write has no other form, and is as clean as it was.
    lowered = (cleaned if plain == cleaned else clean(plain)).lower()
    words = _MARKED_WORD.findall(unicodedata.normalize("NFC", lowered).replace("_", " "))
    return _NEW_PLACEMENT.sub(_move_tone, " ".join(words))


def _without_marks(text: str) -> str:
    """Lower case without diacritics; đ (and Eth) has none to drop, it is a letter of its own."""
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    plain = _LATIN_MARKS.sub("", lowered).translate(_CROSSED)
    if plain.isascii():
        return plain
    return "".join(c for c in plain if unicodedata.category(c) != "Mn")


def _move_tone(match: re.Match[str]) -> str:
    first, second = match[1] or match[3], match[2] or match[4]
    base_and_tone = unicodedata.normalize("NFD", second)
    return unicodedata.normalize("NFC", first + base_and_tone[1]) + base_and_tone[0]
