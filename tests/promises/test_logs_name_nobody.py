"""No network address of a resident in a log, whatever a broken or hostile request looks like."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.config import Settings

ROOT = Path(__file__).resolve().parents[2]
BROKEN = (
    b"GET /?" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"BR\x00KEN / HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: zz\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nCookie: " + b"c" * 20_000 + b"\r\n\r\n",
    b"GET /khong-co HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n",
)


def test_broken_requests_leave_no_address_in_the_log(
    public_settings: Settings, tmp_path: Path
) -> None:
    written = tmp_path / "server.log"
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PORTAL_DATABASE_URL": public_settings.database_url,
        "PORTAL_KEYS": str(public_settings.keys),
    }
    with written.open("wb") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--threads", "2"),
                *("--bind", f"fd://{listening.fileno()}", "wsgi:create_public_app()"),
            ],
            cwd=ROOT,
            env=environment,
            pass_fds=[listening.fileno()],
            stdout=log,
            stderr=log,
        )
        listening.close()
        try:
            for request in BROKEN:
                assert _send(port, request)[9:10] in {b"4", b"5"}
        finally:
            server.terminate()
            server.wait(20)
    assert b"127.0.0.1" not in written.read_bytes()


def _send(port: int, request: bytes) -> bytes:
    """Send raw bytes and return the beginning of the answer."""
    for _attempt in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                connection.sendall(request)
                return connection.recv(64)
        except ConnectionRefusedError:
            time.sleep(0.05)
    pytest.fail("the server did not start")
