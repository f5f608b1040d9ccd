"""A paper prints every Vietnamese letter, whatever else is in it, and tells nothing beside it."""

from __future__ import annotations

import io
import unicodedata

import pytest
from fontTools.ttLib import TTFont
from pypdfium2 import PdfDocument

from portal.apart.confining import DONE
from portal.apart.starting import run_apart
from portal.files.memory import nameless
from portal.printing import drawing, page, starting
from portal.printing.sheets import Part, PartKind, Sheet
from portal.printing.starting import NotPrinted, print_sheet

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES
] + ["đ"]
ALL = "".join(LETTERS) + "".join(LETTERS).upper()
#: As long as a letter may be, and without a place to break it at.
ONE_WORD = "ườ" * 2_500
NASTY = f"Nhà\x00 ở\u202e 😀👨\u200d👩\u200d👧 漢字 ﬁ ① <b>&amp; {ONE_WORD} hết."


def sheet(*parts: Part, **more: object) -> Sheet:
    """A paper of a cell."""
    told: dict[str, object] = {
        "language": "vi",
        "title": "Phiếu chuyển",
        "left": ("ĐẢNG BỘ PHƯỜNG ĐÔNG KINH", "CHI BỘ KHỐI 7"),
        "number": "Số ……-PC/……",
        "right": "ĐẢNG CỘNG SẢN VIỆT NAM",
        "day": "Đông Kinh, ngày 23 tháng 11 năm 2026",
        "heading": "PHIẾU CHUYỂN",
        "foot": "Hồ sơ PA-2026-000123",
        "unprintable": "Dấu [?] là ký tự không in được.",
    }
    return Sheet(**told | more, parts=parts)  # type: ignore[arg-type]


def drawn(paper: Sheet) -> bytes:
    """The paper as the program draws it, without a process of its own."""
    made = io.BytesIO()
    drawing.draw_on(page.Paper(), paper, made)
    return made.getvalue()


def pages(made: bytes) -> list[str]:
    """What can be read on each page, in lines."""
    document = PdfDocument(made)
    found = [each.get_textpage().get_text_bounded() for each in document]
    document.close()
    return [text.replace("\r\n", "\n").replace("\ufffe", "") for text in found]


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic"])
def test_each_font_has_every_letter(style: str) -> None:
    font = TTFont(page.FONTS / f"BeVietnamPro-{style}.ttf")
    assert not {letter for letter in ALL if ord(letter) not in (font.getBestCmap() or {})}


def test_every_letter_is_printed_however_it_was_typed() -> None:
    apart = unicodedata.normalize("NFD", ALL)
    horned = "u\u0323\u031b o\u0309\u031b"
    made = drawn(sheet(Part(PartKind.QUOTE, "Nội dung", f"{apart} {horned}")))
    text = "".join(pages(made)).replace("\n", "")
    assert "[?]" not in text
    assert set(ALL) | set("ựở") <= set(text)


def test_what_cannot_be_printed_is_told_and_breaks_nothing() -> None:
    paper = sheet(*(Part(kind, NASTY[:200], NASTY) for kind in PartKind), heading=NASTY[:300])
    made = print_sheet(paper)
    text = "".join(pages(made))
    assert "Nhà ở [?] [?] fi 1 <b>&amp;" in text
    assert "Dấu [?] là ký tự không in được." in text
    assert text.count("ườ") > 9_000
    assert len(made) < 300_000
    assert print_sheet(paper) == made


def test_a_paper_tells_its_title_and_nothing_of_whoever_made_it() -> None:
    made = drawn(sheet(Part(PartKind.TEXT, "Đề nghị", "Xem xét. " * 600)))
    document = PdfDocument(made)
    told = {name: value for name, value in document.get_metadata_dict().items() if value}
    sizes = {each.get_size() for each in document}
    document.close()
    assert told == {"Title": "Phiếu chuyển"}
    assert {tuple(map(round, size)) for size in sizes} == {(595, 842)}
    for word in (b"fpdf", b"Producer", b"Creat", b"ModDate", b"/ID"):
        assert word not in made


def test_pages_are_numbered_from_the_second_on() -> None:
    first, second, *_ = pages(drawn(sheet(Part(PartKind.TEXT, "", "Xem xét. " * 600))))
    assert first.startswith("ĐẢNG BỘ PHƯỜNG ĐÔNG KINH\nCHI BỘ KHỐI 7\n*\nSố ……-PC/……\n")
    assert second.startswith("2\n")
    assert first.rstrip().endswith("Hồ sơ PA-2026-000123")
    assert second.rstrip().endswith("Hồ sơ PA-2026-000123")


def test_whoever_cannot_be_served_soon_is_told_at_once() -> None:
    places = starting.AT_ONCE + starting.WAITING
    for _place in range(places):
        assert starting._room.acquire(blocking=False)
    try:
        with pytest.raises(NotPrinted):
            print_sheet(sheet())
    finally:
        starting._room.release(places)


def test_what_is_no_paper_ends_with_its_own_process() -> None:
    with nameless() as given, nameless() as made:
        given.write(b"{")
        assert run_apart(starting.PROGRAM, given, made, seconds=20) != DONE
        assert made.seek(0, io.SEEK_END) == 0


def test_who_signs_never_stands_alone_on_a_page() -> None:
    signed = ("Người viết đơn", "(ký, ghi rõ họ tên)")
    for rows in range(20, 60):
        long = Part(PartKind.TEXT, "Nội dung", "\n".join(["Một dòng."] * rows))
        last = Part(PartKind.TEXT, text="Tôi cam đoan như trên.")
        found = pages(drawn(sheet(long, last, signed=signed)))
        assert "Tôi cam đoan" in found[-1]
        assert "NGƯỜI VIẾT ĐƠN" in found[-1]
