"""Cleaning a picture: read to its last pixel, turned upright, and drawn anew without a word in it.

Run as a program by a process that is thrown away, see ``portal.apart``. What comes out holds pixels
only: no place, no date, no name of a camera, no small picture of what was cut off, nothing that was
hung on behind.
"""

from __future__ import annotations

import sys
import warnings
from typing import Any, BinaryIO

import pi_heif
from pi_heif.as_plugin import HeifImageFile
from PIL import (
    Image,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    # The library loads it when it meets a note of a camera, and then nothing can be opened.
    TiffImagePlugin,  # noqa: F401
    WebPImagePlugin,
)

from portal.apart.confining import TOO_LARGE, Refused, run

#: What is decoded at most. A JPEG may be larger, because it can be read at half its size.
PIXELS = 64_000_000
JPEG_PIXELS = 256_000_000
#: What is kept at most: enough to read a page that was photographed whole.
KEPT_PIXELS = 16_000_000
_QUALITY = 88
_READERS: dict[str, Any] = {
    "jpeg": JpegImagePlugin.JpegImageFile,
    "png": PngImagePlugin.PngImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
    "heic": HeifImageFile,
}


def clean(kind: str, given: BinaryIO, made: BinaryIO) -> None:
    """Write the picture anew. Raises Refused, and whatever a decoder raises for a broken file."""
    with _READERS[kind](given) as picture:
        width, height = picture.size
        if width * height > (JPEG_PIXELS if kind == "jpeg" else PIXELS):
            raise Refused(TOO_LARGE)
        picture.draft("RGB", _kept_size(width, height))
        if picture.width * picture.height > PIXELS:
            raise Refused(TOO_LARGE)
        picture.load()
        drawn = _upright(picture)
    if kind == "png":
        drawn.save(made, "PNG", compress_level=1)
    else:
        drawn.save(made, "JPEG", quality=_QUALITY, optimize=False)


def _upright(picture: Image.Image) -> Image.Image:
    """The pixels alone, as they are to be looked at, in no more than are kept."""
    turned = _small(picture)
    turned = ImageOps.exif_transpose(turned)
    plain = turned.convert(_mode(picture))
    if plain.mode == "RGBA" and picture.format != "PNG":
        ground = Image.new("RGB", plain.size, "white")
        ground.paste(plain, mask=plain.getchannel("A"))
        plain = ground
    plain.info = {}
    return plain


def _small(picture: Image.Image) -> Image.Image:
    """The picture in no more pixels than are kept; what it says about itself goes along."""
    if picture.width * picture.height <= KEPT_PIXELS:
        return picture
    size, said = _kept_size(*picture.size), dict(picture.info)
    plain = picture if picture.mode == _mode(picture) else picture.convert(_mode(picture))
    small = plain.resize(size, Image.Resampling.BOX)
    small.info.update(said)
    return small


def _kept_size(width: int, height: int) -> tuple[int, int]:
    """How large a picture of this size is kept."""
    scale = min(1.0, (KEPT_PIXELS / (width * height)) ** 0.5)
    return max(1, int(width * scale)), max(1, int(height * scale))


def _mode(picture: Image.Image) -> str:
    """In which colours the picture is drawn anew."""
    if picture.mode in {"1", "L", "I", "I;16", "F"}:
        return "L"
    clear = picture.mode in {"LA", "PA", "RGBA", "RGBa"} or "transparency" in picture.info
    return "RGBA" if clear else "RGB"


if __name__ == "__main__":
    warnings.simplefilter("error")
    # What the library would load later, when nothing can be opened any more.
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = JPEG_PIXELS
    pi_heif.options.DECODE_THREADS = 1
    kind = sys.argv[3]
    run(lambda given, made: clean(kind, given, made), threads=kind == "heic")
