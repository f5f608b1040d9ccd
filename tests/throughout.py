"""One test that goes through many things and names each that fails.

A rule for thousands of files or letters would else be thousands of tests, each of which costs more
to set up than to carry out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

Thing = TypeVar("Thing")


def for_each(
    things: Collection[Thing], named: Callable[[Thing], str] = str
) -> Callable[[Callable[[Thing], None]], Callable[[], None]]:
    """Have a test of one thing go through all of them; there has to be one.

    All that fail are reported together, as an ExceptionGroup, each with its name.
    """

    def decorate(test: Callable[[Thing], None]) -> Callable[[], None]:
        def go_through() -> None:
            assert things
            failed: list[Exception] = []
            for thing in things:
                try:
                    test(thing)
                except Exception as error:
                    error.add_note(f"with {named(thing)}")
                    failed.append(error)
            if failed:
                raise ExceptionGroup(f"{len(failed)} of {len(things)} failed", failed)

        go_through.__name__, go_through.__doc__ = test.__name__, test.__doc__
        go_through.__module__ = test.__module__
        return go_through

    return decorate
