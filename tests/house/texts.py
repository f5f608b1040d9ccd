"""Every text that people read: gathered afresh from the source, and the English catalogue."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

from tests.house.source import ROOMS, ROOT

ENGLISH = ROOT / "portal" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
#: A message is known by its context, mostly none, and its text.
Key = tuple[str | None, str]


@cache
def gathered() -> Catalog:
    """What ``make extract`` would gather at this moment; the file that joins the rooms is mute."""
    catalog = Catalog()
    for folder in (*ROOMS, "templates"):
        for path, line, text, _comments, context in _messages(ROOT / folder):
            catalog.add(text, locations=[(f"{folder}/{path}", line)], context=context)
    return catalog


@cache
def english() -> Catalog:
    """The English catalogue as it stands in the tree."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def texts(catalog: Catalog) -> dict[Key, Message]:
    """The messages of a catalogue, without its head."""
    return {(message.context, sources(message)[0]): message for message in catalog if message.id}


def sources(message: Message) -> tuple[str, ...]:
    """The Vietnamese of a message; two alike where it counts something."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    """The English of a message, one for each of its forms."""
    found = message.string or ""
    return (found,) if isinstance(found, str) else tuple(found)


def places(message: Message) -> set[str]:
    """The files in which a text stands."""
    return {path for path, _line in message.locations}


def _messages(
    folder: Path,
) -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    """What the settings of the extraction find below a folder."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    return extract_from_dir(
        folder,
        [(each["pattern"], each["method"]) for each in settings],
        {each["pattern"]: each.get("options", {}) for each in settings},
        keywords=_keywords(),
    )


def _keywords() -> Mapping[str, Any]:
    """The names of the calls that hold a text: the library's, and those that the Makefile adds."""
    named = re.findall(r"-k (\S+)", (ROOT / "Makefile").read_text())
    return {**DEFAULT_KEYWORDS, **parse_keywords(named)}
