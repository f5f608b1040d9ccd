"""Tracking codes: twenty symbols that only the writer holds.

Nineteen symbols carry 95 random bits; the last one is a check symbol, a weighted sum over
GF(32), which catches every single wrong symbol and every swap of two symbols. A code
is never stored: a lookup id is, and a second derivation is a key.
"""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.vault.sealing import derive

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
GROUP = 4
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_VALUE = {symbol: index for index, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
#: What people type or paste: words and groups, with any signs between them.
_PIECE = re.compile(r"[^\W_]+")
#: The signs that people put inside a code or around it, or that a copying program adds.
_BETWEEN = re.compile(r"[\s\-‐‑‒–—_.,·:;()\"'“”‘’«»]+")


#: The words that stand before a code on a receipt or in a message, without their marks.
_LABELS = frozenset(
    (
        *("MA", "THEO", "DOI", "TRA", "CUU", "BI", "MAT", "CUA", "TOI"),
        *("CODE", "TRACKING", "SECRET", "MY", "YOUR"),
    )
)


class BadCode(Exception):
    """Not a code: ``reason`` is missing, length, symbol, check or several."""

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
        return hmac.digest(pepper, b"lookup|" + self.symbols.encode(), "sha256")

    def key(self, pepper: bytes) -> bytes:
        """The key that opens the submission; never stored anywhere."""
        return derive(self.symbols.encode(), "code", pepper)

    @classmethod
    def read(cls, typed: str) -> Code:
        """Read what a person typed: case, spaces and dashes ignored, O as 0, I and L as 1.

        A code among other words, as pasted with its label or reference number, is found when
        exactly one stands there; the time grows with the length of the text alone. Raises
        BadCode when the length, a symbol or the check symbol is wrong, or there are several.
        """
        text = unicodedata.normalize("NFKC", typed).upper()
        plain = _BETWEEN.sub("", text)
        # Most people type a code and nothing else: then there is nothing to search for.
        if len(plain) == LENGTH and _VALUE.keys() >= set(plain):
            values = tuple(map(_VALUE.__getitem__, plain))
            if _checks(values):
                return cls(_written(values))
        spans = list(_spans(text))
        for shaped in (True, False):
            codes = {span for span, fits in spans if fits >= shaped and _checks(span)}
            if len(codes) == 1:
                return cls(_written(codes.pop()))
            if codes:
                raise BadCode("several")
        raise BadCode(_fault(text, mistyped=any(shaped for _span, shaped in spans)))


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


def _spans(text: str) -> Iterator[tuple[tuple[int, ...], bool]]:
    """The runs of whole pieces that make twenty symbols, and whether they have a code's shape.

    That shape is five groups of four, or one run. A piece that is a word of another alphabet
    belongs to no code.
    """
    pieces = [[_VALUE.get(symbol, -1) for symbol in piece] for piece in _PIECE.findall(text)]
    for start in range(len(pieces)):
        values: list[int] = []
        end = start
        while end < len(pieces) and len(values) < LENGTH and -1 not in pieces[end]:
            values += pieces[end]
            end += 1
        if len(values) == LENGTH:
            sizes = {len(piece) for piece in pieces[start:end]}
            yield tuple(values), sizes in ({GROUP}, {LENGTH})


def _written(values: tuple[int, ...]) -> str:
    """The symbols with these values."""
    return "".join(map(ALPHABET.__getitem__, values))


def _checks(values: tuple[int, ...]) -> bool:
    """Whether the check symbol is right."""
    return _weighted(values) == 0


def _fault(text: str, *, mistyped: bool) -> str:
    """What to tell about a text without a code: only the label of one, a slip in a code, a strange
    sign, or its length.
    """
    signs = unicodedata.normalize("NFD", text)
    bare = _PIECE.findall("".join(sign for sign in signs if not unicodedata.combining(sign)))
    if bare and _LABELS.issuperset(bare):
        return "missing"
    plain = _BETWEEN.sub("", text)
    if mistyped or (len(plain) == LENGTH and all(symbol in _VALUE for symbol in plain)):
        return "check"
    return "length" if all(symbol in _VALUE for symbol in plain) else "symbol"


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


def _weighted(values: Sequence[int]) -> int:
    """The weighted sum of twenty symbols."""
    total = 0
    for products, value in zip(_PRODUCTS, values, strict=True):
        total ^= products[value]
    return total
