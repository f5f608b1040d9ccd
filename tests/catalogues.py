"""Reading pages in English: the compiled catalogue, and what is still Vietnamese on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from werkzeug.test import TestResponse

from tests.house.texts import VIETNAMESE
from tests.pages import page_of

#: An element that says it is Vietnamese, such as the words that spell a code.
_SAID = re.compile(r'<(\w+)[^>]*\slang="vi"[^>]*>.*?</\1>', re.DOTALL)
_TRANSLATIONS = Path(__file__).resolve().parents[1] / "portal" / "translations"


def bring_up_to_date() -> None:
    """Compile what has changed, as ``make translations`` does; two processes may do so at once."""
    for source in _TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3])
        with NamedTemporaryFile(dir=source.parent, suffix=".mo", delete=False) as made:
            write_mo(made, catalog)
        Path(made.name).chmod(0o644)
        Path(made.name).replace(compiled)


def left_in_vietnamese(response: TestResponse, names: Iterable[str]) -> list[str]:
    """The words of an English page with Vietnamese letters, also those in its attributes.

    Names stay what they are: the longest are taken out first, so that none hides another.
    """
    assert page_of(response).lang == "en"
    text = unescape(_SAID.sub("", response.text))
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return [word for word in re.findall(r"\w+", text) if VIETNAMESE.search(word)]
