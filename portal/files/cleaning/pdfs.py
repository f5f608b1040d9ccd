"""Cleaning a PDF: its pages are taken over into a new document, and nothing else of it.

Run as a program by a process that is thrown away, see ``portal.apart``. A page keeps what draws it.
What it does, names, links to or carries along is left behind: actions and scripts, forms, files,
the document's information, thumbnails, links. What a form or a note shows is drawn into its page
first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Name, Object, Pdf, StreamDecodeLevel

from portal.apart.confining import BROKEN, LOCKED, TOO_LARGE, Refused, run
from portal.files.cleaning import jpeg2000s, jpegs

PAGES = 300
#: Within these the last line of a document stands, as all readers have it.
_TAIL_BYTES = 1024
OBJECTS = 200_000
#: What all streams of a document hold at most when they are unpacked.
UNPACKED_BYTES = 400_000_000
#: No picture inside has more pixels.
PIXELS = 256_000_000
#: No photograph has fewer bytes; smaller pictures may stay among the words that draw a page.
_SMALLEST_PHOTO = 256

#: How deep pages may lie in the tree of pages, and values in each other.
_LEVELS = 40
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_OF_A_PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Resources", "/Group")
#: What no object of a page may have: actions, scripts, what lies outside or is carried along, and
#: what is told about the document.
_NEVER = frozenset(
    (
        *("/A", "/AA", "/OpenAction", "/JS", "/JavaScript", "/URI", "/Launch", "/GoTo", "/GoToR"),
        *("/EF", "/AF", "/EmbeddedFiles", "/Filespec", "/F", "/FFilter", "/FDecodeParms", "/FS"),
        *("/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Ref", "/Alternates", "/Annots"),
        *("/StructParent", "/StructParents", "/Measure", "/PtData", "/RichMediaContent", "/XFA"),
    )
)
#: Of these only streams are rid: elsewhere they may be the name of a font or a picture.
_SHORT = frozenset({"/A", "/F", "/FS"})
#: How notes are taken out of pictures, by the filter that they are kept with.
_SILENCED = {"/DCTDecode": jpegs.without_words, "/JPXDecode": jpeg2000s.without_words}
#: Filters of pictures: what they hold is pixels and is not unpacked here.
_OF_PICTURES = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"})


def clean(given: BinaryIO, made: BinaryIO) -> None:
    """Write the pages anew. Raises Refused, and whatever the library raises for a broken file."""
    with _opened(given) as old, Pdf.new() as new:
        if not 1 <= len(old.pages) <= PAGES:
            raise Refused(TOO_LARGE if len(old.pages) else BROKEN)
        if len(old.objects) > OBJECTS:
            raise Refused(TOO_LARGE)
        old.generate_appearance_streams()
        old.flatten_annotations("all")
        for page in old.pages:
            page.externalize_inline_images(min_size=_SMALLEST_PHOTO)
            kept = pikepdf.Dictionary({"/Type": Name.Page, **_kept(page.obj)})
            new.pages.append(pikepdf.Page(old.make_indirect(kept)))
        _strip(new)
        _save(new, made)


def _opened(given: BinaryIO) -> Pdf:
    """The document. Raises Refused for one that is locked, also with an empty password, and for
    one that stops before its end, which the library would mend.
    """
    given.seek(-min(_TAIL_BYTES, given.seek(0, os.SEEK_END)), os.SEEK_END)
    if b"%%EOF" not in given.read():
        raise Refused(BROKEN)
    given.seek(0)
    try:
        document = Pdf.open(given, access_mode=pikepdf.AccessMode.stream)
    except pikepdf.PasswordError as error:
        raise Refused(LOCKED) from error
    if document.is_encrypted:
        raise Refused(LOCKED)
    return document


def _kept(page: Object) -> dict[str, Object]:
    """The entries of a page that are taken over, also those that it inherits."""
    found: dict[str, Object] = {}
    node: Any = page
    for _level in range(_LEVELS):
        for name in _OF_A_PAGE if node is page else _INHERITED:
            if name in node and name not in found:
                found[name] = node[name]
        if "/Parent" not in node:
            return found
        node = node["/Parent"]
    raise Refused(BROKEN)


def _strip(document: Pdf) -> None:
    """Take what is never kept out of every object, and measure what each stream unpacks to."""
    unpacked = 0
    for thing in document.objects:
        for part in _parts(thing):
            never = _NEVER if isinstance(part, pikepdf.Stream) else _NEVER - _SHORT
            for name in never.intersection(part.keys()):
                del part[name]
        if isinstance(thing, pikepdf.Stream):
            unpacked += _measured(thing)
            if unpacked > UNPACKED_BYTES:
                raise Refused(TOO_LARGE)


def _parts(thing: Object, depth: int = 0) -> Iterator[Any]:
    """An object's dictionaries, its own and those that lie directly in it."""
    if depth > _LEVELS:
        raise Refused(BROKEN)
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield thing
        inside = [value for _name, value in thing.items()]
    elif isinstance(thing, pikepdf.Array):
        inside = list(thing)
    else:
        return
    for value in inside:
        if not getattr(value, "is_indirect", True):
            yield from _parts(value, depth + 1)


def _measured(stream: Any) -> int:
    """How many bytes a stream unpacks to; a picture is measured by its pixels."""
    names = [str(each) for each in _listed(stream.get("/Filter"))]
    if not _OF_PICTURES.intersection(names):
        return len(stream.read_bytes(StreamDecodeLevel.generalized))
    if int(stream.get("/Width", 1)) * int(stream.get("/Height", 1)) > PIXELS:
        raise Refused(TOO_LARGE)
    return _lay_bare(stream, names)


def _lay_bare(stream: Any, names: list[str]) -> int:
    """Take off a picture what is packed around it, and its notes; how many bytes were packed.

    Its filters stand in the order in which a reader undoes them. Raises Refused where one of
    pictures is not the last: what is below it cannot be read here.
    """
    *around, own = names
    if own not in _OF_PICTURES or _OF_PICTURES.intersection(around):
        raise Refused(BROKEN)
    if not around and own not in _SILENCED:
        return 0
    raw = stream.read_raw_bytes()
    with Pdf.new() as apart:
        for name in around:
            packed = pikepdf.Stream(apart, raw, Filter=Name(name))
            raw = packed.read_bytes(StreamDecodeLevel.generalized)
    settings = _listed(stream.get("/DecodeParms"))[len(around) :]
    stream.write(
        _SILENCED.get(own, bytes)(raw),
        filter=Name(own),
        decode_parms=settings[0] if settings else None,
    )
    return len(raw) if around else 0


def _listed(value: Any) -> list[Any]:
    """What may be nothing, one thing or several of them, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _save(document: Pdf, made: BinaryIO) -> None:
    """Write it down, with nothing about when or by what."""
    document.save(
        made,
        static_id=True,
        deterministic_id=False,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.none,
    )


def _load_ciphers() -> None:
    """Let the library load what it tells locked documents by: later nothing can be opened."""
    for strength in (3, 6):
        kept = BytesIO()
        lock = pikepdf.Encryption(
            owner="", user="", R=strength, aes=strength > 3, metadata=strength > 3
        )
        with Pdf.new() as empty:
            empty.save(kept, encryption=lock)
        Pdf.open(kept).close()


if __name__ == "__main__":
    _load_ciphers()
    run(clean)
