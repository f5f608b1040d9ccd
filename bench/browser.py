"""A browser small enough not to be what is measured: one kept connection and its cookies.

It follows nothing by itself and runs nothing. It asks for no compression, so that what is
measured is the making of pages; only ``bench.visit`` asks for it.
"""

import gzip
import html
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input\b(?=[^>]*\btype="?hidden)[^>]*>')
NAME = re.compile(r'\bname="?([^">\s]+)')
VALUE = re.compile(r'\bvalue="([^"]*)"')


class Broken(Exception):
    """The server answered with something that is not a whole response."""


@dataclass(frozen=True)
class Answer:
    """One response; ``wire`` counts its bytes as they came, head and body."""

    status: int
    headers: dict[str, str]
    body: bytes
    wire: int

    @property
    def text(self) -> str:
        """The body as the text of a page, unpacked where it came compressed."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()

    def hidden(self) -> dict[str, str]:
        """Return the hidden fields of the page's forms by name."""
        found = {}
        for tag in HIDDEN.findall(self.text):
            name, value = NAME.search(tag), VALUE.search(tag)
            if name:
                found[name[1]] = html.unescape(value[1]) if value else ""
        return found


@dataclass
class Browser:
    """Speaks HTTP/1.1 to a server on this machine over one connection that is kept open."""

    port: int
    wait: float = 30
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    _socket: socket.socket | None = None

    def __enter__(self) -> Self:
        """Start without a connection: the first request opens it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self.close()

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask(self._head("GET", path) + b"\r\n")

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self.send(path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def send(self, path: str, body: bytes, kind: str) -> Answer:
        """Send a body of some kind."""
        length = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return self._ask(self._head("POST", path) + length.encode() + body)

    def close(self) -> None:
        """Close the connection, if there is one; the cookies stay."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _head(self, method: str, path: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.cookies:
            pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            lines.append(f"Cookie: {pairs}")
        return ("\r\n".join(lines) + "\r\n").encode()

    def _ask(self, request: bytes) -> Answer:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), self.wait)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        head, rest = self._receive_head(self._socket)
        status, headers = self._read_head(head)
        body = self._receive_body(self._socket, headers, rest)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body, len(head) + 4 + len(body))

    @staticmethod
    def _receive_head(connection: socket.socket) -> tuple[bytes, bytes]:
        received = b""
        while b"\r\n\r\n" not in received:
            received += (chunk := connection.recv(65536))
            if not chunk:
                raise Broken("the server closed the connection before it answered")
        head, _, rest = received.partition(b"\r\n\r\n")
        return head, rest

    def _read_head(self, head: bytes) -> tuple[int, dict[str, str]]:
        first, *lines = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].strip().partition("=")
                self.cookies[cookie] = content
            else:
                headers[name.lower()] = value.strip()
        return int(first.split(" ", 2)[1]), headers

    @staticmethod
    def _receive_body(connection: socket.socket, headers: dict[str, str], body: bytes) -> bytes:
        if "content-length" not in headers:
            raise Broken("the response does not say how long it is")
        missing = int(headers["content-length"]) - len(body)
        parts = [body]
        while missing > 0:
            parts.append(chunk := connection.recv(65536))
            if not chunk:
                raise Broken("the response ended early")
            missing -= len(chunk)
        return b"".join(parts)
