"""Pages that are drawn once and filled in for each visitor.

Drawing a page costs a hundred times more than copying it. What differs between visitors is put in
afterwards, escaped: nothing that anybody typed, and no code, ever becomes part of a skeleton.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from markupsafe import escape

_MARK = re.compile("@@([a-z_]+)@@")


@dataclass(frozen=True)
class _Skeleton:
    #: What the page was drawn from; it is drawn anew when this is another object.
    basis: object
    #: Bytes of the page and names of what goes between them, in turn.
    parts: tuple[bytes, ...]
    names: tuple[str, ...]


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
            kept = self._kept[place] = _cut(basis, draw(marks))
        pieces = [kept.parts[0]]
        for name, part in zip(kept.names, kept.parts[1:], strict=True):
            pieces += (escape(texts[name]).encode(), part)
        return b"".join(pieces)


def _cut(basis: object, page: str) -> _Skeleton:
    """Cut a drawn page at its marks."""
    pieces = _MARK.split(page)
    parts = tuple(piece.encode() for piece in pieces[::2])
    return _Skeleton(basis, parts, tuple(pieces[1::2]))
