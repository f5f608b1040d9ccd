"""Where the keys of one process lie: files of its own folder, or variables of its environment.

Each key is in one of the two places, and no byte of it is ever part of a message.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.config import KEY_PREFIX

#: What each holder must have, and nothing else. What opens lies with staff and worker only; what
#: signs the heads of the public log, and what opens an address for notices, with the worker alone.
HOLDERS: dict[str, tuple[str, ...]] = {
    "public": (
        "staff.1.public",
        "code.1.pepper",
        "log.1.public",
        "notice.1.public",
        "session.secret",
    ),
    "staff": (
        "staff.1.public",
        "staff.1.private",
        "code.1.pepper",
        "log.1.public",
        "notice.1.public",
        "search.secret",
        "session.secret",
    ),
    "worker": (
        "staff.1.public",
        "staff.1.private",
        "code.1.pepper",
        "log.1.public",
        "log.1.private",
        "notice.1.public",
        "notice.1.private",
        "search.secret",
    ),
}

_VERSION = re.compile(r"(?<=\.)[1-9]\d{0,3}(?=\.)")
_ENDINGS = frozenset({".pepper", ".private", ".public", ".secret"})
_KNOWN = {name for names in HOLDERS.values() for name in names}
_SAFE = "restore it from its safe copy"


class KeyFault(Exception):
    """Keys are missing, damaged or not ours; the message says which and what to do."""


@dataclass(frozen=True, repr=False)
class Source:
    """The keys that one process was given. ``given`` holds variables by their whole names."""

    folder: Path
    given: Mapping[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Raise KeyFault unless every key is in one place, for its owner alone."""
        if not self.folder.is_dir() and not self.given:
            raise KeyFault(f"There are no keys in {self.folder}: run 'flask keys init' first.")
        for variable in self.given:
            name = _name_of(variable)
            if not _is_key(name):
                raise KeyFault(f"{variable} names no key: see the README for the names.")
            if (self.folder / name).exists():
                raise KeyFault(
                    f"The key {name} is given twice, as {variable} and as the file "
                    f"{self.folder / name}: keep one of them."
                )
        self._check_closed()

    def names(self) -> Iterator[str]:
        """The names of all keys; what is no key is left alone."""
        if self.folder.is_dir():
            yield from sorted(path.name for path in self.folder.iterdir() if _is_key(path.name))
        yield from sorted(map(_name_of, self.given))

    def versions(self, kind: str, part: str) -> list[int]:
        """The versions there are of a key, oldest first."""
        wanted = f"{kind}.1.{part}"
        found = (name for name in self.names() if first_version(name) == wanted)
        return sorted(int(name.split(".")[1]) for name in found)

    def newest_half(self) -> int:
        """The newest version of the staff key that seals here; 0 without a folder.

        One look at the folder, because every submission takes it.
        """
        try:
            names = os.listdir(self.folder)
        except OSError:
            return 0
        found = (name[6:-7] for name in names if name[:6] == "staff." and name[-7:] == ".public")
        return max((int(version) for version in found if version.isdecimal()), default=0)

    def where(self, name: str) -> str:
        """The place of a key as a sentence names it; of a missing one, where it should be."""
        variable = _variable_of(name)
        if variable in self.given or not self.folder.is_dir():
            return variable
        return str(self.folder / name)

    def read(self, name: str) -> bytes:
        """The 32 bytes of a key. Raises KeyFault when it cannot be read or is not 32 bytes."""
        where, variable = self.where(name), _variable_of(name)
        try:
            text = self.given[variable] if variable in self.given else self._file(name)
            value = base64.b64decode(text.strip(), validate=True)
        except (OSError, ValueError):
            raise KeyFault(f"The key {where} cannot be read: {_SAFE}.") from None
        if len(value) != 32:
            raise KeyFault(f"The key {where} is damaged: {_SAFE}.")
        return value

    def read_if(self, name: str) -> bytes | None:
        """The bytes of a key, or nothing where there is none."""
        return self.read(name) if name in set(self.names()) else None

    def _file(self, name: str) -> str:
        """What a file holds. Raises OSError, and ValueError for what is no text."""
        return (self.folder / name).read_text()

    def _check_closed(self) -> None:
        """Raise KeyFault where anybody but the owner could read or change a key."""
        if not self.folder.is_dir():
            return
        files = (path for path in self.folder.iterdir() if path.suffix in _ENDINGS)
        for path in (self.folder, *files):
            if path.stat().st_mode & 0o077:
                right = 700 if path == self.folder else 600
                raise KeyFault(f"Others can reach the keys in {path}: run 'chmod {right} {path}'.")


def check_holder(source: Source, holder: str) -> None:
    """Raise KeyFault for a key that a holder must not have, or for one that it lacks.

    Any version of a key will do: after a change of keys the first one has been put away.
    """
    wanted, there = HOLDERS[holder], list(source.names())
    for name in there:
        if first_version(name) not in wanted:
            raise KeyFault(
                f"The {holder} process must not hold {source.where(name)}: "
                f"give it the keys of keys/{holder} only."
            )
    held = {first_version(name) for name in there}
    if lost := [name for name in wanted if name not in held]:
        raise KeyFault(f"The key {source.where(lost[0])} is missing: {_SAFE}.")


def first_version(name: str) -> str:
    """The name of the first version of a key, by which the table of holders lists it."""
    return _VERSION.sub("1", name)


def fingerprint(source: Source, name: str) -> str:
    """What tells one key from another and leads back to neither: eight signs of a hash.

    Raises KeyFault.
    """
    return hashlib.sha256(b"portal|fingerprint|" + source.read(name)).hexdigest()[:8]


def _is_key(name: str) -> bool:
    """Whether a name is that of a key."""
    return first_version(name) in _KNOWN


def _variable_of(name: str) -> str:
    """The variable of a key."""
    return KEY_PREFIX + name.replace(".", "_").upper()


def _name_of(variable: str) -> str:
    """The key of a variable."""
    return variable.removeprefix(KEY_PREFIX).replace("_", ".").lower()
