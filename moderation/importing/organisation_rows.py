"""Rows about organisations: which are new, which have another short name or kind of unit.

Design rule: a file brings organisations, and corrects what nothing else hangs on. A new name,
another level above, an end or a successor is a decision with a day, entered on the page of the
organisation. Communes, wards and what stands above them are no rows of a file either: names of
places lead to them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from moderation.importing import cells
from moderation.importing.cells import Wrong
from moderation.importing.comparing import Batch, Said
from moderation.importing.frames import Frame
from moderation.importing.member_rows import Fault
from moderation.importing.places import Place
from moderation.registering.checks import Spell, name_problems, place_problems, span_problems
from portal.db import Database
from portal.models.register_import import Verdict
from portal.text import canonical, fold
from portal.vocabulary import OrganisationKind, UnitKind

#: The column takes no more.
SHORT_NAME_MOST = 300
_BY_HAND = frozenset(
    {OrganisationKind.CENTRAL, OrganisationKind.PROVINCE, OrganisationKind.WARD_COMMUNE}
)


@dataclass
class _Row:
    """A row as it was read."""

    number: int
    name: str = ""
    short_name: str = ""
    kind: OrganisationKind | None = None
    unit_kind: UnitKind | None = None
    #: The level above: one of the register, or the number of an earlier row that is new.
    parent: Place | None = None
    parent_row: int | None = None
    since: date | None = None
    until: date | None = None
    known: Place | None = None
    faults: list[Fault] = field(default_factory=list)


class OrganisationComparer:
    """Compares the rows of one file, and remembers which organisations they bring."""

    def __init__(self, _database: Database, frame: Frame) -> None:
        """Begin with no row."""
        self._frame = frame
        #: By folded name, the new organisations of earlier rows: number and kind.
        self._new: dict[str, tuple[int, OrganisationKind]] = {}
        self._seen: dict[tuple[object, str], int] = {}

    def __call__(self, batch: Batch) -> list[Said]:
        """What becomes of a batch of rows."""
        return [self._said(number, given) for number, given in batch]

    def _said(self, number: int, given: Mapping[str, Any]) -> Said:
        row = self._read(number, given)
        if not row.faults:
            self._check(row, given)
        changes = [] if row.faults else self._changes(row)
        told: dict[str, Any] = {"name": row.name, "home": row.parent.id if row.parent else 0}
        if row.faults:
            told["faults"] = row.faults
            verdict: Verdict | None = Verdict.PROBLEM
        else:
            told["changes"] = changes
            told["organisation"] = self._organisation(row)
            verdict = (Verdict.CHANGE if row.known else Verdict.ADD) if changes else None
        plain = json.dumps(told, ensure_ascii=False, default=date.isoformat, sort_keys=True)
        return Said(number, verdict, plain.encode())

    def _read(self, number: int, given: Mapping[str, Any]) -> _Row:
        """Read every cell; what cannot be taken is a fault."""
        row = _Row(number)
        if column := cells.old_letters(given):
            row.faults.append(Fault(column, "old_letters"))
            return row
        readers: dict[str, Any] = {
            "organisation_id": lambda cell: self._frame.places.find(cells.text(cell)),
            "name": cells.text,
            "short_name": cells.text,
            "kind": lambda cell: cells.term(cell, OrganisationKind),
            "unit_kind": lambda cell: cells.term(cell, UnitKind),
            "since": cells.day,
            "until": cells.day,
        }
        for column, read in readers.items():
            try:
                found = read(given[column]) if given.get(column, "") != "" else None
            except Wrong as wrong:
                row.faults.append(Fault(column, wrong.code, wrong.value[:80]))
                continue
            if found is not None:
                setattr(row, "known" if column == "organisation_id" else column, found)
        self._read_parent(row, given)
        return row

    def _read_parent(self, row: _Row, given: Mapping[str, Any]) -> None:
        """Find the level above: in the register, or among the rows before."""
        try:
            written = cells.text(given.get("parent", ""))
            if not written and row.known and row.known.parent_id is None:
                return
            if not written:
                row.faults.append(Fault("parent", "empty_cell"))
            elif earlier := self._new.get(fold(written)):
                row.parent_row = earlier[0]
            else:
                row.parent = self._frame.places.find(written)
        except Wrong as wrong:
            row.faults.append(Fault("parent", wrong.code, wrong.value[:80]))

    def _check(self, row: _Row, given: Mapping[str, Any]) -> None:
        """What else can be wrong: outside, unlike what stands above, twice, or not for a file."""
        places, today = self._frame.places, self._frame.office.today
        if row.kind is None:
            row.faults.append(Fault("kind", "empty_cell"))
        elif row.parent and row.parent.id not in places.mine and not self._is_own_top(row):
            row.faults.append(Fault("parent", "no_parent"))
        elif problems := name_problems(row.name) or name_problems(row.short_name or row.name):
            row.faults.append(Fault("name", problems[0].value))
        if row.faults:
            return
        key = (row.parent_row or row.parent, fold(row.name))
        first = self._seen.setdefault(key, row.number)
        if first != row.number:
            row.faults.append(Fault("name", "same_name", str(first)))
            return
        row.known = row.known or self._named(row)
        if row.known is not None:
            self._check_known(row, given)
        else:
            self._check_new(row, today)

    def _is_own_top(self, row: _Row) -> bool:
        """Whether a row tells of an organisation at which they are registrar, and which stands
        below one that is not theirs.
        """
        row.known = row.known or self._named(row)
        return row.known is not None and row.known.id in self._frame.places.tops

    def _named(self, row: _Row) -> Place | None:
        """The organisation of this name below the same level."""
        fitting = (
            place
            for place in self._frame.places.by_id.values()
            if row.parent is not None
            and place.parent_id == row.parent.id
            and fold(place.name) == fold(row.name)
            and place.exists(self._frame.office.today)
        )
        return next(fitting, None)

    def _check_known(self, row: _Row, _given: Mapping[str, Any]) -> None:
        """Refuse what is entered by hand, and what is above the registrar."""
        known, places = row.known, self._frame.places
        if known is None or known.id not in places.mine:
            row.faults.append(Fault("organisation_id", "outside", known.name if known else ""))
            return
        same = (
            canonical(row.name) == canonical(known.name)
            and row.kind is known.kind
            and (row.parent.id if row.parent else None) == known.parent_id
            and row.parent_row is None
            and row.since in (None, known.since)
            and row.until in (None, known.until)
        )
        if not same:
            row.faults.append(Fault("name", "by_hand"))
        elif self._changes(row) and known.id in places.tops:
            row.faults.append(Fault("name", "own_place"))

    def _check_new(self, row: _Row, today: date) -> None:
        """Refuse what cannot stand where it is to stand."""
        if row.kind is None:
            return
        above = row.parent.kind if row.parent else self._kind_of(row.parent_row)
        if row.kind in _BY_HAND:
            row.faults.append(Fault("kind", "by_hand"))
        elif problems := place_problems(row.kind, below=above):
            row.faults.append(Fault("parent", problems[0].value))
        parent = row.parent
        within = Spell(parent, parent.since, parent.until) if parent else None
        if problems := span_problems(row.since or today, row.until, today=today, within=within):
            row.faults.append(Fault("since", problems[0].value))
        if not row.faults:
            self._new.setdefault(fold(row.name), (row.number, row.kind))

    def _kind_of(self, number: int | None) -> OrganisationKind | None:
        """The kind of an earlier row."""
        return next((kind for at, kind in self._new.values() if at == number), None)

    def _changes(self, row: _Row) -> list[tuple[str, Any, Any]]:
        """What would be written."""
        known = row.known
        if known is None:
            return [
                ("short_name", None, row.short_name or row.name),
                ("kind", None, row.kind),
                ("unit_kind", None, row.unit_kind),
                ("parent", None, row.parent.id if row.parent else None),
                ("since", None, (row.since or self._frame.office.today).isoformat()),
            ]
        changes: list[tuple[str, Any, Any]] = []
        if row.short_name and row.short_name != known.short_name:
            changes.append(("short_name", known.short_name, row.short_name))
        if row.unit_kind is not None and row.unit_kind is not known.unit_kind:
            changes.append(("unit_kind", known.unit_kind, row.unit_kind))
        return changes

    def _organisation(self, row: _Row) -> dict[str, Any]:
        """The organisation as it would be written."""
        known = row.known
        return {
            "id": known.id if known else None,
            "row": row.number,
            "parent": row.parent.id if row.parent else None,
            "parent_row": row.parent_row,
            "name": row.name,
            "short_name": row.short_name or (known.short_name if known else row.name),
            "kind": row.kind,
            "unit_kind": row.unit_kind or (known.unit_kind if known else None),
            "since": row.since or self._frame.office.today,
            "until": row.until,
        }
