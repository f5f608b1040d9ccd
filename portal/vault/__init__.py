"""The vault: keys, seals, opening, and tracking codes. It knows no table and no request."""

from portal.vault.codes import BadCode, Code, code_from_token, new_token
from portal.vault.ring import Ring, load_ring
from portal.vault.sealing import (
    Agreement,
    CannotOpen,
    commitment,
    decrypt,
    derive,
    encrypt,
    event_key,
    mark,
    new_key,
    new_uid,
    open_box,
    seal_box,
)
from portal.vault.source import KeyFault

__all__ = [
    "Agreement",
    "BadCode",
    "CannotOpen",
    "Code",
    "KeyFault",
    "Ring",
    "code_from_token",
    "commitment",
    "decrypt",
    "derive",
    "encrypt",
    "event_key",
    "load_ring",
    "mark",
    "new_key",
    "new_token",
    "new_uid",
    "open_box",
    "seal_box",
]
