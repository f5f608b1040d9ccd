"""Rows of dots on a paper, for what is to be written by hand."""

from __future__ import annotations

from portal.printing.page import LEFT, LINE, RIGHT, Paper


def dots(paper: Paper, label: str, rows: int) -> None:
    """A label and dots to write on, to the end of the line; then whole rows of them."""
    paper.room_for(LINE * 1.4)
    paper.write_in("B")
    if label:
        paper.block(label)
        paper.set_y(paper.get_y() - LINE)
        last = paper.lines(label, paper.w - LEFT - RIGHT)[-1]
        _dotted(paper, LEFT + paper.get_string_width(last) + 2)
    for _row in range(rows - 1 if label else rows):
        paper.room_for(LINE * 1.4)
        _dotted(paper, LEFT)
    paper.write_in()


def _dotted(paper: Paper, x: float) -> None:
    """One row of dots from here to the right margin."""
    under = paper.get_y() + LINE - 1.4
    paper.set_dash_pattern(0.3, 1.2)
    paper.line(min(x, paper.w - RIGHT - 20), under, paper.w - RIGHT, under)
    paper.set_dash_pattern()
    paper.set_y(paper.get_y() + LINE * 1.2)
