"""Numbers in rows and columns on a paper."""

from __future__ import annotations

from collections.abc import Sequence

from fpdf.fonts import FontFace

from portal.printing.page import LEFT, RIGHT, Paper

#: In millimetres.
_NAMES, _LINE = 44, 3.6
#: In points.
_SIZE = 7.5


def table(paper: Paper, rows: Sequence[Sequence[str]]) -> None:
    """Draw rows of cells, the first one with the headings, which stand again on every page.

    The first column holds names; no row is parted by the end of a page.
    """
    if not rows:
        return
    paper.write_in("", _SIZE)
    columns = max(map(len, rows)) - 1
    whole = paper.w - LEFT - RIGHT
    names = min(_NAMES, whole / 3)
    with paper.table(
        col_widths=(names, *[(whole - names) / columns] * columns),
        text_align=("LEFT", *["RIGHT"] * columns),
        headings_style=FontFace(emphasis="BOLD"),
        line_height=_LINE,
        padding=(0.6, 0.8),
        width=whole,
    ) as drawn:
        for cells in rows:
            row = drawn.row()
            for cell in cells:
                row.cell(paper.readable(cell))
    paper.write_in()
