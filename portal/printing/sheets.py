"""What stands on a paper: texts only, in the order in which they are read. Pure.

A paper holds what is printed and nothing else: not who asked for it, when, or with which program.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any


class PartKind(enum.StrEnum):
    """How a part of a paper is laid out."""

    #: A pair of words beside each other; without a text, dots to write on.
    FACT = "fact"
    #: Somebody's words: in paragraphs, with a line beside them.
    QUOTE = "quote"
    #: A sentence or more of the paper's own; without a text, ``rows`` of dots.
    TEXT = "text"
    #: Small print.
    NOTE = "note"
    #: Numbers in rows and columns; the first row holds the headings, the first column the names.
    TABLE = "table"


@dataclass(frozen=True)
class Part:
    """One part: its label, which may be empty, and its text."""

    kind: PartKind
    label: str = ""
    text: str = ""
    rows: int = 1
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A paper of A4. What is empty is left out.

    ``left``: whose letter it is, from the higher body down, the last one in bold; ``number``: what
    stands below them. ``right``: the words at the head, with a rule below them; ``motto`` stands
    between. Without ``left`` the head stands in the middle, as on a petition. ``day``: place and
    day. ``signed``: who signs, the last line being small. ``foot`` stands at the end of each page.
    Whose letter it is, the head, the heading and who signs are drawn in capitals.
    ``unprintable`` says what the sign for a letter means that the font does not have; it is printed
    only where there was one.
    """

    language: str
    title: str
    left: tuple[str, ...] = ()
    number: str = ""
    right: str
    motto: str = ""
    day: str
    heading: str
    about: str = ""
    addressed: str = ""
    parts: tuple[Part, ...]
    copies_label: str = ""
    copies: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    foot: str = ""
    unprintable: str = ""
    #: What stands at the head of every page in bold: that the data are invented.
    mark: str = ""
    #: Across, for tables of many columns.
    wide: bool = False

    def each(self, change: Callable[[str], str]) -> Sheet:
        """The same paper with every text of it changed in one way."""

        def changed(value: Any) -> Any:
            if isinstance(value, Part):
                table = tuple(tuple(map(change, row)) for row in value.table)
                return replace(
                    value, label=change(value.label), text=change(value.text), table=table
                )
            if isinstance(value, bool):
                return value
            return tuple(map(changed, value)) if isinstance(value, tuple) else change(value)

        return Sheet(**{name: changed(value) for name, value in vars(self).items()})

    def to_bytes(self) -> bytes:
        """The paper for the process that draws it."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Sheet:
        """Read what ``to_bytes`` wrote."""
        told: dict[str, Any] = json.loads(raw)
        parts = tuple(map(_part, told.pop("parts")))
        lists = {name: tuple(told[name]) for name in ("left", "copies", "signed")}
        return cls(**told | lists, parts=parts)


def _part(told: dict[str, Any]) -> Part:
    """One part out of what was written."""
    table = tuple(map(tuple, told["table"]))
    return Part(**told | {"kind": PartKind(told["kind"]), "table": table})
