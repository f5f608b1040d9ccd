"""Writing the organisations of an import: level by level, in one statement each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from portal.models import Organisation
from portal.text import fold


def write_organisations(session: Session, organisations: Iterable[dict[str, Any]]) -> None:
    """Write new organisations with their paths, and correct those that are there."""
    waiting, numbers = list[dict[str, Any]](), dict[int, int]()
    for one in organisations:
        if one["id"] is not None:
            _correct(session, one)
        else:
            waiting.append(one)
    while waiting:
        level = [one for one in waiting if one["parent_row"] in (None, *numbers)]
        for one in level:
            one["parent"] = numbers.get(one["parent_row"], one["parent"])
        numbers |= _found(session, level)
        waiting = [one for one in waiting if one["row"] not in numbers]


def _found(session: Session, level: list[dict[str, Any]]) -> dict[int, int]:
    """Write organisations whose levels above are there; their numbers by their rows."""
    made = insert(Organisation).returning(Organisation.id, sort_by_parameter_order=True)
    ids = list(session.scalars(made, [_values(one) for one in level]))
    above = select(Organisation.id, Organisation.path).where(
        Organisation.id.in_({one["parent"] for one in level})
    )
    paths = {row.id: row.path for row in session.execute(above)}
    session.execute(
        update(Organisation),
        [
            {"id": number, "path": f"{paths[one['parent']]}{number}."}
            for number, one in zip(ids, level, strict=True)
        ],
    )
    return {one["row"]: number for number, one in zip(ids, level, strict=True)}


def _values(one: dict[str, Any]) -> dict[str, Any]:
    """The columns of a new organisation, still without its path."""
    return {
        "kind": one["kind"],
        "unit_kind": one["unit_kind"],
        "name": one["name"],
        "short_name": one["short_name"],
        "folded": fold(one["name"]),
        "parent_id": one["parent"],
        "path": "",
        "valid_from": date.fromisoformat(one["since"]),
        "valid_to": date.fromisoformat(one["until"]) if one["until"] else None,
        "version": 1,
    }


def _correct(session: Session, one: dict[str, Any]) -> None:
    """Correct the short name and the kind of unit."""
    session.execute(
        update(Organisation)
        .where(Organisation.id == one["id"])
        .values(
            short_name=one["short_name"],
            unit_kind=one["unit_kind"],
            version=Organisation.version + 1,
        )
    )
