"""Hiding small counts where everybody may read, so that nobody finds them by subtraction. Pure.

A count below ``FEW`` says something about persons and is printed as "< 5". Where it could be worked
out from a sum that is printed, another count is hidden beside it; what stands below a hidden count
is not printed at all. Whoever knows everything that is printed, and these rules, is still left with
more than one number for each small count.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence

from moderation.reports.figures import Value
from portal.text import vn_number

#: The least count that is printed where everybody may read. Zero is nobody, and is printed.
FEW = 5


class Hidden(enum.Enum):
    """Why a number is not printed."""

    #: It is small itself.
    FEW = "few"
    #: It would tell a small one; it may be any number.
    BESIDE = "beside"


Shown = int | Hidden | None


def suppress(total: Value, parts: Sequence[Value]) -> tuple[Shown, list[Shown]]:
    """A sum and its parts, as everybody may read them. A blank stays a blank."""
    shown = [_alone(value) for value in parts]
    few = [place for place, each in enumerate(shown) if each is Hidden.FEW]
    if total is None or not few:
        return _alone(total), shown
    if isinstance(_alone(total), Hidden):
        # Four of them below five could only be one each.
        return Hidden.FEW, shown if len(few) < FEW - 1 else _none(shown)
    if _open(parts, few, ()):
        return total, shown
    others = sorted(
        (value, place) for place, value in enumerate(parts) if value and place not in few
    )
    ways = [[place] for _value, place in others]
    ways += [[place for _value, place in others[: count + 1]] for count in range(len(others))]
    beside = next((way for way in ways if _open(parts, few, way)), None)
    if beside is None:
        return total, _none(shown)
    return total, [Hidden.BESIDE if place in beside else each for place, each in enumerate(shown)]


def suppress_tree(
    top: int, *, values: Mapping[int, Value], below: Mapping[int, Sequence[int]]
) -> dict[int, Shown]:
    """The counts of a tree whose sums are those of what stands below them."""
    found: dict[int, Shown] = {top: _alone(values[top])}
    waiting = [top]
    while waiting:
        number = waiting.pop()
        under = below.get(number, ())
        parts = [values[each] for each in under]
        if isinstance(found[number], Hidden):
            shown: list[Shown] = [None if value is None else Hidden.BESIDE for value in parts]
        else:
            _total, shown = suppress(values[number], parts)
        found.update(zip(under, shown, strict=True))
        waiting += under
    return found


def suppressed(shown: Shown, blank: str) -> str:
    """A count as it is printed."""
    if isinstance(shown, Hidden):
        return f"< {FEW}" if shown is Hidden.FEW else "*"
    return blank if shown is None else vn_number(shown)


def _alone(value: Value) -> Shown:
    """A count by itself."""
    return Hidden.FEW if value is not None and 0 < value < FEW else value


def _none(shown: Sequence[Shown]) -> list[Shown]:
    """The same with nothing told: not even which of them are small."""
    return [None if each is None else each if each == 0 else Hidden.BESIDE for each in shown]


def _open(parts: Sequence[Value], few: Sequence[int], beside: Sequence[int]) -> bool:
    """Whether what is hidden comes to a number that leaves a small one more than one way."""
    hidden = sum(parts[place] or 0 for place in (*few, *beside))
    ways = [one for one in range(1, FEW) if _possible(hidden - one, len(few) - 1, bool(beside))]
    return len(ways) > 1


def _possible(rest: int, few: int, beside: bool) -> bool:
    """Whether so many small numbers, and others where there are any, may come to a number."""
    least, most = few, few * (FEW - 1)
    exactly = least <= rest <= most
    # The others are no small numbers: together nothing, or at least as much as is printed.
    return exactly or (beside and rest - least >= FEW)
