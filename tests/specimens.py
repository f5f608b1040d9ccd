"""Files as people send them, and as people who mean harm would: made here, none of anybody."""

from __future__ import annotations

import io
import random
import zlib
from functools import cache
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

#: What a camera writes into a picture, and what programs write into documents.
CAMERA, AUTHOR, TITLE, REMARK = "TrungKhanhBiec", "KhoanhKhacQuyen", "SapphireXua", "LucBinhTroi"
CARRIED, SCRIPT, LINK = "YemDaoPhai", "DenCuCo", "http://vomcuonreu.example"
NEEDLES = (CAMERA, AUTHOR, TITLE, REMARK, CARRIED, SCRIPT, LINK)
#: Where a picture was taken, as degrees, minutes and seconds.
PLACE = ((21.0, 51.0, 10.0), (106.0, 45.0, 40.0))
_HEIC = Path(__file__).parent / "portal" / "files" / "photo.heic"


def said() -> Image.Exif:
    """What a telephone says of a picture: where, with what, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, CAMERA
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", PLACE[0], "E", PLACE[1]
    return exif


def picture(width: int = 96, height: int = 64) -> Image.Image:
    """A picture with something on it; the same of the same size."""
    small = Image.frombytes("RGB", (8, 8), random.Random(7).randbytes(192))
    return small.resize((width, height))


@cache
def photo(kind: str = "JPEG", width: int = 96, height: int = 64) -> bytes:
    """A picture as a telephone sends it, with the place where it was taken."""
    if kind == "HEIC":
        return _HEIC.read_bytes()
    made = io.BytesIO()
    picture(width, height).save(made, kind, exif=said())
    return made.getvalue()


@cache
def large_photo() -> bytes:
    """A photograph of twelve megapixels and twelve megabytes, with its place."""
    noise = Image.frombytes("L", (2000, 1500), random.Random(7).randbytes(3_000_000))
    made = io.BytesIO()
    scene = Image.merge("RGB", (noise, noise.rotate(90, expand=False), noise.rotate(180)))
    scene.resize((4000, 3000)).save(made, "JPEG", quality=98, exif=said())
    return made.getvalue()


@cache
def bomb() -> bytes:
    """A picture of a few kilobytes that unpacks to more pixels than anybody photographs."""
    made = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(made, "PNG")
    return made.getvalue()


@cache
def document(*, password: str | None = None, pages: int = 1, bomb: bool = False) -> bytes:
    """A PDF with everything in it that a page does not need, and a photograph with its place."""
    with Pdf.new() as pdf:
        image = _image(pdf)
        for number in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
            page = pdf.pages[number]
            page.Contents = pdf.make_stream(b"q 300 0 0 200 100 300 cm /Im0 Do Q")
            page.Resources = Dictionary(XObject=Dictionary(Im0=image))
        _burden(pdf)
        if bomb:
            pdf.pages[0].Contents = pdf.make_stream(deep(), Filter=Name.FlateDecode)
        made = io.BytesIO()
        lock = pikepdf.Encryption(owner="x", user=password) if password is not None else None
        pdf.save(made, encryption=lock or False)
    return made.getvalue()


def _image(pdf: Pdf) -> pikepdf.Stream:
    made = io.BytesIO()
    picture().save(made, "JPEG", exif=said(), comment=REMARK.encode())
    stream = pdf.make_stream(made.getvalue())
    for name, value in {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": 96,
        "Height": 64,
        "ColorSpace": Name.DeviceRGB,
        "BitsPerComponent": 8,
        "Filter": Name.DCTDecode,
    }.items():
        stream[f"/{name}"] = value
    return stream


def _burden(pdf: Pdf) -> None:
    """Give it what programs and attackers add."""
    pdf.docinfo["/Author"] = AUTHOR
    with pdf.open_metadata() as words:
        words["dc:title"] = TITLE
    script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SCRIPT}')"))
    pdf.Root.OpenAction = script
    pdf.attachments["x.txt"] = CARRIED.encode()
    page = pdf.pages[0]
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String(SCRIPT)))
    link = Dictionary(S=Name.URI, URI=String(LINK))
    annotation = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 99, 99]), A=link, AA=script
    )
    page.Annots = Array([pdf.make_indirect(annotation)])


@cache
def deep() -> bytes:
    """Half a megabyte that unpacks to half a gigabyte of nothing.

    One piece is packed and written 500 times: each ends where the next may begin.
    """
    packer, size = zlib.compressobj(9, wbits=-zlib.MAX_WBITS), 1 << 20
    piece = packer.compress(bytes(size)) + packer.flush(zlib.Z_FULL_FLUSH)
    # The sum of so many zeros, as the format asks for it.
    checked = (500 * size % 65_521) << 16 | 1
    return b"\x78\xda" + piece * 500 + packer.flush() + checked.to_bytes(4, "big")
