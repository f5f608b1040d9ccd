"""Whether keys lie within reach of a place for backups: together they open everything.

A backup is sealed to a key that is elsewhere, so a thief of both still opens nothing by it. But a
folder that somebody copies with both in it brings the keys to where nobody guards them.
"""

from __future__ import annotations

from pathlib import Path

from portal.vault.source import HOLDERS

_OPENING = ("*.private", "*.secret", "*.pepper")


def keys_near(folder: Path, *, keys: Path) -> str | None:
    """Why backups must not lie in a folder, in one sentence; nothing where they may.

    ``keys`` is the folder of this process's own keys, beside which lie those of the others.
    """
    place, root = folder.resolve(), _root_of(keys.resolve())
    if place == root or place.is_relative_to(root) or root.is_relative_to(place):
        return f"Keys and backups must not lie in one place: choose a folder away from {root}."
    if place.parent == root.parent:
        return f"{place} lies beside the keys in {root}: choose a folder on another disk."
    if found := _key_in(place):
        return f"The key {found} lies where backups are to lie: move it away first."
    return None


def _root_of(keys: Path) -> Path:
    """The folder of all keys, or of one process's where it stands alone."""
    shared = [holder for holder in HOLDERS if (keys.parent / holder).is_dir()]
    return keys.parent if keys.name in HOLDERS and shared else keys


def _key_in(place: Path) -> Path | None:
    """A key that opens something, in the folder or one below it."""
    for pattern in _OPENING:
        for found in (*place.glob(pattern), *place.glob(f"*/{pattern}")):
            return found
    return None
