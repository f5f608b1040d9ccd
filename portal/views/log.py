"""The public log for everybody: its heads, and whether one continues another. Nothing personal.

Every page has its twin in JSON for programs outside. What is shown was signed before; nothing is
computed that could tell when a single step happened.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for

from portal.holding import held
from portal.i18n import gettext
from portal.jsontext import as_json
from portal.ledger import Head, is_signed
from portal.ledger.merkle import proves_consistency
from portal.proving import consistency, head_of, heads_above, heads_below
from portal.security import REMEMBERED
from portal.unit import reading_connection

bp = Blueprint("log", __name__)

#: How many heads stand on a page, and what no log is larger than.
PAGE, _MOST = 10, 10**15
_PROGRAM = Path(__file__).resolve().parents[2] / "docs" / "verify_receipt.py"
_SIZE = f"<int(max={_MOST}):size>"


@bp.get("/so-cai")
def index() -> Response:
    """Say what the log is, and list its heads, the newest first."""
    heads, newer, older = _listed()
    return _page("log", heads=heads, newer=newer, older=older, keys=_keys())


@bp.get("/so-cai.json")
def index_json() -> Response:
    """The same heads, with the address of the next ones."""
    heads, _newer, older = _listed()
    return _json({"heads": [_plain(head) for head in heads], "older": older and f"?truoc={older}"})


@bp.get(f"/so-cai/{_SIZE}")
def head(size: int) -> Response:
    """Show one head: what was signed, by which key, and whether the signature holds."""
    found = _found(size)
    return _page("log_head", head=found, good=_is_good(found), key=_key(found))


@bp.get(f"/so-cai/{_SIZE}.json")
def head_json(size: int) -> Response:
    """The same head."""
    return _json(_plain(_found(size)))


@bp.get("/so-cai/doi-chieu")
def compare() -> Response:
    """Check that the larger of two heads continues the smaller one, and show the proof."""
    first, second = _size("tu"), _size("den")
    proof = _compared(first, second)
    asked = {name: request.args.get(name, "")[:20] for name in ("tu", "den")}
    errors = [] if proof else [("tu", _no_such_heads())]
    page = _page("log_compare", proof=proof, asked=asked, errors=errors)
    page.status_code = 200 if proof else 422
    return page


@bp.get("/so-cai/doi-chieu.json")
def compare_json() -> Response:
    """The same proof, for a program that would rather check it itself."""
    proof = _compared(_size("tu"), _size("den"))
    if proof is None:
        abort(404)
    first, second = _plain(proof["first"]), _plain(proof["second"])
    path = [step.hex() for step in proof["path"]]
    return _json({"first": first, "second": second, "path": path, "consistent": proof["good"]})


@bp.get("/so-cai/verify_receipt.py")
def program() -> Response:
    """Hand out the program that checks a certificate without us."""
    response = Response(_PROGRAM.read_bytes(), mimetype="text/x-python")
    response.headers.set("Content-Disposition", "attachment", filename=_PROGRAM.name)
    return response


def _listed() -> tuple[list[Head], int | None, int | None]:
    """One page of heads, and where the pages with newer and with older ones begin."""
    session, below, above = reading_connection(), _size("truoc"), _size("sau")
    if above is not None:
        heads = heads_above(session, size=above, limit=PAGE)
    else:
        heads = heads_below(session, size=below, limit=PAGE)
    if not heads:
        return [], None, None
    newer, older = heads[0].size, heads[-1].size
    return (
        heads,
        newer if heads_above(session, size=newer, limit=1) else None,
        older if heads_below(session, size=older, limit=1) else None,
    )


def _compared(first: int | None, second: int | None) -> dict[str, Any] | None:
    """Two heads, the proof between them, and whether it holds; nothing without two heads."""
    session, sizes = reading_connection(), sorted((first or 0, second or 0))
    small, large = (head_of(session, size=size) for size in sizes)
    if small is None or large is None:
        return None
    try:
        path = consistency(session, first=small.size, second=large.size)
    except KeyError:
        path = []
    good = proves_consistency(
        first=small.size,
        second=large.size,
        first_root=small.root,
        second_root=large.root,
        path=path,
    )
    good = good and _is_good(small) and _is_good(large)
    return {"first": small, "second": large, "path": path, "good": good}


def _found(size: int) -> Head:
    """The head of this size, or 404."""
    found = head_of(reading_connection(), size=size)
    if found is None:
        abort(404)
    return found


def _plain(head: Head) -> dict[str, Any]:
    """A head for programs: the signed text, and what it says."""
    return {
        "size": head.size,
        "root": head.root.hex(),
        "text": head.text.decode(),
        "signature": head.signature.hex(),
        "public_key": _key(head),
        "address": url_for("log.head", size=head.size),
    }


def _is_good(head: Head) -> bool:
    """Whether the signature holds."""
    return is_signed(head, held().ring.log_public)


def _key(head: Head) -> str:
    """The public key that a head names; nothing when we do not know it."""
    key = held().ring.log_public.get(head.key_version)
    return key.public_bytes_raw().hex() if key else ""


def _keys() -> list[str]:
    """Every public key of the log, the newest first."""
    found = sorted(held().ring.log_public.items(), reverse=True)
    return [key.public_bytes_raw().hex() for _version, key in found]


def _size(name: str) -> int | None:
    """A size in the address; nothing for what is none."""
    typed = request.args.get(name, "").strip().replace(".", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else None


def _no_such_heads() -> str:
    """What to do when one of the two was never signed."""
    return gettext("Sổ cái không có mốc với số bước này. Xin chép đúng số trong danh sách mốc.")


def _json(found: dict[str, Any]) -> Response:
    """An answer for programs."""
    response = Response(as_json(found), mimetype="application/json")
    response.headers["Cache-Control"] = REMEMBERED
    return response


def _page(name: str, **given: Any) -> Response:
    """A page that is the same for everybody."""
    response = make_response(render_template(f"portal/{name}.html", nav="log", **given))
    response.headers["Cache-Control"] = REMEMBERED
    return response
