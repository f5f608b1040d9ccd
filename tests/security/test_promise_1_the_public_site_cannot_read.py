"""Promise 1: the public site can write but not read.

The real public process is started without a private key and used over HTTP; then everything
that it and the worker left on disk is searched for what was written. A second letter goes its
whole way through the staff room, and every table it can fill is searched too.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bench.browser import Browser
from bench.conversation import CODE, FORM, TAG, TRACK, accepted
from moderation import merging, worker
from moderation.retention import holding, nightly
from moderation.unmasking import unmask
from portal.clock import now
from portal.db import Database
from portal.files.attaching import attach
from portal.files.storing import FileStore
from portal.models import Base
from portal.proving import newest_head
from portal.vault import load_ring
from portal.vault.minting import mint
from portal.words import Words
from tests.doors.course import ANSWER, DRAFT, NOTE, QUESTION, SHOWN, STATEMENT, Course
from tests.moderation.identity.keepers import MAIL, TOLD, agree, appoint, ask, write
from tests.moderation.identity.keepers import WHY as WHO
from tests.moderation.quarantining.test_quarantining import flood
from tests.moderation.walking import STAGES
from tests.moderation.ward import Ward
from tests.security.dumps import OF_A_LETTER, as_base64, as_hex, as_utf16, folded, readable, runs
from tests.specimens import NEEDLES, document, large_photo, photo
from tests.uploads import CONTENT, body, sealed

FILES = "/tra-cuu/tep"
#: How pictures and documents begin, and a piece from the middle of one.
HEADS = (b"\xff\xd8\xff\xe0\x00\x10JFIF", b"%PDF-1.", large_photo()[6_000_000:6_000_064])
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
WHY = "Cần gọi lại cơ quan đã nêu trong thư này"
HELD = "Đoàn kiểm tra hỏi tới bản ghi này vào tháng sau"
NOTIFY = "chuoctrongbaolua@thu.vi.du"
HOPE = f"Mong chi bộ cho dọn {RARE[18]} và trả lại {RARE[19]} cho bà con"


@dataclass(frozen=True)
class Place:
    """Where one installation of the test lives, and what a resident left in it."""

    folder: Path
    port: int
    server: int

    @property
    def worker(self) -> int:
        """The one process that serves, of which the server starts another when it dies."""
        children = Path(f"/proc/{self.server}/task/{self.server}/children")
        return int(children.read_text().split()[0])


@pytest.fixture
def place(migrated: Path, tmp_path: Path) -> Iterator[Place]:
    mint(tmp_path / "keys")
    shutil.copy(migrated, tmp_path / "portal.db")
    (tmp_path / "tmp").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(tmp_path / "tmp"),
        "PORTAL_DATABASE_URL": f"sqlite:///{tmp_path / 'portal.db'}",
        "PORTAL_FILES": str(tmp_path / "files"),
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
            yield Place(tmp_path, port, server.pid)
        finally:
            server.terminate()
            server.wait(20)


def test_nothing_that_a_resident_wrote_can_be_found_on_disk(place: Place) -> None:
    code = _use_the_portal(place)
    assert readable(place.folder, _needles(code)) == []
    assert len(store_of(place.folder)) == 2
    left = [*store_of(place.folder), *(place.folder / "tmp").rglob("*")]
    assert not any(head in path.read_bytes() for path in left if path.is_file() for head in HEADS)
    database = Database(f"sqlite:///{place.folder / 'portal.db'}")
    ring = load_ring(place.folder / "keys" / "worker")
    worker.work_once(database, ring)
    worker.keep_log(database, ring, at=now() + timedelta(days=5))
    with database.reading() as session:
        assert newest_head(session)
    database.engine.dispose()
    assert readable(place.folder, _needles(code)) == []


def test_the_search_itself_finds_what_lies_open(tmp_path: Path) -> None:
    for form in (as_utf16, as_base64, as_hex, str.encode, folded):
        (tmp_path / "leak").write_bytes(b"\x00\x01" + form(f"xx {RARE[5]} yy"))
        assert readable(tmp_path, RARE) == [RARE[5]]


def test_nothing_that_staff_wrote_about_it_can_be_found_on_disk(ward: Ward) -> None:
    appoint(ward, "sao", "trang")
    walk = write(ward, words=Words(about=ABOUT, what=WHAT, hope=HOPE))
    request = ask(walk)
    for login in ("sao", "trang"):
        agree(walk, login, request)
    walk.claim()
    walk.ask()
    walk.supply(MORE)
    store = FileStore(str(Path(ward.database.engine.url.database or "").parent / "files"))
    for raw, name in ((photo(), f"{RARE[4]}.jpg"), (document(), f"{RARE[5]}.pdf")):
        _bring(walk, store, raw, name)
    for stage in STAGES[STAGES.index(Course.choose) :]:
        stage(walk)
    walk.do("hoa", unmask, reason=WHY)
    nightly.prepare(ward.database, office=ward.office)
    review = ward.office.today + timedelta(days=60)
    walk.do("hoa", holding.place, reason=HELD, review_on=review)
    first, *_copies = flood(ward, 2, Words(about=ABOUT, what=WHAT))
    # The address for notices of a letter that has finished is gone; this one goes on.
    write(ward).do("hoa", merging.merge, other_id=first)
    worker.keep_log(ward.database, ward.worker_ring, at=ward.at + timedelta(days=5))
    with ward.database.reading() as session:
        tables = Base.metadata.tables
        empty = [name for name in OF_A_LETTER if not session.execute(select(tables[name])).first()]
    assert empty == []
    said = (QUESTION, SHOWN, STATEMENT, NOTE, DRAFT, ANSWER, WHY, WHO, HELD)
    folder = Path(ward.database.engine.url.database or "").parent
    told = [*runs(TOLD.name, TOLD.address), TOLD.telephone, MAIL]
    assert readable(folder, [*runs(ABOUT, WHAT, HOPE, MORE, *said), *RARE, *NEEDLES, *told]) == []
    assert not any(head in path.read_bytes() for path in store_of(folder) for head in HEADS)


def store_of(folder: Path) -> list[Path]:
    """The files that lie in the store of an installation."""
    found = [path for path in (folder / "files").iterdir() if path.is_file()]
    assert found
    return found


def _bring(walk: Course, store: FileStore, raw: bytes, name: str) -> None:
    """The resident sends a file with the code."""
    walk.act(
        lambda session, tracked: attach(
            session,
            tracked=tracked,
            sealed=sealed(store, raw, tracked.key, filename=name),
            at=walk.ward.at,
        )
    )


def _use_the_portal(place: Place) -> str:
    """Send, save the code, look, show, add, withdraw: everything a resident can do."""
    with Browser(place.port) as browser:
        words = {"about": ABOUT, "what": WHAT, "hope": HOPE, "notify": NOTIFY}
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
        fields = {"csrf_token": hidden["csrf_token"], "code": code}
        browser.close()
        _cut_short(place, body(large_photo(), f"{RARE[0]}.jpg", **fields))
        for raw, name in ((large_photo(), f"{RARE[0]}.jpg"), (document(), f"{RARE[1]}.pdf")):
            accepted(browser.send(FILES, body(raw, name, **fields), CONTENT))
        accepted(browser.post(TRACK, {**hidden, "step": "withdraw"}))
    return code


def _cut_short(place: Place, whole: bytes) -> None:
    """Half of a file has arrived when the process that reads it is killed. Nothing of it is left,
    and the same file is taken when it is sent again.
    """
    worker = place.worker
    head = f"POST {FILES} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {CONTENT}\r\n"
    with socket.create_connection(("127.0.0.1", place.port)) as wire:
        wire.sendall(f"{head}Content-Length: {len(whole)}\r\n\r\n".encode())
        wire.sendall(whole[: len(whole) // 2])
        until = time.monotonic() + 20
        while not _holds_a_file(worker):
            assert time.monotonic() < until, "it never arrived"
            time.sleep(0.02)
        os.kill(worker, signal.SIGKILL)
        while Path(f"/proc/{worker}").exists():
            time.sleep(0.02)


def _holds_a_file(process: int) -> bool:
    """Whether a process has a file without a name in its memory."""
    for each in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):
            if "memfd:file" in os.readlink(each):
                return True
    return False


def _needles(code: str) -> Iterator[str]:
    """Every run of three words of what was written, the rare words, and the code."""
    yield from runs(ABOUT, WHAT, MORE, HOPE)
    yield from (*RARE, NOTIFY, NOTIFY.partition("@")[0])
    yield from NEEDLES
    plain = re.sub(r"[^0-9A-Z]", "", code)
    yield plain
    yield "-".join(plain[at : at + 4] for at in range(0, 20, 4))
    yield " ".join(plain[at : at + 4] for at in range(0, 20, 4))


def _wait_for(port: int) -> None:
    """Wait until the server answers."""
    for _attempt in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")
