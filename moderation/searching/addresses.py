"""What was typed, as it may stand in an address: sealed, for one account alone.

The words that somebody looks for may be a name. An address lies in the history of a browser and in
the log of a proxy, and yet only a page with an address can be gone back to. So the words travel
sealed: nobody but the staff process opens them, for nobody but the one who typed them, and the
same words look different each time.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

from portal.vault import CannotOpen, decrypt, derive, encrypt

#: Texts are filled up to a multiple of so many bytes, so that their length tells little.
_BLOCK: Final = 64
_PURPOSE, _TABLE, _COLUMN = "search address", "search", "typed"


def to_address(search: bytes, *, account_id: int, typed: str) -> str:
    """What was typed, sealed, in signs that an address takes as they are."""
    plain = typed.encode()
    plain += b" " * (-len(plain) % _BLOCK)
    box = encrypt(derive(search, _PURPOSE), plain, _TABLE, account_id, _COLUMN)
    return base64.urlsafe_b64encode(box).decode().rstrip("=")


def from_address(search: bytes, *, account_id: int, sealed: str) -> str:
    """What this account typed; nothing for anything else."""
    try:
        box = base64.b64decode(sealed + "=" * (-len(sealed) % 4), altchars=b"-_", validate=True)
        plain = decrypt(derive(search, _PURPOSE), box, _TABLE, account_id, _COLUMN)
        return plain.decode().rstrip(" ")
    except (binascii.Error, ValueError, CannotOpen):
        return ""
