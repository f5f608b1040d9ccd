"""Whether a text says anything at all: dots and hearts leave a reader to guess."""

from __future__ import annotations

from itertools import islice


def has_letters(text: str, least: int) -> bool:
    """Whether a text has so many letters or digits; marks, signs and emoji are none."""
    return sum(1 for _letter in islice(filter(str.isalnum, text), least)) == least
