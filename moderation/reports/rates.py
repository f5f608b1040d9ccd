"""How figures are written: as Vietnamese readers write them, and never more exact than they are.

Three digits that say something, at most two of them decimals: ``14,4%``, ``0,60%``, ``5,34%``. What
is not nothing is never written as nothing, nor what is not all as all.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from moderation.reports.figures import Rate, Value
from portal.text import vn_number, vn_percent

BLANK = "–"
_LEAST, _MOST = Decimal("0.01"), Decimal("99.9")
#: From here on two decimals would round to ten and say a digit more than the others.
_TEN = Decimal("9.995")


def written(value: Value) -> str:
    """A number, or the sign for a blank."""
    return BLANK if value is None else vn_number(value)


def rated(rate: Rate) -> str:
    """A rate in hundredths, or the sign for a blank."""
    part, whole = rate.part.value, rate.whole.value
    return BLANK if part is None or not whole else percent(part, whole)


def hundredths(rate: Rate) -> float | None:
    """A rate as a number to calculate with, in hundredths and not rounded; nothing for a blank."""
    part, whole = rate.part.value, rate.whole.value
    return None if part is None or not whole else 100 * part / whole


def percent(part: int, whole: int) -> str:
    """So many of so many, in hundredths. ``whole`` is more than nothing."""
    if part in {0, whole}:
        return vn_percent(100 if part else 0, 0)
    exact = Decimal(part) * 100 / Decimal(whole)
    shown = exact.quantize(Decimal(1).scaleb(-decimals(exact)), rounding=ROUND_HALF_UP)
    if not shown:
        return f"< {vn_percent(_LEAST, 2)}"
    if shown == 100 and exact < 100:
        return f"> {vn_percent(_MOST, 1)}"
    return vn_percent(exact, decimals(exact))


def decimals(exact: Decimal) -> int:
    """How many decimals leave three digits that say something, and at most two."""
    return 2 if exact < _TEN else 1 if exact < 100 else 0
