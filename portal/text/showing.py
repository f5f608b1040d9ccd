"""Showing: what a person wrote becomes HTML here, escaped once. Nothing else makes HTML of text.

This is the only room that knows bleach. It cleans nothing away: whatever was typed between angle
brackets is shown as typed.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping

from bleach.linkifier import Linker
from markupsafe import Markup, escape

from portal.text.cleaning import clean
from portal.text.masked import TOKEN

_Attributes = MutableMapping[tuple[str | None, str], str]

_BLANK_LINES = re.compile(r"\n{2,}")
#: In escaped text only "&amp;" may go on inside an address; other entities were quotes or brackets.
_ADDRESS = re.compile(r"https://[^\W_](?:(?:[^\s&<>\"']|&amp;)*[^\s&<>\"'.,;:!?])?", re.IGNORECASE)
_WORD_WITH_ADDRESS = re.compile(r"https://\S+", re.IGNORECASE)


def highlight(masked_text: str) -> Markup:
    """Masked text for the screen: escaped, in paragraphs, each mask in ``<mark>``.

    A writer who types a mask's exact words gets the same look; any other bracket stays as it is.
    """
    marked = TOKEN.sub(lambda match: f"<mark>{match[0]}</mark>", str(escape(clean(masked_text))))
    return _paragraphs(marked)


def prose(text: str) -> Markup:
    """An answer or a note for the screen: escaped, in paragraphs, https addresses as links.

    Links send no referrer and pass on no rank. Nothing typed is taken away.
    """
    escaped = str(escape(clean(text)))
    if "https://" in escaped.lower():
        escaped = _WORD_WITH_ADDRESS.sub(_linked, escaped)
    return _paragraphs(escaped)


def _paragraphs(html: str) -> Markup:
    parts = [part.replace("\n", "<br>") for part in _BLANK_LINES.split(html) if part]
    paragraphs = "\n".join(f"<p>{part}</p>" for part in parts)
    # Both callers have escaped what was typed; what is added here are tags of our own.
    return Markup(paragraphs)  # noqa: S704  # nosec B704


def _linked(match: re.Match[str]) -> str:
    """One linker each time: it keeps state, and several threads serve readers."""
    linker = Linker(callbacks=[_quiet], url_re=_ADDRESS, recognized_tags=frozenset())
    return str(linker.linkify(match[0]))


def _quiet(attrs: _Attributes, new: bool = False) -> _Attributes:  # noqa: ARG001
    """What bleach asks for each link; every link is one it has just made."""
    attrs[None, "rel"] = "noreferrer nofollow"
    return attrs
