"""Cleaning: what every field passes on arrival. Never rewrites a word, never escapes, never masks.

What a person wrote is kept as written, except for what cannot be seen and what a keyboard, a word
processor or a paste got wrong. Tone placement (hoà, hòa) is a spelling of the writer and stays.
"""

from __future__ import annotations

import re
import unicodedata

#: Text made of these only needs no look at single characters: ASCII and precomposed Vietnamese.
_ORDINARY = re.compile(
    "[\n -~ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9–—‘’“”…•°²³×]*"
)

_BLANK_LINES = re.compile("\n{4,}")

#: Drawn as nothing although Unicode calls them letters, marks or symbols.
_UNSEEN = frozenset(
    [
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180F, 0x2800, 0x3164, 0xFFA0, 0xFFFC),
        *(0x16FE4, 0x1D159),
        *(*range(0x180B, 0x180E), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),
    ]
)
_LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
_ETH = {ord("\u00d0"): "Đ", ord("\u00f0"): "đ"}

#: Emoji newer than this Python's tables are unassigned to it, and yet a phone draws them.
_NEWER_EMOJI = range(0x1F000, 0x1FC00)

#: No writing here piles more marks on one letter; more would only cover the neighbouring lines.
_PILE = 8


class _Characters(dict[int, str]):
    """A translation table that answers for any character, and remembers none it is asked for."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _LINE_BREAKS:
            return "\n"
        if code in _UNSEEN:
            return ""
        category = unicodedata.category(char)
        if category == "Zs" or char == "\t":
            return " "
        if category == "Cn" and code in _NEWER_EMOJI:
            return char
        return "" if category.startswith("C") else char


#: Vietnamese, composed or not, is looked up at once; everything else is looked at.
_LETTERS = [*range(0x20, 0x7F), *range(0xC0, 0x1B1), *range(0x300, 0x324), *range(0x1EA0, 0x1EFA)]
_CHARACTERS = _Characters({code: chr(code) for code in _LETTERS} | _ETH)


def clean(raw: str) -> str:
    """The text as it is kept: NFC, nothing invisible, plain spaces and line breaks.

    Removed: control and format characters (NUL, zero width, bidi marks, soft hyphens), lone
    surrogates, private and unassigned characters, variation selectors. Eth becomes Đ. Spaces at
    the end of a line, at both ends, and blank lines beyond two in a row go. Emoji stay; a family
    joined by zero width joiners stays as its members side by side. Text of nothing visible
    becomes "". Cleaning twice changes nothing more.
    """
    text = str(raw)
    if not text:
        return ""
    if not _ORDINARY.fullmatch(text):
        text = _recompose(text.replace("\r\n", "\n").translate(_CHARACTERS))
    if "\n" in text:
        lines = [line.rstrip(" ") for line in text.split("\n")]
        text = _BLANK_LINES.sub("\n\n\n", "\n".join(lines))
    return text.strip(" \n")


def one_line(raw: str) -> str:
    """The cleaned text of a single-line field: every run of spaces and line breaks is one space."""
    return " ".join(clean(raw).split())


def _recompose(text: str) -> str:
    """NFC, with piles of marks cut before it (it sorts them slowly) and after it (it adds some)."""
    if not any(map(_is_mark, set(text))):
        return unicodedata.normalize("NFC", text)
    return _thin(unicodedata.normalize("NFC", _thin(text)))


def _thin(text: str) -> str:
    kept: list[str] = []
    pile = 0
    for char in text:
        pile = pile + 1 if _is_mark(char) else 0
        if pile <= _PILE:
            kept.append(char)
    return "".join(kept)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")
