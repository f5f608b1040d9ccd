"""What a poster is: texts, and the link that its picture holds. Pure, and small: the process that
draws posters loads no more of the portal.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


class Size(enum.StrEnum):
    """On what it is printed."""

    A4 = "a4"
    A5 = "a5"
    #: Ten to a sheet of A4, to be cut out.
    CARD = "card"


@dataclass(frozen=True, kw_only=True)
class Poster:
    """One poster. ``link`` is what its picture holds, ``typed`` what people type instead."""

    language: str
    heading: str
    place: str
    lead: tuple[str, ...]
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    call: str
    owner: str
    mark: str
    link: str
    typed: str
    short: str


def to_bytes(posters: Iterable[Poster], size: Size) -> bytes:
    """Posters for the process that draws them."""
    return json.dumps({"size": size, "posters": [asdict(each) for each in posters]}).encode()


def from_bytes(raw: bytes) -> tuple[list[Poster], Size]:
    """Read what ``to_bytes`` wrote."""
    told: dict[str, Any] = json.loads(raw)
    return [_poster(each) for each in told["posters"]], Size(told["size"])


def _poster(told: dict[str, Any]) -> Poster:
    lists = {name: tuple(told[name]) for name in ("lead", "steps", "notes")}
    return Poster(**told | lists)
