"""Promise 1: the public site can write but not read.

The real public process is started without a private key and used over HTTP; then everything
that it and the worker left on disk is searched for what was written.
"""

from __future__ import annotations

import base64
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bench.browser import Browser
from bench.conversation import CODE, FORM, TAG, TRACK, accepted
from moderation import worker
from portal import schema
from portal.clock import now
from portal.db import Database
from portal.proving import newest_head
from portal.text import fold
from portal.vault import load_ring
from portal.vault.minting import mint

ROOT = Path(__file__).resolve().parents[2]

RARE = (
    *("khoanhkhắcquyển", "bồđàoxanh", "thủylinhngọc", "trùngkhánhbiếc", "lụcbìnhtrôi"),
    *("mườihaiconrối", "sapphirexưa", "quạtnanvỡ", "đèncùcổ", "gạchbátnung"),
    *("vòmcuốnrêu", "chõxôinếp", "kẹođắngmật", "bếplửahồng", "chumtươngcay"),
    *("rổmâytrúc", "guốcmộcmòn", "yếmđàophai", "nónquaithao", "áotứthânxẫm"),
)
ABOUT = f"Ông {RARE[0]} ở khối {RARE[1]} gần cây đa đầu làng"
WHAT = (
    f"Buổi sáng hôm ấy tôi trông thấy {RARE[2]} đặt cạnh {RARE[3]} ngoài đầu ngõ, rồi "
    + " và ".join(RARE[4:16])
    + " bị bỏ lại suốt ba tuần lễ không ai dọn. Số điện thoại 0500 000 001 là của người nhà."
)
MORE = f"Tôi xin nói thêm rằng {RARE[16]} vẫn còn nguyên chỗ cũ, cạnh {RARE[17]} của bà cụ"
HOPE = f"Mong chi bộ cho dọn {RARE[18]} và trả lại {RARE[19]} cho bà con"


@dataclass(frozen=True)
class Place:
    """Where one installation of the test lives, and what a resident left in it."""

    folder: Path
    port: int


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    mint(tmp_path / "keys")
    database = Database(f"sqlite:///{tmp_path / 'portal.db'}")
    schema.upgrade(database)
    database.engine.dispose()
    (tmp_path / "tmp").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(tmp_path / "tmp"),
        "PORTAL_DATABASE_URL": f"sqlite:///{tmp_path / 'portal.db'}",
        "PORTAL_KEYS": str(tmp_path / "keys" / "public"),
    }
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "2"),
                *("--no-control-socket", "--access-logfile", "-", "--log-level", "debug"),
                *("--bind", f"127.0.0.1:{port}", "wsgi:create_public_app()"),
            ],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(port)
            yield Place(tmp_path, port)
        finally:
            server.terminate()
            server.wait(20)


def test_nothing_that_a_resident_wrote_can_be_found_on_disk(place: Place) -> None:
    code = _use_the_portal(place)
    _search(place.folder, code)
    database = Database(f"sqlite:///{place.folder / 'portal.db'}")
    ring = load_ring(place.folder / "keys" / "worker")
    worker.work_once(database, ring)
    worker.keep_log(database, ring, at=now() + timedelta(days=5))
    with database.reading() as session:
        assert newest_head(session)
    database.engine.dispose()
    _search(place.folder, code)


def test_the_search_itself_finds_what_lies_open(tmp_path: Path) -> None:
    for form in (_utf16, _base64_of, _hex_of, str.encode, _folded):
        (tmp_path / "leak").write_bytes(b"\x00\x01" + form(f"xx {RARE[5]} yy"))
        with pytest.raises(AssertionError):
            _search(tmp_path, "AAAA-AAAA-AAAA-AAAA-AAAA")


def _use_the_portal(place: Place) -> str:
    """Send, save the code, look, show, add, withdraw: everything a resident can do."""
    with Browser(place.port) as browser:
        words = {"about": ABOUT, "what": WHAT, "hope": HOPE}
        form = accepted(browser.get(FORM)).hidden()
        preview = accepted(browser.post(FORM, {**form, **words, "step": "preview"})).hidden()
        sent = accepted(browser.post(FORM, {**preview, **words, "step": "send", "consent": "y"}))
        found = CODE.search(TAG.sub(" ", sent.text))
        assert found
        code = found[0]
        accepted(browser.post(FORM, {**sent.hidden(), "step": "saved", "saved": "y"}))
        page = accepted(
            browser.post(TRACK, {**accepted(browser.get(TRACK)).hidden(), "code": code})
        )
        hidden = {**page.hidden(), "code": code}
        shown = accepted(browser.post(TRACK, {**hidden, "step": "own"}))
        assert RARE[2] in shown.text
        accepted(browser.post(TRACK, {**hidden, "step": "certificate"}))
        accepted(browser.post(TRACK, {**hidden, "step": "supply", "text": MORE}))
        accepted(browser.post(TRACK, {**hidden, "step": "withdraw"}))
    return code


def _search(folder: Path, code: str) -> None:
    """Fail when anything that was written, or the code, lies readable in any file."""
    pile = b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    folded_pile = pile.lower()
    for needle in _needles(code):
        for form in (str.encode, _utf16, _hex_of):
            assert form(needle) not in pile
        assert _hex_of(needle).upper() not in pile
        for shift in range(3):
            assert _base64_of(needle, shift) not in pile
        assert _folded(needle) not in folded_pile


def _needles(code: str) -> Iterator[str]:
    """Every run of three words of what was written, the rare words, and the code."""
    for text in (ABOUT, WHAT, MORE, HOPE):
        words = re.findall(r"\w+", text)
        yield from (" ".join(words[at : at + 3]) for at in range(len(words) - 2))
    yield from RARE
    plain = re.sub(r"[^0-9A-Z]", "", code)
    yield plain
    yield "-".join(plain[at : at + 4] for at in range(0, 20, 4))
    yield " ".join(plain[at : at + 4] for at in range(0, 20, 4))


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _hex_of(text: str) -> bytes:
    return text.encode().hex().encode()


def _folded(text: str) -> bytes:
    return fold(text).encode()


def _base64_of(text: str, shift: int = 0) -> bytes:
    """The part of the base64 of ``text`` that does not depend on its neighbours."""
    raw = base64.b64encode(b"\x00" * shift + text.encode())
    return raw[4 * bool(shift) : len(raw) - 4]


def _wait_for(port: int) -> None:
    """Wait until the server answers."""
    for _attempt in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")
