"""Tracking codes: twenty symbols that only the writer holds.

Nineteen symbols carry 95 random bits; the last one is a check symbol, a weighted sum over
GF(32), which catches every single wrong symbol and every swap of two symbols. A code
is never stored: a lookup id is, and a second derivation is a key.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass

from portal.vault.sealing import derive

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
GROUP = 4
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_VALUE = {symbol: index for index, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
#: Signs that people put between groups, or that a copying program adds.
_BETWEEN = re.compile(r"[\s\-‐‑‒–—_.,·]+")


class BadCode(Exception):
    """Not a code: ``reason`` is length, symbol or check."""

    def __init__(self, reason: str) -> None:
        """Keep the reason; never the code."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, repr=False)
class Code:
    """A valid code. It never shows itself in a log: its repr is empty."""

    symbols: str

    def __repr__(self) -> str:
        """Hide the code from logs and tracebacks."""
        return "Code(…)"

    @property
    def groups(self) -> tuple[str, ...]:
        """The five groups of four in which people read it."""
        return tuple(self.symbols[at : at + GROUP] for at in range(0, LENGTH, GROUP))

    def lookup(self, pepper: bytes) -> bytes:
        """The id under which the submission is found; it does not lead back to the code."""
        return hmac.new(pepper, b"lookup|" + self.symbols.encode(), hashlib.sha256).digest()

    def key(self, pepper: bytes) -> bytes:
        """The key that opens the submission; never stored anywhere."""
        return derive(self.symbols.encode(), "code", pepper)

    @classmethod
    def read(cls, typed: str) -> Code:
        """Read what a person typed: case, spaces and dashes ignored, O as 0, I and L as 1.

        Raises BadCode when the length, a symbol or the check symbol is wrong.
        """
        plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed).strip().upper())
        if any(symbol not in _VALUE for symbol in plain):
            raise BadCode("symbol")
        if len(plain) != LENGTH:
            raise BadCode("length")
        found = [_VALUE[symbol] for symbol in plain]
        if _weighted(found) != 0:
            raise BadCode("check")
        return cls("".join(ALPHABET[value] for value in found))


def new_token() -> str:
    """The random token that one form carries; only that browser holds it."""
    return secrets.token_urlsafe(32)


def is_token(text: str) -> bool:
    """Whether ``text`` has the shape of a form token."""
    return _TOKEN.fullmatch(text) is not None


def code_from_token(token: str, pepper: bytes) -> Code:
    """The code that belongs to a form token: the same token always gives the same code."""
    number = int.from_bytes(derive(token.encode(), "token", pepper)) >> (256 - 95)
    content = [(number >> (5 * at)) & 31 for at in range(LENGTH - 1)]
    # The check symbol has weight one, so it is the sum of the others.
    values = [*content, _weighted([*content, 0])]
    return Code("".join(ALPHABET[value] for value in values))


def _multiply(left: int, right: int) -> int:
    """Multiply in GF(32) with the polynomial x^5 + x^2 + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 32:
            left ^= 0b100101
        right >>= 1
    return product


def _weights() -> tuple[int, ...]:
    """Twenty different weights, none of them zero; the last is one."""
    powers = [1]
    while len(powers) < LENGTH:
        powers.append(_multiply(powers[-1], 2))
    return tuple(reversed(powers))


_WEIGHTS = _weights()
_PRODUCTS = tuple(tuple(_multiply(weight, value) for value in range(32)) for weight in _WEIGHTS)


def _weighted(values: list[int]) -> int:
    """The weighted sum of twenty symbols."""
    total = 0
    for products, value in zip(_PRODUCTS, values, strict=True):
        total ^= products[value]
    return total
