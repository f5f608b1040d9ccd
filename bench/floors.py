"""The floors: what the same conversation costs when nothing but the needed work is done.

``create_hello`` is a bare page of the framework. ``create_floor`` speaks to a resident as the
portal does, by the same addresses and fields, with pages rendered once and validation written by
hand. Neither is part of the portal, and neither keeps what a portal would have to promise.
"""

import hashlib
import hmac
import os
import secrets
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, abort, render_template_string, request
from flask_wtf.csrf import generate_csrf, validate_csrf
from markupsafe import escape
from wtforms import ValidationError

FORM = "/gui-y-kien"
TRACK = "/tra-cuu"
DATABASE = "BENCH_DATABASE"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGEST = {"about": 500, "what": 5000}
SCHEMA = """
CREATE TABLE "case" (id INTEGER PRIMARY KEY, status TEXT NOT NULL, internal BLOB NOT NULL);
CREATE TABLE submission (
    id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES "case" (id),
    lookup BLOB NOT NULL UNIQUE, words BLOB NOT NULL);
CREATE TABLE seal (
    submission_id INTEGER NOT NULL REFERENCES submission (id),
    for_staff BLOB NOT NULL, for_code BLOB NOT NULL);
"""
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="/static/site.css"></head><body><main><h1>{{ title }}</h1>
{% if hidden is defined %}<form method="post">
<input type="hidden" name="csrf_token" value="@csrf@">
<input type="hidden" name="step" value="{{ hidden }}">
{% for name in fields %}<div class="field"><label for="{{ name }}">{{ name }}</label>
<p class="hint" id="{{ name }}-hint">{{ name * 8 }}</p>
<textarea id="{{ name }}" name="{{ name }}" aria-describedby="{{ name }}-hint">
@{{ name }}@</textarea></div>{% endfor %}
<button>OK</button></form>{% endif %}@rest@</main></body></html>"""
OPTIONAL = ("kind", "unit", "level", "where", "when", "source", "hope", "context", "fear")


def create_hello() -> Flask:
    """Build the framework's bare page, at the address of the form."""
    app = Flask("bench.hello", static_folder=None)

    @app.get(FORM)
    def hello() -> str:
        return "<!doctype html><title>Xin chào</title><p>Xin chào"

    return app


def create_floor() -> Flask:
    """Build the floor over the database named by BENCH_DATABASE, made by ``prepare``."""
    app = Flask("bench.floor", static_folder=None)
    desk = Desk(Path(os.environ[DATABASE]))
    # Both processes must accept each other's sessions, as the portal's must.
    app.secret_key = hashlib.sha256(bytes(desk.path)).digest()
    with app.app_context():
        pages = rendered()

    @app.get(FORM)
    def show_form() -> str:
        return pages.form.replace("@csrf@", generate_csrf())

    @app.post(FORM)
    def send() -> str:
        check_csrf()
        about, what = sent("about"), sent("what")
        if request.form.get("step") == "send":
            return pages.plain.replace("@rest@", desk.receive(about, what))
        # The token was checked just now and serves again: signing another would be waste.
        page = pages.preview.replace("@csrf@", request.form["csrf_token"])
        return page.replace("@about@", escape(about)).replace("@what@", escape(what))

    @app.get(TRACK)
    def show_track() -> str:
        return pages.track.replace("@csrf@", generate_csrf())

    @app.post(TRACK)
    def find() -> str:
        check_csrf()
        status = desk.find(request.form.get("code", ""))
        return pages.plain.replace("@rest@", status) if status else abort(404)

    return app


@dataclass(frozen=True)
class Pages:
    """The floor's pages, with places left for what changes."""

    form: str
    preview: str
    track: str
    plain: str


def rendered() -> Pages:
    """Render every page once, before the first request."""
    fields = (*LONGEST, *OPTIONAL)
    form = render_template_string(PAGE, title="Gửi", hidden="preview", fields=fields)
    preview = render_template_string(PAGE, title="Xem lại", hidden="send", fields=LONGEST)
    track = render_template_string(PAGE, title="Tra cứu", hidden="find", fields=("code",))
    return Pages(
        form=cleared(form, *fields, "rest"),
        preview=cleared(preview, "rest"),
        track=cleared(track, "code", "rest"),
        plain=render_template_string(PAGE, title="Kết quả"),
    )


def cleared(page: str, *places: str) -> str:
    """Empty the places of a page that stay empty."""
    for place in places:
        page = page.replace(f"@{place}@", "")
    return page


def prepare(path: Path) -> None:
    """Make the floor's database: SQLite, with the write-ahead log."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(SCHEMA)
    connection.close()


def sent(name: str) -> str:
    """Return a field that is neither empty nor too long, or refuse the request."""
    words = request.form.get(name, "").strip()
    if not 0 < len(words) <= LONGEST[name]:
        abort(400)
    return words


def check_csrf() -> None:
    """Refuse a request without the token of its own session."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        abort(400)


class Desk:
    """Takes and finds submissions with the fewest steps that are still encrypted and durable."""

    def __init__(self, path: Path) -> None:
        """Stand on a prepared database, with keys that live as long as the process."""
        self.path = path
        self.pepper = b"the same in both processes"
        self.staff = X25519PrivateKey.generate().public_key()
        self.code = X25519PrivateKey.generate().public_key()
        self.local = threading.local()

    def receive(self, about: str, what: str) -> str:
        """Keep one submission for good, in one transaction of three rows, and return its code."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(20))
        key = AESGCM.generate_key(256)
        words = locked(key, f"{about}\n{what}".encode(), b"submission.words")
        internal = locked(key, b"received", b"case.internal")
        seals = sealed(self.staff, key), sealed(self.code, key)
        connection = self.connection()
        connection.execute("BEGIN IMMEDIATE")
        case = connection.execute(
            """INSERT INTO "case" (status, internal) VALUES ('received', ?)""", (internal,)
        ).lastrowid
        submission = connection.execute(
            "INSERT INTO submission (case_id, lookup, words) VALUES (?, ?, ?)",
            (case, self.lookup(code), words),
        ).lastrowid
        connection.execute("INSERT INTO seal VALUES (?, ?, ?)", (submission, *seals))
        connection.execute("COMMIT")
        return "-".join(code[start : start + 4] for start in range(0, 20, 4))

    def find(self, code: str) -> str | None:
        """Return the status behind a code, or None."""
        row = self.connection().execute(
            """SELECT status FROM submission JOIN "case" ON "case".id = case_id
            WHERE lookup = ?""",
            (self.lookup(code.replace("-", "")),),
        )
        found = row.fetchone()
        return str(found[0]) if found else None

    def lookup(self, code: str) -> bytes:
        """Return what is stored in the code's place."""
        return hmac.digest(self.pepper, code.encode(), "sha256")

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection; a commit is on the disk before it returns."""
        if not hasattr(self.local, "connection"):
            opened = sqlite3.connect(self.path, isolation_level=None, timeout=30)
            opened.execute("PRAGMA synchronous = FULL")
            opened.execute("PRAGMA foreign_keys = ON")
            self.local.connection = opened
        connection: sqlite3.Connection = self.local.connection
        return connection


def locked(key: bytes, words: bytes, place: bytes) -> bytes:
    """Encrypt with AES-256-GCM, bound to the place where it is kept."""
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, words, place)


def sealed(reader: X25519PublicKey, key: bytes) -> bytes:
    """Wrap a key so that only the holder of the reader's private key can open it."""
    own = X25519PrivateKey.generate()
    shared = own.exchange(reader)
    wrapping = HKDF(hashes.SHA256(), 32, None, b"seal").derive(shared)
    return own.public_key().public_bytes_raw() + locked(wrapping, key, b"seal")
