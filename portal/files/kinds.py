"""What a file is, told by its first bytes and by nothing that anybody calls it.

The table holds the few kinds that are taken, so no library is asked: those know hundreds, and
each that is not taken would have to be refused again. What begins right is still only a guess
until all of it has been read by the cleaning process.
"""

from __future__ import annotations

import enum

from portal.vocabulary import FileKind

#: As many bytes as ``sniff`` looks at.
HEAD_BYTES = 16
#: The brands of an HEIF file that may hold pictures coded by HEVC (ISO/IEC 23008-12).
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})


class Received(enum.StrEnum):
    """A kind of file that is taken."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"

    @property
    def kept_as(self) -> FileKind:
        """What becomes of it. Offices seldom open HEIC or WebP, so both become JPEG."""
        others = {Received.PNG: FileKind.PNG, Received.PDF: FileKind.PDF}
        return others.get(self, FileKind.JPEG)


def sniff(head: bytes) -> Received | None:
    """The kind that these first bytes begin, or nothing for one that is not taken."""
    if head.startswith(b"\xff\xd8\xff"):
        return Received.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Received.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Received.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return Received.HEIC
    return Received.PDF if head.startswith(b"%PDF-") else None
