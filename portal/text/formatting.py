"""Dates and numbers as Vietnamese readers write them. English pages show the same."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from portal.clock import VIETNAM


def vn_date(day: date | datetime) -> str:
    """Day first: ``23/11/2026``. Of a moment, the day on which it falls in Vietnam.

    A moment without its time zone raises ``ValueError``.
    """
    if isinstance(day, datetime):
        day = _in_vietnam(day).date()
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def vn_datetime(moment: datetime) -> str:
    """Hour, then day, in Vietnam: ``17:00, 23/11/2026``.

    A moment without its time zone raises ``ValueError``.
    """
    local = _in_vietnam(moment)
    return f"{local.hour:02}:{local.minute:02}, {vn_date(local)}"


def vn_number(number: int) -> str:
    """Thousands apart by points: ``1.136``."""
    return f"{number:,}".replace(",", ".")


def vn_size(size: int) -> str:
    """The size of a file: ``2,1 MB``, or ``340 KB`` where it is less than one; never nothing."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1_000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def vn_percent(percent: float | Decimal, digits: int = 1) -> str:
    """A number of hundredths with a decimal comma: ``vn_percent(0.6, 2)`` is ``0,60%``.

    Halves are rounded away from zero, as in hand-made reports.
    """
    unit = Decimal(1).scaleb(-digits)
    rounded = Decimal(str(percent)).quantize(unit, rounding=ROUND_HALF_UP)
    return f"{rounded:,f}%".translate({ord(","): ".", ord("."): ","})


def _in_vietnam(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(VIETNAM)
