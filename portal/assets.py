"""The stylesheets, drawings and the script, read once and served from memory.

An address carries a mark of the content, so a browser keeps a file for a year and still never
shows an old one. It serves files of one folder only, and never looks at the disk again.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
#: Kept apart for those who write them, sent as one: a weak network pays for every request.
_JOINED = {"site.css": ("tokens.css", "site.css")}
_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file: its type, its bytes as they are and packed, and the mark of its content."""

    type: str
    plain: bytes
    packed: bytes
    mark: str


class Assets:
    """Every file of one folder that a page may ask for."""

    def __init__(self, folder: Path) -> None:
        """Read the folder. Files of a kind that no page needs are left out."""
        self._files = {
            name: _read([folder / part for part in _JOINED.get(name, (name,))])
            for name in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
            if Path(name).suffix in _TYPES
        }

    def address(self, name: str) -> str:
        """The address of a file; raises KeyError for one that is not there."""
        return f"/static/{name}?v={self._files[name].mark}"

    def serve(self, name: str) -> Response:
        """The file as a response, packed for browsers that take it; otherwise 404."""
        asset = self._files.get(name)
        if asset is None:
            abort(404)
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        response = Response(asset.packed if packed else asset.plain, content_type=asset.type)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = _YEAR
        return response


def serve_assets(app: Flask, assets: Assets) -> None:
    """Give the app its static addresses and the templates the word ``asset``."""
    app.add_url_rule("/static/<path:name>", "static", assets.serve)
    app.jinja_env.globals["asset"] = assets.address


def _read(paths: list[Path]) -> Asset:
    """One file from disk, or several in a row."""
    plain = b"".join(path.read_bytes() for path in paths)
    return Asset(
        type=_TYPES[paths[-1].suffix],
        plain=plain,
        packed=gzip.compress(plain, 9, mtime=0),
        mark=hashlib.sha256(plain).hexdigest()[:12],
    )
