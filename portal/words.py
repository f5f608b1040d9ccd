"""The words of one submission: what is sealed, and what opens again. Never a row, never HTML."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Words:
    """What a resident wrote, as written. ``about`` and ``what`` are never empty."""

    about: str
    what: str
    unit: str = ""
    place: str = ""
    when: str = ""
    hope: str = ""

    def to_bytes(self) -> bytes:
        """One JSON text; empty answers are left out."""
        kept = {name: text for name, text in vars(self).items() if text}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Words:
        """Read what ``to_bytes`` wrote."""
        found = json.loads(raw)
        return cls(**{field.name: found.get(field.name, "") for field in fields(cls)})
