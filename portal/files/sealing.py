"""Sealing a file in pieces: each is bound to its file, its place, and whether it is the last.

So a piece that was changed, moved, left out or brought from another file does not open, and a file
that was cut short is told by its last piece. No more than one piece is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from portal.vault import decrypt, encrypt

PIECE_BYTES = 256 * 1024
#: The nonce before a piece and the tag behind it.
_MORE_BYTES = 28
_TABLE = "attachment"


def sealed_pieces(key: bytes, uid: bytes, plain: BinaryIO) -> Iterator[bytes]:
    """The pieces of a file from where it stands to its end, sealed one by one."""
    number, piece = 0, plain.read(PIECE_BYTES)
    while True:
        following = plain.read(PIECE_BYTES)
        yield encrypt(key, piece, _TABLE, uid, _place(number, last=not following))
        if not following:
            return
        number, piece = number + 1, following


def opened_pieces(key: bytes, uid: bytes, stored: Iterable[bytes]) -> Iterator[bytes]:
    """What was sealed, piece by piece. Raises CannotOpen at the first that is not in its place."""
    number, piece = 0, b""
    for following in _cut(stored):
        if piece:
            yield decrypt(key, piece, _TABLE, uid, _place(number, last=False))
            number += 1
        piece = following
    yield decrypt(key, piece, _TABLE, uid, _place(number, last=True))


def _place(number: int, *, last: bool) -> str:
    """Where a piece belongs."""
    return f"piece|{number}|{'last' if last else 'more'}"


def _cut(stored: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of the length at which they were sealed."""
    size, left = PIECE_BYTES + _MORE_BYTES, bytearray()
    for some in stored:
        left += some
        while len(left) >= size:
            yield bytes(left[:size])
            del left[:size]
    if left:
        yield bytes(left)
