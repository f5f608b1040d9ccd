"""One paper of A4 on its way: its margins, its letters, and nothing about the program that made it.

Letters are drawn composed: a font draws "ế" as one sign, and marks that stand alone beside theirs.
What the font does not have is replaced by a sign of its own and never left out unsaid.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont
from fpdf.output import OutputProducer

from portal.printing.sheets import Sheet

#: In millimetres.
LEFT, RIGHT, TOP, BOTTOM = 30, 20, 20, 22
LINE, TIGHT = 6.2, 5.2
#: In points.
SIZE, SMALL = 11.0, 9.0

UNPRINTABLE = "[?]"
_FONT = "BeVietnamPro"
FONTS = Path(__file__).parent / "fonts"
_STYLES = {"": "Regular", "B": "Bold", "I": "Italic"}
#: A paper says no moment: that of its making would be the only thing that two of them differ in.
_NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


class Output(OutputProducer):
    """The library's way out, without a word about the library or the moment."""

    def _add_info(self) -> Any:
        """The title and nothing else."""
        info = super()._add_info()
        info.creation_date = None  # type: ignore[assignment]
        return info


class Paper(FPDF):
    """One paper of A4 on its way."""

    def __init__(self) -> None:
        """Read the fonts."""
        super().__init__(format="A4")
        self.sheet: Sheet | None = None
        self.replaced = False
        #: Sheets that are hung up one by one have no number.
        self.numbered = True
        for style, name in _STYLES.items():
            self.add_font(_FONT, style, FONTS / f"{_FONT}-{name}.ttf")
        font = self.fonts[_FONT.lower()]
        self.letters = set(font.cmap) if isinstance(font, TTFFont) else set()
        self.set_margins(LEFT, TOP, RIGHT)
        self.c_margin = 0
        # No sign of the library's own: what was typed stays as it was, also "{nb}".
        self.str_alias_nb_pages = ""
        self.set_auto_page_break(True, BOTTOM)
        self.set_producer("")
        self.set_creation_date(_NO_MOMENT)
        self.write_in()

    def write_in(self, style: str = "", size: float = SIZE) -> None:
        """Write in this style from here on."""
        self.set_font(_FONT, style, size)

    def header(self) -> None:
        """What marks every page, and from the second one on its number."""
        if self.sheet and self.sheet.mark:
            self.set_y(TOP / 2)
            self.write_in("B", size=SIZE)
            self.cell(0, LINE, self.readable(self.sheet.mark), align="R")
            self.set_y(TOP)
        if self.numbered and self.page_no() > 1:
            self.set_y(TOP / 2)
            self.write_in(size=SIZE)
            self.cell(0, LINE, str(self.page_no()), align="C")
            self.set_y(TOP)

    def footer(self) -> None:
        """What stands at the end of each page."""
        if self.sheet and self.sheet.foot:
            self.set_y(-BOTTOM + 6)
            self.write_in(size=SMALL - 1)
            self.set_text_color(90)
            self.cell(0, TIGHT, self.readable(self.sheet.foot), align="L")
            self.set_text_color(0)

    def file_id(self) -> None:
        """No mark of the file: it would follow from the moment."""
        return

    def readable(self, text: str) -> str:
        """The text in letters that the font has."""
        found: list[str] = []
        for char in unicodedata.normalize("NFC", text):
            if char == "\n" or ord(char) in self.letters:
                found.append(char)
                continue
            parts = unicodedata.normalize("NFKD", char)
            plain = "".join(each for each in parts if ord(each) in self.letters)
            if any(map(str.isalnum, plain)):
                found.append(plain)
            elif not found or found[-1] != UNPRINTABLE:
                found.append(UNPRINTABLE)
                self.replaced = True
        return "".join(found)

    def lines(self, text: str, width: float) -> list[str]:
        """The text in lines of this width, in the style that is written in."""
        found = self.multi_cell(
            width, text=self.readable(text), dry_run=True, output=MethodReturnValue.LINES
        )
        return [str(line) for line in found]  # type: ignore[union-attr]

    def block(self, text: str, *, height: float = LINE, align: str = "L", x: float = LEFT) -> None:
        """Paragraphs from here to the right margin, page after page."""
        self.set_x(x)
        self.multi_cell(
            0, height, self.readable(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def room_for(self, height: float) -> None:
        """Go on at the next page unless so much fits on this one."""
        if self.will_page_break(height):
            self.add_page()
