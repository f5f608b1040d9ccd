"""Pages that are drawn once and filled in for each visitor.

Drawing a form costs a hundred times more than copying it. Only what differs between visitors is
put in: the tokens. Nothing that anybody typed ever becomes part of a skeleton.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

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
        **values: str,
    ) -> bytes:
        """The page with its values, which must need no escaping.

        ``draw`` is called with a mark in place of each value, the first time and whenever
        ``basis`` is another object than before.
        """
        kept = self._kept.get(key)
        if kept is None or kept.basis is not basis:
            kept = self._kept[key] = _cut(basis, draw({name: f"@@{name}@@" for name in values}))
        pieces = [kept.parts[0]]
        for name, part in zip(kept.names, kept.parts[1:], strict=True):
            pieces += (values[name].encode(), part)
        return b"".join(pieces)


def _cut(basis: object, page: str) -> _Skeleton:
    """Cut a drawn page at its marks."""
    pieces = _MARK.split(page)
    parts = tuple(piece.encode() for piece in pieces[::2])
    return _Skeleton(basis, parts, tuple(pieces[1::2]))
