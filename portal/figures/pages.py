"""The public figures in words, line by line, as their page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.figures.drawing import Chart, chart_of, length_of
from portal.figures.layout import ABOVE, LAYOUTS, TOTAL, WHOLE, Layout
from portal.figures.reading import Figure, Published, Shown, places_of, total
from portal.i18n import gettext
from portal.text import vn_number, vn_percent
from portal.text.naming import place_key, without_level
from portal.vocabulary import FigureSign, FigureTable

#: So many quarters are drawn.
_DRAWN = 8
BLANK, HIDDEN, FEW = "–", "*", "< 5"


@dataclass(frozen=True)
class Line:
    """One line of a table: its name, its number, its share, and how long its bar is."""

    name: str
    text: str
    share: str = ""
    length: str = ""
    #: Where its own page is, if it has one.
    href_place: int | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """One table: what it splits, in words, and its lines; without lines nothing is told."""

    id: str
    title: str
    whole: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Course:
    """The quarters one after another: a drawing, and the lines of the table beside it."""

    chart: Chart
    lines: tuple[tuple[Published, str, str], ...]


def tables_of(figures: Sequence[Figure], *, edition_id: int, place: int) -> list[Table]:
    """The tables of one place in one quarter, in the order of the layout."""
    here = {
        (each.table, each.value): each.shown
        for each in figures
        if (each.edition_id, each.place) == (edition_id, place)
    }
    layouts = [each for each in LAYOUTS if place == WHOLE or not each.whole_only]
    return [_table(layout, here) for layout in layouts]


def course_of(figures: list[Figure], published: Sequence[Published]) -> Course | None:
    """The last quarters of all places; nothing where there are none to compare."""
    standing = [each for each in reversed(published[:_DRAWN]) if each.taken_back_on is None]
    if len(standing) < 2:
        return None
    told = [
        [total(figures, each.edition_id, WHOLE, table) or 0 for table in _PAIR] for each in standing
    ]
    texts = [[written(shown) for shown in pair] for pair in told]
    chart = chart_of([each.quarter.short for each in standing], told, texts)
    lines = tuple((each, came, ended) for each, (came, ended) in zip(standing, texts, strict=True))
    return Course(chart, lines[::-1])


def place_lines(figures: list[Figure], *, edition_id: int) -> list[Line]:
    """The places of a quarter in the order of their names, and never of their numbers.

    They have no bars: nobody is to compare them at a glance.
    """
    found = sorted(places_of(figures, edition_id), key=_order)
    return [
        Line(
            place_name(each),
            written(each.shown),
            # A place whose sum is not told has nothing more to tell.
            href_place=each.place if isinstance(each.shown, int) else None,
            hidden=each.shown is FigureSign.HIDDEN,
        )
        for each in found
    ]


def place_name(figure: Figure) -> str:
    """What a place is called; what was handled above communes and wards has one name."""
    if figure.place == ABOVE:
        return gettext("Cấp trên của xã, phường")
    return gettext("Tất cả các nơi") if figure.place == WHOLE else figure.place_name


def named(figures: Sequence[Figure], edition_id: int, place: int) -> str:
    """The name of the place that a page is about; of all places together there is none."""
    found = (place_name(each) for each in figures if each[:2] == (edition_id, place))
    return "" if place == WHOLE else next(found, "")


def written(shown: Shown | None) -> str:
    """A number as it is printed, or what stands in its place."""
    if shown is None:
        return BLANK
    if isinstance(shown, int):
        return vn_number(shown)
    return FEW if shown is FigureSign.FEW else HIDDEN


def whole_words(layout: Layout, shown: Shown | None) -> str:
    """Of what a table tells the shares: the denominator by name and number."""
    number = written(shown)
    if layout.of == TOTAL:
        return gettext("Trong %(count)s vụ việc kết thúc trong quý.", count=number)
    if layout.of[0] is FigureTable.SIDE:
        return gettext("Trong %(count)s góp ý, phản ánh, kiến nghị đã kết thúc.", count=number)
    return gettext("Trong %(count)s vụ việc đã có kết quả trả lời.", count=number)


def _order(figure: Figure) -> tuple[object, ...]:
    """Where a place stands: by its name, and what has none of its own behind."""
    return figure.place == ABOVE, place_key(without_level(figure.place_name))


_PAIR = (FigureTable.RECEIVED, FigureTable.FINISHED)


def _table(layout: Layout, here: Mapping[tuple[FigureTable, str], Shown]) -> Table:
    """One table of a place."""
    whole = here.get(layout.of)
    return Table(
        f"table-{layout.table.value}",
        str(layout.table.label),
        whole_words(layout, whole),
        tuple(_lines(layout, here, whole)),
    )


def _lines(
    layout: Layout, here: Mapping[tuple[FigureTable, str], Shown], whole: Shown | None
) -> Iterator[Line]:
    """The lines of a table, without a rest of nothing."""
    for value, label in layout.labels.items():
        shown = here.get((layout.table, value))
        if shown is None or (shown == 0 and value not in {each.value for each in layout.values}):
            continue
        yield Line(
            str(label),
            written(shown),
            _share(shown, whole),
            length_of(shown, whole if isinstance(whole, int) else 0),
            hidden=shown is FigureSign.HIDDEN,
        )


def _share(shown: Shown, whole: Shown | None) -> str:
    """How much of the whole it is, where both are told."""
    if not isinstance(shown, int) or not isinstance(whole, int) or not whole:
        return BLANK
    return vn_percent(100 * shown / whole, 0 if shown in {0, whole} else 1)
