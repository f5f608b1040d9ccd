"""How residents type: without marks, in capitals, with slips of the keyboard. Pure."""

from __future__ import annotations

import re
import unicodedata
from random import Random

#: The marks of Vietnamese letters and what is typed for them after the letter.
_KEYS = {
    "\u0302": "^",
    "\u031b": "w",
    "\u0306": "w",
    "\u0300": "f",
    "\u0301": "s",
    "\u0309": "r",
    "\u0303": "x",
    "\u0323": "j",
}
_WORD = re.compile(r"[^\W\d_]+")
_SLIPS = 3
#: Of a hundred letters so many come in each of these ways; the rest is typed as it should be.
_WAYS = (("bare", 13), ("lower", 5), ("capitals", 2), ("slips", 5))


def typed(text: str, chance: Random) -> str:
    """The text as one of the keyboards of the ward would have sent it."""
    drawn = chance.randrange(100)
    for way, share in _WAYS:
        if drawn < share:
            return _as_typed(text, way, chance)
        drawn -= share
    return text


def bare(text: str) -> str:
    """The text without its marks, as many type on a telephone."""
    apart = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(each for each in apart if not unicodedata.combining(each))


def _as_typed(text: str, way: str, chance: Random) -> str:
    """The text in one of the ways."""
    match way:
        case "bare":
            return bare(text)
        case "lower":
            return text.lower()
        case "capitals":
            return text.upper()
        case _:
            return _slipped(text, chance)


def _slipped(text: str, chance: Random) -> str:
    """Some words as they look when the keyboard did not join the keys."""
    marked = [found for found in _WORD.finditer(text) if bare(found[0]) != found[0]]
    for found in sorted(chance.sample(marked, min(_SLIPS, len(marked))), key=_end, reverse=True):
        text = text[: found.start()] + keys_of(found[0]) + text[found.end() :]
    return text


def _end(found: re.Match[str]) -> int:
    return found.end()


def keys_of(word: str) -> str:
    """The keys of one word: "đường" is "dduwowngf"."""
    letters, tone = "", ""
    for letter in word:
        apart = unicodedata.normalize("NFD", letter)
        base = apart[0]
        letters += base
        for mark in apart[1:]:
            key = _KEYS.get(mark, "")
            if key in {"^", "w"}:
                letters += base.lower() if key == "^" else key
            else:
                tone = key
        if letter in "Đđ":
            letters = letters[:-1] + ("Dd" if letter == "Đ" else "dd")
    return letters + tone
