"""Showing somebody what they told of themselves, so that nobody beside them reads it. Pure."""

from __future__ import annotations

import re

_SIGN = re.compile(r"[^\W_]")
#: So many letters stay at the end of a number, and one at the beginning of each word.
_DIGITS_KEPT = 3
_DOT = "•"


def half_hidden(text: str) -> str:
    """A text whose writer knows it again: of a number the end stays, of words their first letter.

    A number of eight digits and more is a telephone number; the domain of a mail address stays.
    """
    before, at, domain = text.partition("@")
    if at:
        return before[:1] + _SIGN.sub(_DOT, before[1:]) + at + domain
    if sum(map(str.isdigit, text)) >= 8 and not any(map(str.isalpha, text)):
        return _SIGN.sub(_DOT, text[:-_DIGITS_KEPT]) + text[-_DIGITS_KEPT:]
    return " ".join(word[:1] + _SIGN.sub(_DOT, word[1:]) for word in text.split(" "))
