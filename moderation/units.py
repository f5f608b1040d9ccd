"""Units of work one after another, each with a commit of its own, and work piece by piece."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy.orm import Session

from portal.db import Database

_Item = TypeVar("_Item")
log = logging.getLogger(__name__)


def each(database: Database, items: Iterable[int], work: Callable[[Session, int], object]) -> int:
    """Do one unit of work per item; one that fails is reported and does not stop the rest."""
    done = 0
    for item in items:
        try:
            with database.writing() as session:
                work(session, item)
            done += 1
        except Exception as error:  # One bad unit must not stop the others, whatever it is.
            report(item, error)
    return done


def pieces(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """The items in lists of a size, the last one shorter."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def report(item: int, error: Exception) -> None:
    """Say where a unit of work failed; never what it held, which a message could.

    Whether it is tried again is for whoever calls.
    """
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error(
        "unit of work %s failed with %s:\n%s",
        item,
        type(error).__name__,
        where,
    )
