"""A small mail server on loopback, which can also refuse, keep silent and hang up."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from portal.config import Encryption, Mail


@dataclass
class PostOffice:
    """What came, and how the next conversation goes."""

    port: int = 0
    refuses: bytes = b""
    #: Before which word of the client it hangs up; "." is the end of the message.
    hangs_up_at: bytes = b""
    silent: threading.Event | None = None
    secrets: ssl.SSLContext | None = None
    bodies: list[bytes] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails that it accepted."""
        return [message_from_bytes(each, policy=policy.default) for each in self.bodies]

    def settings(self, encryption: Encryption = Encryption.NONE, **more: str) -> Mail:
        """The settings that lead here."""
        return Mail(
            host="localhost",
            port=self.port,
            sender="cong@dong-kinh.vi.du",
            address="https://y-kien.vi.du",
            encryption=encryption,
            **more,
        )


class _Conversation(socketserver.StreamRequestHandler):
    """One client."""

    def handle(self) -> None:
        """Answer until it leaves."""
        office: PostOffice = self.server.office  # type: ignore[attr-defined]
        if office.silent is not None:
            office.silent.wait(10)
            return
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline():
            office.said.append(line)
            word = line.split()[0].upper()
            if office.hangs_up_at == word:
                return
            if word == b"EHLO":
                offers = b"250-STARTTLS\r\n" if office.secrets else b""
                self.wfile.write(b"250-here\r\n" + offers + b"250 AUTH PLAIN\r\n")
            elif word == b"STARTTLS" and office.secrets:
                self.wfile.write(b"220 go on\r\n")
                try:
                    self.request = office.secrets.wrap_socket(self.request, server_side=True)
                except OSError:
                    return
                self.setup()
            elif word == b"RCPT" and office.refuses:
                self.wfile.write(office.refuses + b"\r\n")
            elif word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                if not self._take(office):
                    return
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"235 yes\r\n" if word == b"AUTH" else b"250 yes\r\n")

    def finish(self) -> None:
        """Close what was encrypted; the server closes only what it opened."""
        super().finish()
        if isinstance(self.request, ssl.SSLSocket):
            self.request.close()

    def _take(self, office: PostOffice) -> bool:
        """Take one mail; not where it hangs up before the end."""
        body = b""
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            body += line
        if office.hangs_up_at == b".":
            return False
        office.bodies.append(body)
        self.wfile.write(b"250 taken\r\n")
        return True


class _Server(socketserver.ThreadingTCPServer):
    """Many clients at once."""

    allow_reuse_address = daemon_threads = True


@contextmanager
def open_office() -> Iterator[PostOffice]:
    """A server that listens until the block ends."""
    office = PostOffice()
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.office = office  # type: ignore[attr-defined]
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield office
        server.shutdown()
        thread.join()
