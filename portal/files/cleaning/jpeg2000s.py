"""What a JPEG 2000 says beside its pixels, taken out without drawing it anew.

For scans inside a PDF. The format is ISO/IEC 15444-1: boxes around a stream, in whose headers there
may be remarks. Those are blanked and keep their length, because others count on it.
"""

from __future__ import annotations

from collections.abc import Iterator

#: How a file of boxes begins, and how a bare stream does.
_SIGNATURE = bytes.fromhex("0000000c6a502020")
_START = b"\xff\x4f"
_REMARK, _TILE, _DATA, _END = 0xFF64, 0xFF90, 0xFF93, 0xFFD9
#: The boxes that say how the pixels are to be shown; all others say something else.
_SHOW = frozenset((b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jpch", b"jplh", b"jp2c"))
_STREAM = b"jp2c"


def without_words(picture: bytes) -> bytes:
    """The same pixels without remarks, and without boxes that only tell something.

    Raises ValueError for what is no JPEG 2000.
    """
    if picture.startswith(_START):
        return _blanked(picture)
    if not picture.startswith(_SIGNATURE):
        raise ValueError("no JPEG 2000")
    kept = []
    for kind, body in _boxes(picture):
        if kind in _SHOW:
            body = _blanked(body) if kind == _STREAM else body
            kept.append((8 + len(body)).to_bytes(4) + kind + body)
    return b"".join(kept)


def _boxes(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kinds of the boxes and what is in each."""
    at = 0
    while at < len(picture):
        length, head = int.from_bytes(picture[at : at + 4]), 8
        kind = picture[at + 4 : at + 8]
        if length == 1:
            length, head = int.from_bytes(picture[at + 8 : at + 16]), 16
        length = length or len(picture) - at
        if length < head or at + length > len(picture):
            raise ValueError("a box of no such length")
        yield kind, picture[at + head : at + length]
        at += length


def _blanked(stream: bytes) -> bytes:
    """A stream with zeros in place of its remarks, those of the whole and those of each tile."""
    found = bytearray(stream)
    at = _blank_header(found, len(_START))
    while found[at : at + 2] == _TILE.to_bytes(2):
        length = int.from_bytes(found[at + 6 : at + 10]) or len(found) - at
        if length < 14:
            raise ValueError("a tile without a length")
        _blank_header(found, at + 12)
        at += length
    return bytes(found)


def _blank_header(stream: bytearray, at: int) -> int:
    """Blank the remarks from here on; where the first tile begins, or the pixels of this one."""
    while at + 4 <= len(stream):
        marker, length = (int.from_bytes(stream[at + n : at + n + 2]) for n in (0, 2))
        if marker in {_TILE, _DATA, _END}:
            return at
        if marker < 0xFF00 or length < 2:
            raise ValueError("no marker where one must be")
        if marker == _REMARK:
            # What kind of remark it is stays: two bytes behind the length.
            stream[at + 6 : at + 2 + length] = bytes(max(0, length - 4))
        at += 2 + length
    return at
