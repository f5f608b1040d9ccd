"""What a list calls a case. Pure."""

import re

HEADLINE_LENGTH = 90

#: Where a paragraph ends without a mark of its own and the next begins with a capital.
_UNMARKED = re.compile(r"(?<![.!?:;,…])\n(?=\w)")


def headline(text: str) -> str:
    """The first words of a masked text, cut at a space: what a list shows.

    Paragraphs are told apart by a full stop; a sentence that runs over a line goes on.
    """
    lines = "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
    flat = _UNMARKED.sub(_end, lines).replace("\n", " ")
    if len(flat) <= HEADLINE_LENGTH:
        return flat
    return flat[:HEADLINE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def _end(found: re.Match[str]) -> str:
    """How a line ends: with its sentence, unless the next one goes on in small letters."""
    return ". " if found.string[found.end()].isupper() else " "
