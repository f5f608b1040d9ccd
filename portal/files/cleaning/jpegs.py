"""What a JPEG says beside its pixels, taken out without drawing it anew.

For photographs inside a PDF: drawing them anew would lose sharpness each time, and a scan of a
page has little to spare.
"""

from __future__ import annotations

_START, _SCAN, _END = 0xD8, 0xDA, 0xD9
#: Adobe's note says in which colours the pixels are; without it they come out wrong.
_ADOBE = 0xEE
#: Notes of programs, among them place and camera, and remarks.
_SAYS = (*range(0xE0, 0xF0), 0xFE)


def without_words(picture: bytes) -> bytes:
    """The same pixels without notes and remarks, and without what hangs on behind the end.

    Raises ValueError for what is no JPEG.
    """
    if picture[:2] != bytes((0xFF, _START)):
        raise ValueError("no JPEG")
    parts, at = [picture[:2]], 2
    while at < len(picture):
        if picture[at] != 0xFF:
            raise ValueError("no marker where one must be")
        marker = picture[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            break
        length = int.from_bytes(picture[at + 2 : at + 4])
        if length < 2:
            raise ValueError("a part without a length")
        after = at + 2 + length
        if marker == _SCAN:
            after = _end_of_scan(picture, after)
        if marker == _ADOBE or marker not in _SAYS:
            parts.append(picture[at:after])
        at = after
    return b"".join((*parts, bytes((0xFF, _END))))


def _end_of_scan(picture: bytes, at: int) -> int:
    """Where the next marker stands behind the pixels of one scan."""
    while (at := picture.find(b"\xff", at)) >= 0:
        following = picture[at + 1 : at + 2]
        # A zero makes the byte one of the pixels; eight markers only let a reader start again.
        if following and following != b"\0" and not 0xD0 <= following[0] <= 0xD7:
            return at
        at += 2
    return len(picture)
