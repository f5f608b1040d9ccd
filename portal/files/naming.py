"""What a file is called: as its sender typed it for those who may read that, never as a place.

A name from a telephone or a computer can hold anything: a path, signs that nobody sees, a page of
text. On the disk a file has a random name, and whoever downloads it gets one of ours.
"""

from __future__ import annotations

from portal.text import one_line
from portal.vocabulary import FileKind

#: Longer names say nothing more; the ending is not needed, because the kind is told apart.
MOST = 100
#: Nobody types as much; cleaning more would only cost time.
_LOOKED_AT = 1_000


def typed_name(raw: str) -> str:
    """The last part of a path, cleaned like every other line that is typed; often nothing."""
    last = raw[-_LOOKED_AT:].replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    return one_line(last)[:MOST].strip()


def own_name(kind: FileKind, number: int) -> str:
    """The neutral name under which a file is downloaded."""
    return f"tep-{number}.{kind.ending}"
