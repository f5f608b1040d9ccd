"""Merging: the letters of one case go on in another, and can be taken out again.

Every letter keeps its code, its words and what its writer has read; nobody who wrote learns of
another. A merged case is on no list, and goes where its letters are.
"""

from moderation.merging.joining import (
    GoesAnotherWay,
    HidesFromHandler,
    OtherKind,
    OtherPerson,
    check_merge,
    may_take_in,
    merge,
    merge_copy,
    movable,
)
from moderation.merging.parting import holds, may_part, unmerge
from moderation.merging.stock import retell, take_stock

__all__ = [
    "GoesAnotherWay",
    "HidesFromHandler",
    "OtherKind",
    "OtherPerson",
    "check_merge",
    "holds",
    "may_part",
    "may_take_in",
    "merge",
    "merge_copy",
    "movable",
    "retell",
    "take_stock",
    "unmerge",
]
