"""What is remembered of a file, under its key: its sheets, and their columns."""

from __future__ import annotations

import json
from dataclasses import dataclass

from moderation.importing.finding import key_of
from moderation.office import Office
from portal.models import RegisterImport
from portal.vault import CannotOpen, decrypt, encrypt


@dataclass(frozen=True)
class Column:
    """One column of a sheet: what stands at its head, some of what stands below, or why not."""

    head: str
    samples: tuple[str, ...]
    never: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the row of its head (from 1), its columns, about how many rows."""

    name: str
    head: int
    columns: tuple[Column, ...]
    length: int


@dataclass(frozen=True)
class About:
    """What is remembered of a file: its sheets."""

    sheets: tuple[Sheet, ...]


def about_of(office: Office, row: RegisterImport) -> About:
    """What is remembered of a file. Raises CannotOpen once it is gone."""
    key = key_of(office.ring, row)
    if row.about is None:
        raise CannotOpen("what an import is about")
    told = json.loads(decrypt(key, row.about, "register_import", row.uid, "about"))
    sheets = tuple(
        Sheet(
            each["name"],
            each["head"],
            tuple(Column(head, tuple(samples), never) for head, samples, never in each["columns"]),
            each["length"],
        )
        for each in told["sheets"]
    )
    return About(sheets)


def seal_about(key: bytes, uid: bytes, about: About) -> bytes:
    """What is remembered of a file, under its key."""
    told = {
        "sheets": [
            {
                "name": sheet.name,
                "head": sheet.head,
                "length": sheet.length,
                "columns": [[each.head, each.samples, each.never] for each in sheet.columns],
            }
            for sheet in about.sheets
        ],
    }
    plain = json.dumps(told, ensure_ascii=False).encode()
    return encrypt(key, plain, "register_import", uid, "about")
