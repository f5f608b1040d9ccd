"""Settings, read once from the environment when a process starts.

Every name carries the prefix ``PORTAL_``. Nothing else in the program reads the environment. Keys
are taken out of it as they are read, so that no program that this one starts inherits them.
"""

from __future__ import annotations

import enum
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "PORTAL_"
#: How the variable of a key begins; the rest is its name: ``PORTAL_KEY_STAFF_1_PRIVATE``.
KEY_PREFIX = "PORTAL_KEY_"
#: One name or number. The framework would take a dot before it for every name below.
_HOST = re.compile(r"[^\W_]([\w.-]*[^\W_])?")
#: One address and no name beside it; the site that a mail leads to.
_SENDER = re.compile(r"[\w.+-]+@[^\W_][\w.-]*", re.ASCII)
_SITE = re.compile(r"https?://[\w.:/-]+", re.ASCII)
_MUST_BE_ADDRESS = "must be the address of the public site, such as https://y-kien.example.vn"
_OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
#: What is counted takes memory for each of so many.
_MOST = 100_000


class BadSetting(Exception):
    """A setting cannot be used; the message says which one and what to do."""


class Encryption(enum.StrEnum):
    """How the conversation with the mail server is kept from others."""

    STARTTLS = "starttls"
    TLS = "tls"
    #: For a server on this machine only.
    NONE = "none"


@dataclass(frozen=True)
class Mail:
    """The server that takes mails, who sends them, and the address of the public site in them."""

    host: str
    sender: str
    address: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    encryption: Encryption = Encryption.STARTTLS


@dataclass(frozen=True)
class Settings:
    """What one process needs to know about where it runs.

    ``keys`` is the folder of one holder (public, staff or worker): a process is given its
    own folder and cannot reach the keys of another. ``given_keys`` came as variables instead.
    """

    database_url: str = "sqlite:///var/portal.db"
    #: Where the sealed files lie: a folder, or the address of a store of objects.
    files: str = "var/files"
    keys: Path = Path("keys/public")
    given_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: Where the list of what was deleted lies: beside the database, and not inside it.
    purged: Path = Path("var/purged")
    #: Where people find the public site, as papers and mails tell it; empty where nobody has said.
    address: str = ""
    place: str = "Tỉnh Lạng Sơn"
    telephone: str = ""
    secure_cookies: bool = False
    trusted_proxies: int = 0
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    slow_after: int = 5
    source_limit: int = 10
    flood_limit: int = 100
    staff_hours: int = 10
    idle_minutes: int = 60
    #: Without it nothing is sent.
    mail: Mail | None = None
    testing: bool = False


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Build the settings from ``PORTAL_*`` variables.

    Raises BadSetting, in one sentence, for a value that cannot be read. Keys are in the answer and
    no longer in the environment of this process, whatever else is wrong.
    """
    source = os.environ if environ is None else environ
    return Settings(
        given_keys=_keys(source),
        database_url=source.get(PREFIX + "DATABASE_URL", Settings.database_url),
        files=source.get(PREFIX + "FILES", Settings.files),
        keys=Path(source.get(PREFIX + "KEYS", str(Settings.keys))),
        purged=Path(source.get(PREFIX + "PURGED", str(Settings.purged))),
        address=_address(source),
        place=source.get(PREFIX + "PLACE", Settings.place),
        telephone=source.get(PREFIX + "TELEPHONE", Settings.telephone),
        secure_cookies=_flag(source, "SECURE_COOKIES"),
        trusted_proxies=_whole(source, "TRUSTED_PROXIES", Settings.trusted_proxies),
        trusted_hosts=_hosts(source),
        slow_after=_whole(source, "SLOW_AFTER", Settings.slow_after),
        source_limit=_whole(source, "SOURCE_LIMIT", Settings.source_limit),
        flood_limit=_whole(source, "FLOOD_LIMIT", Settings.flood_limit),
        staff_hours=_whole(source, "STAFF_HOURS", Settings.staff_hours),
        idle_minutes=_whole(source, "IDLE_MINUTES", Settings.idle_minutes),
        mail=_mail(source),
    )


def _keys(source: Mapping[str, str]) -> dict[str, str]:
    """The variables that hold keys, each taken away; an empty one is none."""
    found = {name: source[name] for name in list(source) if name.startswith(KEY_PREFIX)}
    if source is os.environ:
        for name in found:
            del os.environ[name]
    return {name: value for name, value in found.items() if value.strip()}


def _flag(source: Mapping[str, str], name: str) -> bool:
    value = source.get(PREFIX + name, "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{PREFIX}{name} must be 1 or 0, not {value!r}.")


def _hosts(source: Mapping[str, str]) -> tuple[str, ...]:
    """The names under which the site answers, as a browser sends them, without a port."""
    named = source.get(PREFIX + "TRUSTED_HOSTS", "").lower().replace(",", " ").split()
    for name in named:
        if not _HOST.fullmatch(name):
            raise BadSetting(
                f"{PREFIX}TRUSTED_HOSTS must be names such as y-kien.example.vn, "
                f"with commas between and without https:// or port, not {name!r}."
            )
    return tuple(named) or Settings.trusted_hosts


def _address(source: Mapping[str, str]) -> str:
    """The address of the public site, without a stroke at its end, if it is given."""
    address = source.get(PREFIX + "ADDRESS", "").strip().rstrip("/")
    if address and not (_SITE.fullmatch(address) and urlsplit(address).hostname):
        raise BadSetting(f"{PREFIX}ADDRESS {_MUST_BE_ADDRESS}, not {address!r}.")
    return address


def _mail(source: Mapping[str, str]) -> Mail | None:
    """The mail server, if one is named; then what mails say of the portal is needed, too."""
    host = source.get(PREFIX + "SMTP_HOST", "").strip()
    if not host:
        return None
    try:
        encryption = Encryption(source.get(PREFIX + "SMTP_TLS", Mail.encryption).strip().lower())
    except ValueError:
        raise BadSetting(f"{PREFIX}SMTP_TLS must be starttls, tls or none.") from None
    if encryption is Encryption.NONE and host not in _OWN_MACHINE:
        raise BadSetting(f"{PREFIX}SMTP_TLS may be none only for a mail server on this machine.")
    sender = source.get(PREFIX + "MAIL_FROM", "").strip()
    if not _SENDER.fullmatch(sender):
        raise BadSetting(f"{PREFIX}MAIL_FROM must be one address such as cong@example.vn.")
    address = _address(source)
    if not address:
        raise BadSetting(f"{PREFIX}ADDRESS {_MUST_BE_ADDRESS}: mails tell it to residents.")
    return Mail(
        host=host,
        sender=sender,
        address=address,
        port=_whole(source, "SMTP_PORT", 465 if encryption is Encryption.TLS else Mail.port),
        user=source.get(PREFIX + "SMTP_USER", ""),
        password=source.get(PREFIX + "SMTP_PASSWORD", ""),
        encryption=encryption,
    )


def _whole(source: Mapping[str, str], name: str, default: int) -> int:
    value = source.get(PREFIX + name, "")
    if not value:
        return default
    if not value.isdecimal() or int(value) > _MOST:
        raise BadSetting(f"{PREFIX}{name} must be a whole number up to {_MOST}, not {value!r}.")
    return int(value)
