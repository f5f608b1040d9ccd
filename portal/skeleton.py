"""Pages that are drawn once and filled in for each visitor.

Drawing a page costs a hundred times more than copying it. What differs between visitors is put in
afterwards, escaped: nothing that anybody typed, and no code, ever becomes part of a skeleton.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from markupsafe import escape

_MARK = re.compile("@@([a-z_0-9]+)@@")


@dataclass(frozen=True)
class _Skeleton:
    #: What the page was drawn from; it is drawn anew when this is another object.
    basis: object
    #: The page with a place of this language for each text, in bytes: to encode it for each
    #: visitor would take longer than to fill it in.
    page: bytes


class Skeletons:
    """The pages of one process, by a key of which there are only few."""

    def __init__(self) -> None:
        """Begin without any."""
        self._kept: dict[Hashable, _Skeleton] = {}

    def fill(
        self,
        key: Hashable,
        basis: object,
        draw: Callable[[Mapping[str, str]], str],
        texts: Mapping[str, str],
    ) -> bytes:
        """The page with its texts; those that are not Markup are escaped.

        ``draw`` is called with a mark in place of each text, the first time and whenever
        ``basis`` is another object than before. An empty text stays empty, so the page may show
        something else where there is none; it must never look further into a text.
        """
        place = (key, *map(bool, texts.values()))
        kept = self._kept.get(place)
        if kept is None or kept.basis is not basis:
            marks = {name: f"@@{name}@@" if text else "" for name, text in texts.items()}
            kept = self._kept[place] = _Skeleton(basis, _with_places(draw(marks)))
        return kept.page % {
            name.encode(): escape(text).encode() for name, text in texts.items() if text
        }


def _with_places(page: str) -> bytes:
    """A drawn page with places in place of its marks."""
    return _MARK.sub(r"%(\1)s", page.replace("%", "%%")).encode()
