"""Whether what was typed could reach somebody. Pure: whether anybody is there is not asked."""

from __future__ import annotations

import re

#: Digits with what people put between them, and the sign before the number of a country.
_TELEPHONE = re.compile(r"\+?[\d\s.\-()/]+")
_FEWEST, _MOST = 8, 15
_MAIL = re.compile(r"[^\s@<>,;:\"'()\[\]]+@(?:[^\s@.<>,;:\"'()\[\]]+\.)+[^\W\d_]{2,}")


def is_telephone(text: str) -> bool:
    """Whether this is a telephone number: eight to fifteen digits and nothing but signs between."""
    digits = sum(sign.isdigit() for sign in text)
    return _FEWEST <= digits <= _MOST and _TELEPHONE.fullmatch(text) is not None


def is_mail(text: str) -> bool:
    """Whether this is one mail address and nothing else."""
    return _MAIL.fullmatch(text) is not None
