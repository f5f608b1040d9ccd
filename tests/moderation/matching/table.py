"""The table of what residents write and whom they mean, and how a row of it is asked."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path
from typing import Literal

from moderation.matching import Candidate
from portal.vocabulary import Context
from tests.moderation.matching.small_register import Register

with (Path(__file__).parent / "matching_table.csv").open(encoding="utf-8", newline="") as file:
    TABLE = list(csv.DictReader(file))


def ask(
    register: Register, row: dict[str, str], form: Literal["NFC", "NFD"] = "NFC"
) -> list[Candidate]:
    """The candidates of one row of the table, typed in one Unicode form."""
    return register.propose(
        unicodedata.normalize(form, row["about"]),
        what=unicodedata.normalize(form, row["what"]),
        unit=row["unit"],
        unit_text=row["unit_text"],
        context=Context[row["context"].upper()] if row["context"] else None,
    )
