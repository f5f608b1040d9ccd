"""Cleaning: what a file shows stays, what it says or does goes, what cannot be read is refused."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf, StreamDecodeLevel
from PIL import Image

from portal.apart.confining import DONE
from portal.files.cleaning.images import KEPT_PIXELS
from portal.files.cleaning.jpeg2000s import without_words as silenced
from portal.files.cleaning.jpegs import without_words
from portal.files.cleaning.starting import Bomb, Broken, Locked, Unclean, cleaned
from portal.files.kinds import HEAD_BYTES, sniff
from portal.files.memory import nameless
from tests.specimens import (
    CAMERA,
    NEEDLES,
    bomb,
    deep,
    document,
    large_photo,
    photo,
    picture,
    said,
)


def clean(raw: bytes) -> bytes:
    """The same file, cleaned."""
    kind = sniff(raw[:HEAD_BYTES])
    assert kind is not None
    with nameless() as given:
        given.write(raw)
        with cleaned(given, kind) as made:
            return made.read()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_a_picture_keeps_its_pixels_and_says_nothing(kind: str) -> None:
    raw = photo(kind)
    assert CAMERA.encode() in raw
    made = clean(raw)
    assert CAMERA.encode() not in made
    with Image.open(io.BytesIO(made)) as shown:
        shown.load()
        assert shown.format == ("PNG" if kind == "PNG" else "JPEG")
        # What lay on its side stands upright.
        assert shown.size == (64, 96)
        assert not shown.getexif()
        assert not set(shown.info) & {"exif", "xmp", "icc_profile", "comment"}
        assert len({shown.getpixel((x, y)) for x in range(64) for y in range(96)}) > 5


def test_what_hangs_on_behind_a_picture_is_left_behind() -> None:
    for tail in (b"<script>alert(1)</script>", b"PK\x03\x04 a whole archive", photo("JPEG")):
        made = clean(photo("PNG") + tail)
        assert tail not in made
        assert made.endswith(b"IEND\xaeB`\x82")


def test_clear_parts_stay_clear_in_a_png_and_become_white_elsewhere() -> None:
    clear = Image.new("RGBA", (9, 9), (0, 0, 0, 0))
    for kind, corner in (("PNG", (0, 0, 0, 0)), ("WEBP", (255, 255, 255))):
        raw = io.BytesIO()
        clear.save(raw, kind, lossless=True)
        with Image.open(io.BytesIO(clean(raw.getvalue()))) as shown:
            assert shown.getpixel((0, 0)) == corner


def test_a_huge_photograph_is_kept_in_fewer_pixels() -> None:
    raw = io.BytesIO()
    Image.new("L", (6000, 4000), 99).save(raw, "JPEG", exif=said())
    with Image.open(io.BytesIO(clean(raw.getvalue()))) as shown:
        assert KEPT_PIXELS * 0.9 < shown.width * shown.height <= KEPT_PIXELS
        assert shown.width < shown.height


def test_a_photograph_of_twelve_megabytes_is_kept_whole() -> None:
    assert len(large_photo()) > 11_500_000
    with Image.open(io.BytesIO(clean(large_photo()))) as shown:
        assert shown.size == (3000, 4000)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda: photo("JPEG")[:-400], Broken),
        (lambda: photo("PNG")[:-40], Broken),
        (lambda: photo("WEBP")[:-40], Broken),
        (lambda: photo("HEIC")[:-300], Broken),
        (lambda: photo("HEIC")[:60], Broken),
        (lambda: b"\xff\xd8\xff<html><script>alert(1)</script>", Broken),
        (lambda: b"%PDF-1.7\n<html>%%EOF", Broken),
        (lambda: document()[: len(document()) // 2], Broken),
        (lambda: document()[:-20], Broken),
        (lambda: bomb(), Bomb),
        (lambda: document(pages=301), Bomb),
        (lambda: document(bomb=True), Bomb),
        (lambda: document(password="khoa"), Locked),
        (lambda: document(password=""), Locked),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_cannot_be_read_or_would_burst_is_refused(
    made: Callable[[], bytes], why: type[Unclean]
) -> None:
    raw = made()
    with pytest.raises(why):
        clean(raw)


def test_a_document_keeps_its_pages_and_nothing_else() -> None:
    raw = document(pages=2)
    made = clean(raw)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 2
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer
        assert set(pdf.pages[0].obj.keys()) == {
            *("/Type", "/Parent", "/MediaBox", "/Contents", "/Resources"),
        }
        inside = b"".join(
            each.read_raw_bytes() + each.unparse()
            if isinstance(each, pikepdf.Stream)
            else each.unparse()
            for each in pdf.objects
        )
        image = pdf.pages[0].Resources.XObject.Im0
        assert isinstance(image, pikepdf.Stream)
        assert pikepdf.PdfImage(image).as_pil_image().size == (96, 64)
    for needle in NEEDLES:
        assert needle.encode() not in made + inside, needle


def test_what_a_form_shows_is_drawn_into_its_page() -> None:
    with pikepdf.open(io.BytesIO(document())) as pdf:
        drawn = pdf.make_stream(b"BT (ChumTuongCay) Tj ET")
        drawn.Type, drawn.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        drawn.BBox = pikepdf.Array([0, 0, 99, 20])
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T=pikepdf.String("f"),
            V=pikepdf.String("ChumTuongCay"),
            Rect=pikepdf.Array([100, 100, 199, 120]),
            AP=pikepdf.Dictionary(N=drawn),
            F=4,
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pdf.pages[0].Annots)
        raw = io.BytesIO()
        pdf.save(raw)
    with pikepdf.open(io.BytesIO(clean(raw.getvalue()))) as pdf:
        assert "/AcroForm" not in pdf.Root
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        shown = [each.read_bytes() for each in streams if each.get("/Subtype") == "/Form"]
        assert any(b"ChumTuongCay" in each for each in shown)


def test_a_photograph_in_a_document_loses_its_notes_and_no_pixel() -> None:
    raw = io.BytesIO()
    picture().save(raw, "JPEG", exif=said(), comment=b"remark", progressive=True)
    bare = without_words(raw.getvalue() + b"tail")
    with Image.open(raw) as before, Image.open(io.BytesIO(bare)) as after:
        assert before.tobytes() == after.tobytes()
        assert not after.getexif()
    assert b"remark" not in bare
    assert b"tail" not in bare
    for broken in (b"", b"GIF89a", b"\xff\xd8\x00", b"\xff\xd8\xff\xe1\x00\x00"):
        with pytest.raises((ValueError, IndexError)):
            without_words(broken)


def _with_picture(raw: bytes, *filters: Name) -> bytes:
    """A document with this picture, kept under these filters; without one, among the words."""
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(96, 64))
        if filters:
            image = pikepdf.Stream(pdf, raw, Width=96, Height=64, Filter=pikepdf.Array(filters))
            image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/BitsPerComponent": 8})
            image.ColorSpace = Name.DeviceRGB
            pdf.pages[0].Resources = Dictionary(XObject=Dictionary(A=pdf.make_indirect(image)))
        else:
            drawn = b"q BI /W 96 /H 64 /CS /RGB /BPC 8 /F /DCT ID " + raw + b"\nEI Q"
            pdf.pages[0].Contents = pdf.make_stream(drawn)
        written = io.BytesIO()
        pdf.save(written, compress_streams=False, stream_decode_level=StreamDecodeLevel.none)
    return written.getvalue()


def test_a_photograph_keeps_no_notes_however_it_is_packed_into_a_document() -> None:
    raw = photo("JPEG")
    packed = zlib.compress(raw)
    twice = zlib.compress(packed)
    dct, flate = Name.DCTDecode, Name.FlateDecode
    for made in (
        _with_picture(raw, dct),
        _with_picture(packed, flate, dct),
        _with_picture(twice, flate, flate, dct),
        _with_picture(raw),
    ):
        with Pdf.open(io.BytesIO(clean(made))) as after:
            (image,) = after.pages[0].get_images().values()
            bare = image.read_raw_bytes()
        assert CAMERA.encode() not in bare
        with Image.open(io.BytesIO(raw)) as before, Image.open(io.BytesIO(bare)) as shown:
            assert before.tobytes() == shown.tobytes()


def test_a_picture_below_another_or_that_bursts_is_refused() -> None:
    raw, dct, flate = photo("JPEG"), Name.DCTDecode, Name.FlateDecode
    for filters in ((dct, dct), (dct, flate)):
        with pytest.raises(Broken):
            clean(_with_picture(raw, *filters))
    with pytest.raises(Bomb):
        clean(_with_picture(deep(), flate, dct))


@pytest.mark.parametrize("bare", [False, True])
def test_a_scan_in_jpeg_2000_loses_its_notes_and_no_pixel(bare: bool) -> None:
    raw = io.BytesIO()
    how = {"comment": CAMERA, "no_jp2": bare, "tile_size": (32, 32)}
    picture().save(raw, "JPEG2000", **how)
    note = b"\0\0\0\x20xml <who>" + CAMERA.encode().ljust(19)[:19]
    noted = raw.getvalue() if bare else raw.getvalue()[:12] + note + raw.getvalue()[12:]
    assert CAMERA.encode() in noted
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(96, 64))
        scan = pikepdf.Stream(pdf, noted, Width=96, Height=64, Filter=Name.JPXDecode)
        scan.update({"/Type": Name.XObject, "/Subtype": Name.Image})
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(A=pdf.make_indirect(scan)))
        written = io.BytesIO()
        pdf.save(written)
    assert CAMERA.encode()[:19] in written.getvalue()
    made = clean(written.getvalue())
    assert CAMERA.encode()[:19] not in made
    with Pdf.open(io.BytesIO(made)) as after:
        left = after.pages[0].Resources.XObject.A.read_raw_bytes()
    with Image.open(raw) as before, Image.open(io.BytesIO(left)) as shown:
        assert before.tobytes() == shown.tobytes()
    boxes = bytes.fromhex("0000000c6a502020")
    for broken in (b"", b"\xff\x4f\0\0\0\0", boxes + bytes(4) + b"\0\0\0\2jp2c", boxes[:7]):
        with pytest.raises(ValueError, match=r"JPEG|marker|length"):
            silenced(broken)


def test_the_cleaning_process_can_open_nothing_and_holds_nothing() -> None:
    program = (
        "import os, resource, socket\n"
        "from portal.apart.confining import confine\n"
        "confine()\n"
        "for attempt in (lambda: open('/etc/hostname'), socket.socket, os.pipe,\n"
        "                lambda: os.memfd_create('x'), lambda: bytes(1 << 30)):\n"
        "    try:\n"
        "        attempt()\n"
        "    except (OSError, MemoryError) as error:\n"
        "        os.write(1, type(error).__name__.encode() + b' ')\n"
        "    else:\n"
        "        os.write(1, b'open! ')\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert told.stdout.split() == [b"OSError"] * 4 + [b"MemoryError"]


#: The program that cleans, as it goes on when its user is no longer root. What it imports is read
#: beforehand: the folders of whoever runs the tests may be closed to others.
_AS_NOBODY = """
import os, sys
from importlib.util import find_spec
from PIL import Image
name = "portal.files.cleaning." + ("pdfs" if sys.argv[3] == "pdf" else "images")
program = __import__(name, fromlist=["clean"])
Image.preinit()
getattr(program, "_load_ciphers", lambda: None)()
code = compile(open(find_spec(name).origin).read(), name, "exec")
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
exec(code, {"__name__": "__main__"})
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="all other tests here clean as such a user already")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC", "PDF"])
def test_every_kind_is_cleaned_for_a_user_who_is_not_root(kind: str) -> None:
    # The system counts threads against the limit of processes, and for such a user only.
    with nameless() as given, nameless() as made:
        given.write(document() if kind == "PDF" else photo(kind))
        given.flush()
        given.seek(0)
        ends = given.fileno(), made.fileno()
        told = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, *map(str, ends), kind.lower()],
            pass_fds=ends,
            capture_output=True,
            check=False,
        )
        assert (told.returncode, told.stderr) == (DONE, b"")
        made.seek(0)
        assert sniff(made.read(HEAD_BYTES)) == {"PNG": "png", "PDF": "pdf"}.get(kind, "jpeg")


def test_the_cleaning_process_is_started_without_a_key_in_its_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("PORTAL_KEY_STAFF_1_PRIVATE", "secret")
    seen: dict[str, object] = {}
    real = subprocess.run

    def watch(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        seen.update(options)
        return real(command, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(subprocess, "run", watch)
    clean(photo())
    assert seen["env"] == {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
    assert len(seen["pass_fds"]) == 2  # type: ignore[arg-type]
    assert os.environ["PORTAL_KEY_STAFF_1_PRIVATE"] == "secret"
