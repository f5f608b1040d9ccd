"""What stands for a key in the database, so that another key can be told from it at start.

A value follows from the key and its name, and leads back to neither the key nor anything under it.
"""

from __future__ import annotations

from portal.vault.ring import Ring
from portal.vault.sealing import derive

_PARTS = {"code": "pepper", "search": "secret", "log": "public", "notice": "public"}


def check_values(ring: Ring) -> dict[str, bytes]:
    """The value of each key of a ring by its name, such as ``staff.1``.

    Both halves of a key have one value. Who holds private halves is asked for those. Session
    secrets have none: another one harms nobody.
    """
    halves = {version: key.public_key() for version, key in ring.private.items()} or ring.public
    keys = {f"staff.{version}": key.public_bytes_raw() for version, key in halves.items()}
    keys |= {f"code.{version}": pepper for version, pepper in ring.peppers.items()}
    keys |= {f"log.{version}": key.public_bytes_raw() for version, key in ring.log_public.items()}
    keys |= {f"notice.{v}": key.public_bytes_raw() for v, key in ring.notice_public.items()}
    if ring.search_key is not None:
        keys["search"] = ring.search_key
    return {name: check_value(name, key) for name, key in keys.items()}


def check_value(name: str, key: bytes) -> bytes:
    """The value of one key; of a key with two halves, from the public one."""
    return derive(key, "check", name.encode())


def kind_of(name: str) -> str:
    """Of which kind a key is: ``staff`` of ``staff.1``."""
    return name.partition(".")[0]


def place_of(ring: Ring, name: str) -> str:
    """Where this ring has the key of that name, or should have it."""
    part = _PARTS.get(kind_of(name)) or ("private" if ring.private else "public")
    return ring.source.where(f"{name}.{part}")
