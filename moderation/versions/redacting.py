"""Taking passages out of a text by hand. Pure: nothing is decided and nothing is kept here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.text import clean
from portal.text.masked import WORDS

#: A sentence ends with its signs and what closes behind them, or with the line.
_SENTENCE = re.compile(r"[^.!?…\n]*(?:\.(?=[^\s\"”)\]])[^.!?…\n]*)*(?:[.!?…]+[\"”)\]]*|$)", re.M)
#: Two gaps with nothing between them are one.
_GAPS = re.compile(rf"{re.escape(WORDS['removed'])}(?:\s+{re.escape(WORDS['removed'])})+")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in their order, those that are gone already left out."""
    found = (match[0].strip() for match in _SENTENCE.finditer(clean(text)))
    return tuple(each for each in found if each and each != WORDS["removed"])


def without(text: str, passages: Iterable[str]) -> str:
    """The text with each of these passages taken out, wherever it stands by itself.

    A gap says that something was there. What does not stand in the text changes nothing, and a
    name is not cut out of a longer one.
    """
    for passage in sorted({clean(each) for each in passages}, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, passage.split()))
        if words:
            alone = re.compile(rf"(?<![^\W_]){words}(?![^\W_])", re.IGNORECASE)
            text = alone.sub(WORDS["removed"], text)
    return _GAPS.sub(WORDS["removed"], text)
