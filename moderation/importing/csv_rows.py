"""The rows of a CSV file. Pure: bytes in, rows out.

UTF-8 with or without its mark, and what Excel calls Unicode text (UTF-16), are read. Every other
way of writing Vietnamese in bytes can be mistaken for a second one, so it is refused, with the row
and the column of the first sign that is none. Windows-1258 is named, because Excel writes it where
Windows is set to Vietnamese; a guess good enough for a hint is not good enough for a name.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from moderation.importing.row_limits import MOST_SIGNS, Fault, Row, bounded, picked

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PIECE = 256 * 1024
_BETWEEN = ",;\t|"
_SHAPES, _TONES = ("", "\u0302", "\u0306", "\u031b"), ("", *"\u0300\u0301\u0303\u0309\u0323")
#: Every small letter of Vietnamese beyond ASCII: a vowel with its shape and its tone, and the d.
_LETTERS = {
    unicodedata.normalize("NFC", vowel + shape + tone)
    for vowel in "aeiouy"
    for shape in _SHAPES
    for tone in _TONES
} | {chr(0x111)}


def prepare() -> None:
    """Load what later could not be opened."""
    for name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"):
        codecs.lookup(name)
    csv.field_size_limit(MOST_SIGNS * 4)


def sheets(given: BinaryIO) -> Iterator[CsvSheet]:
    """The one sheet of a file. Raises Fault for what is no text, or empty."""
    yield CsvSheet(given)


class CsvSheet:
    """A file whose bytes were all found to be text."""

    name = ""

    def __init__(self, given: BinaryIO) -> None:
        """Look at every byte once."""
        self._given = given
        given.seek(0)
        start = given.read(_PIECE)
        self._encoding = "utf-16" if start.startswith(_UTF_16) else "utf-8-sig"
        self.length = _check(given, self._encoding)
        given.seek(0)
        first = start.decode(self._encoding, errors="ignore")
        self._between, self._told = _between(first)
        self._head = 0

    def check(self, head: int) -> None:
        """Remember how wide the head is: a row that is wider has a sign between cells too many."""
        self._head = head

    def rows(self, places: Sequence[int] | None, most: int | None) -> Iterator[Row]:
        """Its rows, numbered as a sheet shows them. Raises Fault where a quote never ends."""
        self._given.seek(0)
        text = io.TextIOWrapper(self._given, self._encoding, newline="")
        try:
            yield from bounded(self._numbered(text, places), most, places)
        finally:
            text.detach()

    def _numbered(self, text: io.TextIOWrapper, places: Sequence[int] | None) -> Iterator[Row]:
        number = width = 0
        reader = csv.reader(text, delimiter=self._between, strict=True)
        try:
            for number, cells in enumerate(reader, start=1):
                if number == self._head:
                    width = max(len(cells), *(place + 1 for place in places or (0,)))
                elif width and any(cell.strip() for cell in cells[width:]):
                    raise Fault("wider", number, width + 1)
                if number > self._told:
                    yield number, [cell.strip() for cell in picked(cells, places)]
        except csv.Error as error:
            raise Fault("broken", number + 1) from error


def _check(given: BinaryIO, encoding: str) -> int:
    """How many lines there are. Raises Fault at the first byte that belongs to no sign."""
    given.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, tail, filled = 0, b"", False
    while True:
        piece = given.read(_PIECE)
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            # What the decoder had kept of the piece before stands in front of this one.
            before = tail + error.object[: error.start]
            raise _misread(lines, before, encoding, code=_named(error.object)) from error
        if "\0" in text:
            raise Fault("encoding", lines + text[: text.index("\0")].count("\n") + 1)
        lines += text.count("\n")
        filled = filled or bool(text.strip())
        if not piece:
            break
        tail = _last_line(tail, piece)
    if not filled:
        raise Fault("empty")
    return lines + 1


def _last_line(tail: bytes, piece: bytes) -> bytes:
    """What stands of the last line so far, as much as a row may hold."""
    return (
        (tail + piece).rpartition(b"\n")[2][-_PIECE:]
        if b"\n" in piece
        else (tail + piece)[-_PIECE:]
    )


def _named(piece: bytes) -> str:
    """What to say of bytes that are no UTF-8: whether all of them are Vietnamese in Windows-1258,
    which writes a tone as a sign of its own after its vowel.
    """
    read = piece.decode("cp1258", errors="replace")
    whole = unicodedata.normalize("NFC", read)
    beyond = {sign for sign in whole.lower() if not sign.isascii()}
    return "windows_1258" if len(whole) < len(read) and beyond <= _LETTERS else "encoding"


def _misread(lines: int, before: bytes, encoding: str, *, code: str) -> Fault:
    """The row and the column of a byte, told by what stands before it."""
    row = lines + before.count(b"\n") + 1
    line = before.rpartition(b"\n")[2]
    if encoding == "utf-16":
        return Fault("encoding", row)
    between = max(_BETWEEN, key=lambda sign: line.count(sign.encode()))
    return Fault(code, row, line.count(between.encode()) + 1)


def _between(text: str) -> tuple[str, int]:
    """What stands between cells, and how many rows only say so ("sep=;", as Excel writes it)."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lower().startswith("sep=") and len(first) == len("sep=;"):
        return first[-1], 1
    outside = "".join(first.split('"')[::2])
    return max(_BETWEEN, key=outside.count), 0
