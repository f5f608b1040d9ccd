"""JSON for people and programs outside: readable, in the letters that it was written in."""

from __future__ import annotations

import json


def as_json(found: object) -> str:
    """The text of a file or an answer; it ends with a line, as a file does."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
