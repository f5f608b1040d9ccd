"""A real server: who sends slowly, endlessly or too much harms nobody, and no log holds it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from portal.config import Settings
from portal.patience import LETTER_SECONDS, be_patient
from portal.serving import GRACE_SECONDS, Threads
from portal.site import BODY_BYTES
from portal.vault import code_from_token, new_token

ROOT = Path(__file__).resolve().parents[2]
THREADS = 2
HEAD = b"POST /gui-y-kien HTTP/1.1\r\nHost: localhost\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
BROKEN = (
    b"GET /?" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"BR\x00KEN / HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: zz\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nCookie: " + b"c" * 20_000 + b"\r\n\r\n",
    b"GET /khong-co HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n",
)


@contextmanager
def serving_site(settings: Settings, written: Path, **more: str) -> Iterator[int]:
    """The public site under the server and the settings that an installation uses."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    port = listening.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PORTAL_DATABASE_URL": settings.database_url,
        "PORTAL_KEYS": str(settings.keys),
    }
    with written.open("wb") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--threads", str(THREADS)),
                *("--bind", f"fd://{listening.fileno()}", "wsgi:create_public_app()"),
            ],
            cwd=ROOT,
            env=environment | more,
            pass_fds=[listening.fileno()],
            stdout=log,
            stderr=log,
        )
        listening.close()
        try:
            yield port
        finally:
            server.terminate()
            server.wait(30)


def test_slow_huge_broken_and_forged_requests_harm_nobody_and_no_log_names_anybody(
    public_settings: Settings, tmp_path: Path
) -> None:
    written = tmp_path / "server.log"
    with serving_site(public_settings, written) as port:
        assert ask(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").startswith(b"HTTP/1.1 200")
        with ExitStack() as stack:
            for number in range(3 * THREADS):
                slow = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
                body = FORM + b"Content-Length: 99\r\n\r\nabout=A"
                slow.sendall(HEAD + (body if number % 2 else b""))
            assert ask(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").startswith(
                b"HTTP/1.1 200"
            )
        too_long = HEAD + FORM + b"Content-Length: %d\r\n\r\n" % (BODY_BYTES + 1)
        assert ask(port, too_long).startswith(b"HTTP/1.1 413")
        many = b"".join(b"X-%d: a\r\n" % number for number in range(99))
        assert ask(port, HEAD + many + b"\r\n")[9:10] == b"4"
        assert ask(port, HEAD + b"X-Long: " + b"a" * 9_000 + b"\r\n\r\n")[9:10] == b"4"
        assert endless(port).startswith(b"HTTP/1.1 413")
        for request in BROKEN:
            assert ask(port, request)[9:10] in {b"4", b"5"}
        forged = (
            b"GET /a%0d%0aWRITTEN-BY-A-VISITOR%0aSet-Cookie:x=y HTTP/1.1\r\n"
            b"Host: localhost\r\nX-Forwarded-For: WRITTEN-BY-A-VISITOR\r\n"
            b"User-Agent: WRITTEN-BY-A-VISITOR\r\nReferer: http://WRITTEN-BY-A-VISITOR/\r\n\r\n"
        )
        answer = ask(port, forged)
        assert answer.startswith(b"HTTP/1.1 404")
        assert b"WRITTEN-BY-A-VISITOR" not in answer
    assert b"WRITTEN-BY-A-VISITOR" not in written.read_bytes()
    assert b"127.0.0.1" not in written.read_bytes()


def test_all_processes_of_a_server_count_together(
    public_settings: Settings, tmp_path: Path
) -> None:
    with serving_site(
        public_settings, tmp_path / "log", WEB_CONCURRENCY="2", PORTAL_SLOW_AFTER="0"
    ) as port:
        connected(port).close()
        page = read_page(port)
        found = [send_wrong_code(port, page) for _ in range(6)]
    assert found == [422] + [429] * 5


def test_only_while_every_thread_is_taken_are_the_slow_cut_off() -> None:
    threads = Threads(2)
    with ExitStack() as stack:
        pairs = [socket.socketpair() for _ in range(2)]
        for pair in pairs:
            stack.enter_context(pair[0])
            stack.enter_context(pair[1])
        later = time.monotonic() + GRACE_SECONDS + 1
        with threads.one(pairs[0][0]):
            assert threads.cut_off_slow(later) == 0
            with threads.one(pairs[1][0]):
                assert threads.cut_off_slow(time.monotonic()) == 0
                assert threads.cut_off_slow(later) == 2
        assert pairs[0][0].recv(1) == b""
        assert threads.cut_off_slow(later) == 0


def test_nothing_is_read_for_longer_than_the_longest_letter_takes() -> None:
    threads = Threads(9)
    one, other = socket.socketpair()
    with one, other, threads.one(one):
        assert threads.cut_off_slow(time.monotonic() + LETTER_SECONDS + 1) == 1
        assert one.recv(1) == b""


def read_page(port: int) -> tuple[str, str]:
    """The cookie and the token of somebody who opens the page for codes."""
    answer = urlopen(f"http://localhost:{port}/tra-cuu")
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
    assert token is not None
    return answer.headers["Set-Cookie"].split(";")[0], token[1]


def send_wrong_code(port: int, page: tuple[str, str]) -> int:
    """Send a code that no letter has, over a connection of its own; return the status."""
    cookie, token = page
    body = urlencode({"csrf_token": token, "code": code_from_token(new_token(), b"x").symbols})
    head = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection = HTTPConnection("localhost", port)
    connection.request("POST", "/tra-cuu", body, head)
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_file_on_its_way_may_take_longer() -> None:
    threads = Threads(9)
    one, other = socket.socketpair()
    with one, other, threads.one(one):
        be_patient(2 * LETTER_SECONDS)
        assert threads.cut_off_slow(time.monotonic() + LETTER_SECONDS + 1) == 0
        assert threads.cut_off_slow(time.monotonic() + 2 * LETTER_SECONDS + 1) == 1


def ask(port: int, request: bytes) -> bytes:
    """Send raw bytes and return the whole answer, or what came of it."""
    with connected(port) as connection:
        connection.sendall(request)
        return read(connection)


def endless(port: int) -> bytes:
    """Send a body without a length until the server has had enough."""
    piece = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    with connected(port) as connection:
        try:
            connection.sendall(HEAD + FORM + b"Transfer-Encoding: chunked\r\n\r\n")
            for _ in range(BODY_BYTES // 0x10000 + 2):
                connection.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return read(connection)


def read(connection: socket.socket) -> bytes:
    """What the server says until it pauses or hangs up."""
    found = b""
    try:
        while piece := connection.recv(65_536):
            found += piece
            if b"\r\n\r\n" in found:
                break
    except ConnectionResetError:
        pass
    return found


def connected(port: int) -> socket.socket:
    """A connection, as soon as the server is there."""
    for _attempt in range(200):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=30)
        except ConnectionRefusedError:
            time.sleep(0.05)
    pytest.fail("the server did not start")
