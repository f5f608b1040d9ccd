"""The five-letter pieces of a folded text as keyed hashes: what texts are compared by. Pure."""

from __future__ import annotations

import hashlib
from typing import Final

#: Five letters: long enough that two letters about other things share few (design rule).
PIECE: Final = 5
#: The least hashes of a text are taken two by two.
BANDS: Final = 16
_BINS: Final = BANDS * 2
_DIGEST: Final = 8


def pieces_of(text: str) -> set[str]:
    """The pieces of a folded text; a shorter one is a piece itself."""
    return {text[at : at + PIECE] for at in range(max(1, len(text) - PIECE + 1))}


def least_pieces(text: str, key: bytes) -> list[int]:
    """For each of thirty-two bins the least hash of the pieces that fall into it.

    An empty bin takes what the next one holds, so that short texts are compared by what they
    say and not by how short they are.
    """
    bins: dict[int, int] = {}
    for piece in pieces_of(text):
        value, place = divmod(int.from_bytes(keyed_hash(key, piece, _DIGEST)), _BINS)
        bins[place] = min(value, bins.get(place, value))
    filled, last = [0] * _BINS, bins[min(bins)]
    for place in reversed(range(_BINS)):
        last = bins.get(place, last)
        filled[place] = last
    return filled


def keyed_hash(key: bytes, text: str, size: int) -> bytes:
    """A keyed hash of so many bytes."""
    return hashlib.blake2b(text.encode(), key=key, digest_size=size).digest()
