"""Saying which sheet of a file is read, and which of its columns is what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moderation.importing.about import About
from moderation.importing.columns import FIELDS, guess, missing
from portal.models import RegisterImport
from portal.models.register_import import ImportKind, ImportState


def choose_sheet(row: RegisterImport, *, about: About, sheet: int) -> None:
    """Take another sheet, with the columns as its heads say."""
    if 0 <= sheet < len(about.sheets):
        row.plan, row.rows_there = plan_of(row.kind, about, sheet), about.sheets[sheet].length


def choose_columns(
    row: RegisterImport, *, about: About, chosen: Mapping[int, str]
) -> list[tuple[str, str]]:
    """Let each of these columns be what somebody says it is, and let the worker read; or say for
    each field what is wrong: "missing", "never" or "twice".
    """
    columns = about.sheets[row.plan["sheet"]].columns
    known = {field.name for field in FIELDS[row.kind]}
    taken = [
        (place, name)
        for place, name in sorted(chosen.items())
        if name in known and 0 <= place < len(columns)
    ]
    names = [name for _place, name in taken]
    wrong = [(name, "never") for place, name in taken if columns[place].never]
    wrong += [(name, "twice") for name in dict.fromkeys(names) if names.count(name) > 1]
    found = {name: place for place, name in taken}
    wrong += [(field.name, "missing") for field in missing(row.kind, found)]
    row.plan = {**row.plan, "columns": found}
    if not wrong:
        begin_reading(row)
    return wrong


def begin_reading(row: RegisterImport) -> None:
    """Let the worker read the file from its beginning."""
    row.state, row.rows_read, row.tally, row.digest = ImportState.READING, 0, {}, None
    row.taken_until = row.fault = None


def go_back(row: RegisterImport) -> None:
    """Let somebody say anew which column is what."""
    row.state, row.tally, row.fault, row.digest = ImportState.MAPPING, {}, None, None


def plan_of(kind: ImportKind, about: About, sheet: int) -> dict[str, Any]:
    """A sheet with its columns as their heads say."""
    found = about.sheets[sheet]
    chosen = guess(kind, ["" if each.never else each.head for each in found.columns])
    return {"sheet": sheet, "head": found.head, "columns": chosen}
