"""The public figures as files for programs, and their codebook, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from portal.figures.codebook import COLUMNS, MEANINGS, RULES, SIGNS, values_of, whole_of
from portal.figures.pages import place_name
from portal.figures.reading import Figure, Published
from portal.spreadsheet import MARK, write_row
from portal.vocabulary import FigureTable


def csv_of(published: Sequence[Published], figures: Sequence[Figure], *, sample: bool) -> bytes:
    """Every number that stands, one a row. What was taken back is in no row."""
    rows = [write_row([entry.name for entry in COLUMNS])]
    labels = {table: values_of(table) for table in FigureTable}
    for each, figure in _standing(published, figures):
        amount, sign = _amount(figure)
        table = figure.table
        rows.append(
            write_row(
                (
                    *(each.quarter.name, str(each.quarter.since), str(each.quarter.until)),
                    *(each.edition, str(each.on), figure.place, place_name(figure)),
                    *(table.value, str(table.label)),
                    *(figure.value, str(labels[table][figure.value])),
                    *(amount, sign, "yes" if sample else ""),
                )
            )
        )
    return MARK + b"".join(rows)


def json_of(
    published: Sequence[Published], figures: Sequence[Figure], *, sample: bool, codebook: str
) -> dict[str, Any]:
    """The same by quarters and places, with what was taken back, when and why."""
    by_edition: dict[int, dict[int, list[Figure]]] = {}
    for each, figure in _standing(published, figures):
        by_edition.setdefault(each.edition_id, {}).setdefault(figure.place, []).append(figure)
    return {
        "sample": sample,
        "codebook": codebook,
        "quarters": [
            {
                "quarter": each.quarter.name,
                "since": str(each.quarter.since),
                "until": str(each.quarter.until),
                "edition": each.edition,
                "published_on": str(each.on),
                "taken_back_on": str(each.taken_back_on) if each.taken_back_on else None,
                "reason": each.reason,
                "places": [
                    {
                        "place": place,
                        "name": place_name(told[0]),
                        "figures": [_plain(figure) for figure in told],
                    }
                    for place, told in by_edition.get(each.edition_id, {}).items()
                ],
            }
            for each in published
        ],
    }


def codebook_of() -> dict[str, Any]:
    """What everything means, for programs."""
    return {
        "columns": [
            {"name": each.name, "meaning": str(each.meaning), "unit": str(each.unit)}
            for each in COLUMNS
        ],
        "tables": [
            {
                "table": table.value,
                "label": str(table.label),
                "meaning": str(MEANINGS[table]),
                "splits": whole_of(table),
                "values": {name: str(label) for name, label in values_of(table).items()},
            }
            for table in FigureTable
        ],
        "signs": {sign.value: str(meaning) for sign, meaning in SIGNS.items()},
        "rules": [str(rule) for rule in RULES],
    }


def _standing(
    published: Sequence[Published], figures: Sequence[Figure]
) -> Iterator[tuple[Published, Figure]]:
    """The numbers of quarters that were not taken back."""
    known = {each.edition_id: each for each in published if each.taken_back_on is None}
    for figure in figures:
        if figure.edition_id in known:
            yield known[figure.edition_id], figure


def _plain(figure: Figure) -> dict[str, Any]:
    """One number."""
    amount, sign = _amount(figure)
    return {"table": figure.table.value, "value": figure.value, "amount": amount, "sign": sign}


def _amount(figure: Figure) -> tuple[int | None, str | None]:
    """A number, or the sign in its place."""
    if isinstance(figure.shown, int):
        return figure.shown, None
    return None, figure.shown.value
