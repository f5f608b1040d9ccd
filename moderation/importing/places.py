"""Organisations by the names that a file gives them. Pure, made once for an import.

A name that fits several is told from others by what it belongs to: "Chi bộ khối 2 / Đảng bộ phường
Đông Kinh". Between organisations of the registrar's own and others of the same name it is theirs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from moderation.importing.cells import Wrong
from portal.text import canonical, fold
from portal.vocabulary import OrganisationKind, UnitKind

_BETWEEN = " / "
_NUMBER = re.compile(r"#\s?(\d{1,15})")


class Place(NamedTuple):
    """One organisation as far as rows need it."""

    id: int
    kind: OrganisationKind
    name: str
    short_name: str
    parent_id: int | None
    path: str
    since: date
    until: date | None
    unit_kind: UnitKind | None = None

    def exists(self, on: date) -> bool:
        """Whether it exists on a day."""
        return self.since <= on and (self.until is None or self.until >= on)


class Places:
    """All organisations, and which of them are the registrar's."""

    def __init__(self, rows: Iterable[Place], *, tops: Collection[int], today: date) -> None:
        """Take every organisation; ``tops`` are those at which somebody is registrar."""
        self.by_id = {row.id: row for row in rows}
        self._today, self.tops = today, tuple(tops)
        paths = tuple(self.by_id[top].path for top in tops if top in self.by_id)
        self.mine = {row.id for row in self.by_id.values() if paths and row.path.startswith(paths)}
        self.above = {int(step) for path in paths for step in path.split(".") if step}
        #: What was found before: a file names each cell many times.
        self._found: dict[str, Place] = {}
        self._named: dict[str, list[Place]] = defaultdict(list)
        for row in self.by_id.values():
            if row.exists(today):
                for name in {fold(row.name), fold(row.short_name)}:
                    self._named[name].append(row)

    def find(self, written: str) -> Place:
        """The organisation that is meant. Raises Wrong where there is none, or more than one."""
        if written not in self._found:
            self._found[written] = self._look(written)
        return self._found[written]

    def _look(self, written: str) -> Place:
        """The same, not yet remembered."""
        if number := _NUMBER.fullmatch(written):
            found = self.by_id.get(int(number[1]))
            if found is None:
                raise Wrong("no_place", written)
            return found
        own, *above = written.split(_BETWEEN)
        fitting = self._named.get(fold(own), [])
        for step, name in enumerate(above, start=1):
            fitting = [row for row in fitting if self._is_below(row, fold(name), step)]
        fitting = self._narrowed(fitting, own)
        if len(fitting) != 1:
            raise Wrong("many_places" if fitting else "no_place", written)
        return fitting[0]

    def write(self, place_id: int) -> str:
        """What ``find`` reads as this organisation: its name, as far as that is enough."""
        row = self.by_id[place_id]
        written, level = row.name, row
        while _BETWEEN not in row.name and row.exists(self._today):
            if self._reads_as(written, row):
                return written
            if level.parent_id is None:
                break
            level = self.by_id[level.parent_id]
            written = f"{written}{_BETWEEN}{level.name}"
        return f"#{row.id}"

    def _reads_as(self, written: str, row: Place) -> bool:
        try:
            return self.find(written).id == row.id
        except Wrong:
            return False

    def _is_below(self, row: Place, name: str, step: int) -> bool:
        """Whether what stands so many levels above is called so."""
        level: Place | None = row
        for _up in range(step):
            level = self.by_id.get(level.parent_id or 0) if level else None
        return level is not None and name in {fold(level.name), fold(level.short_name)}

    def _narrowed(self, rows: list[Place], own: str) -> list[Place]:
        """Those that are the registrar's, and of several those with exactly these letters."""
        mine = [row for row in rows if row.id in self.mine] or rows
        exact = {canonical(own)}
        exactly = [row for row in mine if exact & {canonical(row.name), canonical(row.short_name)}]
        return exactly if len(mine) > 1 and exactly else mine
