#!/usr/bin/env python3
"""Checks, without the portal and without a network, that one's own steps are in its public log.

    python3 verify_receipt.py chung-nhan-so-cai.json [PUBLIC_KEY]

The file comes from the tracking page. PUBLIC_KEY is what the portal shows at /so-cai, noted from
elsewhere if possible: without it the file is only checked against the key that it brings along.
Needs Python 3.9 or newer and nothing else. Exit status: 0 when all holds, 1 when not.

Each step is bound by HMAC-SHA-256 under a key of its own; that is its leaf in a Merkle tree by
RFC 9162. The head of the tree is signed by Ed25519 (RFC 8032).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from pathlib import Path
from typing import Any

TITLE = "so-cai-y-kien-nhan-dan v1"

# Ed25519: the curve -x² + y² = 1 + d·x²·y² over the integers modulo P; points as (X, Y, Z, T).
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def add(a: Point, b: Point) -> Point:
    """The sum of two points."""
    minus, plus = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    double_t, double_z = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = plus - minus, double_z - double_t, double_z + double_t, plus + minus
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """A point added to itself so many times."""
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def unpack(packed: bytes) -> Point:
    """The point that 32 bytes stand for; ValueError when they stand for none."""
    y = int.from_bytes(packed, "little")
    odd, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or y >= P or (x == 0 and odd):
        raise ValueError("not a point of the curve")
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


def is_signed(key: bytes, text: bytes, signature: bytes) -> bool:
    """Whether the holder of the key's other half signed the text."""
    if len(key) != 32 or len(signature) != 64:
        return False
    try:
        owner, given = unpack(key), unpack(signature[:32])
    except ValueError:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    digest = hashlib.sha512(signature[:32] + key + text).digest()
    base_y = 4 * pow(5, P - 2, P) % P
    base = unpack(base_y.to_bytes(32, "little"))
    left = times(scalar, base)
    right = add(given, times(int.from_bytes(digest, "little") % ORDER, owner))
    same = all((left[at] * right[2] - right[at] * left[2]) % P == 0 for at in (0, 1))
    return scalar < ORDER and same


def root_over(leaf: bytes, number: int, size: int, path: list[bytes]) -> bytes:
    """The root of a tree of so many leaves, from one leaf and the hashes beside its way up."""
    found, last = hashlib.sha256(b"\x00" + leaf).digest(), size - 1
    if not 0 <= number < size:
        raise ValueError("no such leaf")
    for beside in path:
        if last == 0:
            raise ValueError("the way is too long")
        if number & 1 or number == last:
            found = hashlib.sha256(b"\x01" + beside + found).digest()
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + beside).digest()
        number, last = number >> 1, last >> 1
    if last:
        raise ValueError("the way is too short")
    return found


def holds(step: dict[str, Any], size: int, root: bytes) -> bool:
    """Whether a step of the file is in the tree with this root."""
    leaf = hmac.new(bytes.fromhex(step["key"]), step["event"].encode(), hashlib.sha256).digest()
    try:
        path = [bytes.fromhex(one) for one in step["path"]]
        return root_over(leaf, step["number"], size, path) == root
    except ValueError:
        return False


def day_and_step(step: dict[str, Any]) -> str:
    """What a step says of itself, less the signs that would write over other lines."""
    told = json.loads(step["event"])
    return "".join(sign for sign in f"{told['on']} | {told['action']}" if sign.isprintable())


def check(file: dict[str, Any], known_key: str | None) -> bool:
    """Check a whole file and say what was found."""
    head = file["head"]
    good = bool(head) or not file["events"]
    if head:
        key = bytes.fromhex(known_key or head["public_key"])
        title, size, root, moment = head["text"].strip().split("\n")
        good = title == TITLE and is_signed(
            key, head["text"].encode(), bytes.fromhex(head["signature"])
        )
        print("Chữ ký sổ cái / Signature of the log:", "ĐÚNG / GOOD" if good else "SAI / BAD")
        print(f"Khóa / Key: {key.hex()}\n{size} | {root} | {moment}")
        for step in file["events"]:
            found = holds(step, int(size.split()[1]), bytes.fromhex(root.split()[1]))
            good = good and found
            print("CÓ / IN" if found else "KHÔNG / NOT IN", "|", day_and_step(step))
    for step in file["waiting"]:
        print("CHƯA GHI SỔ / NOT YET IN |", day_and_step(step))
    proved = "ĐÚNG / GOOD" if file["events"] else "CHƯA CÓ GÌ TRONG SỔ / NOTHING IN THE LOG YET"
    print("Kết quả / Result:", proved if good else "SAI / BAD")
    return good


if __name__ == "__main__":
    try:
        given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
        sys.exit(0 if check(given, sys.argv[2] if len(sys.argv) > 2 else None) else 1)
    except (IndexError, KeyError, OSError, TypeError, ValueError):
        sys.exit("Không đọc được tệp / Usage: verify_receipt.py chung-nhan-so-cai.json [KEY]")
