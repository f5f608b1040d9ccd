"""One mail: what it says, and the conversation with the server that takes it."""

from __future__ import annotations

import secrets
import smtplib
import ssl
from contextlib import suppress
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from portal.config import Encryption, Mail

#: Seconds for each answer of the server.
TIMEOUT = 20.0
_TEXTS = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parents[2] / "templates" / "mail"),
    undefined=StrictUndefined,
    autoescape=select_autoescape(),
    keep_trailing_newline=True,
)


class MailDown(Exception):
    """The server does not answer, or takes nothing from us; ``args`` is the kind of fault."""


class Refused(Exception):
    """The server does not take this recipient; ``for_good`` says whether it may later."""

    def __init__(self, *, for_good: bool) -> None:
        """Keep how it was refused, never whom."""
        super().__init__(for_good)
        self.for_good = for_good


def news_mail(mail: Mail, *, to: str, telephone: str, at: datetime) -> EmailMessage:
    """The mail that says there is news to a resident. Raises Refused for what is no address."""
    return _written("news.txt", mail, to=to, telephone=telephone, at=at)


def staff_mail(mail: Mail, *, to: str, urgent: bool, telephone: str, at: datetime) -> EmailMessage:
    """The daily reminder, or the one that something is urgent. Raises Refused."""
    template = "urgent.txt" if urgent else "digest.txt"
    return _written(template, mail, to=to, telephone=telephone, at=at)


def _written(template: str, mail: Mail, *, to: str, telephone: str, at: datetime) -> EmailMessage:
    """One mail. It depends on nothing but the installation.

    Nobody knows which language is read, so both stand in it. Raises Refused for what cannot be an
    address.
    """
    written = _TEXTS.get_template(template).render(address=mail.address, telephone=telephone)
    subject, _line, text = written.partition("\n\n")
    message = EmailMessage()
    try:
        message["To"] = Address(addr_spec=to)
        to.encode("ascii")
    except (MessageError, ValueError, IndexError):
        raise Refused(for_good=True) from None
    message["From"] = mail.sender
    message["Subject"] = subject
    message["Date"] = at
    message["Message-ID"] = f"<{secrets.token_hex(16)}@{_host(mail)}>"
    message["Auto-Submitted"] = "auto-generated"
    # Not every server takes eight bits.
    message.set_content(text, cte="quoted-printable")
    return message


def send(mail: Mail, message: EmailMessage) -> None:
    """Hand a mail to the server; it was accepted when this returns.

    Raises Refused or MailDown. What a server answers is not repeated: it may hold the address.
    """
    try:
        server = _connect(mail)
    except (smtplib.SMTPException, OSError) as error:
        raise MailDown(type(error).__name__) from None
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _answer in error.recipients.values()]
        raise Refused(for_good=all(500 <= code < 600 for code in codes)) from None
    except smtplib.SMTPDataError:
        raise Refused(for_good=False) from None
    except (smtplib.SMTPException, OSError) as error:
        raise MailDown(type(error).__name__) from None
    finally:
        # It was accepted or not: how the server says good-bye changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _connect(mail: Mail) -> smtplib.SMTP:
    """A conversation with the server, encrypted and signed in as the settings say."""
    name, trusted = _host(mail), ssl.create_default_context()
    if mail.encryption is Encryption.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.host, mail.port, local_hostname=name, timeout=TIMEOUT, context=trusted
        )
    else:
        server = smtplib.SMTP(mail.host, mail.port, local_hostname=name, timeout=TIMEOUT)
    try:
        if mail.encryption is Encryption.STARTTLS:
            server.starttls(context=trusted)
        if mail.user:
            server.login(mail.user, mail.password)
    except BaseException:
        server.close()
        raise
    return server


def _host(mail: Mail) -> str:
    """The name of the portal: what mails tell of the machine that sends them."""
    return urlsplit(mail.address).hostname or "localhost"
