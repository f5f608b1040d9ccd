"""What may be cut from a letter: its own words in their order, and nothing beside them.

Texts are compared word by word as the portal keeps them (``portal.text.clean``: NFC, plain
spaces). A mark of masking is one word, and so is a number with its points: neither is cut in two.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.text import clean
from portal.text.masked import TOKEN

#: A mark of masking; letters and digits, with what stands between two digits; or any other sign.
_WORD = re.compile(rf"{TOKEN.pattern}|[^\W_]+(?:(?<=\d)[^\s\w](?=\d)[^\W_]+)*|\S")
#: What may go with the words beside it without being asked about.
_SLIGHT = frozenset(".,;:!-\u2013\u2014\u2026()")
#: What ended the words before a piece, and is not told with it.
_BEFORE = " \n.,;:"
_AND = "và"
#: What of a letter names people and where they are.
_NAMING = ("about", "what", "unit", "place")


@dataclass(frozen=True)
class Parts:
    """What stays in the case, and what becomes a case of its own, about whom.

    ``dropped`` is what the moderator has read and agreed to leave out of both.
    """

    staying: str
    about: str
    going: str
    dropped: str = ""


class NotCut(Exception):
    """Something stands in a part that the letter does not say, or not in this order.

    ``added`` gives the foreign pieces by the name of the field of ``Parts``.
    """

    def __init__(self, added: Mapping[str, tuple[str, ...]]):
        """Keep what is foreign where."""
        super().__init__("a part is not cut from the letter")
        self.added = added


class LeftOut(Exception):
    """Some of the letter stands in neither part, and nobody has agreed to that."""

    def __init__(self, pieces: tuple[str, ...]):
        """Keep the pieces, in the order of the letter."""
        super().__init__("some of the letter would be lost")
        self.pieces = pieces


def check_parts(words: Mapping[str, str], parts: Parts) -> None:
    """Let parts be only what they may be of these masked words. Raises NotCut, LeftOut."""
    what = words.get("what", "")
    found = {
        "staying": foreign(what, parts.staying),
        "about": unnamed([words.get(name, "") for name in _NAMING], parts.about),
        "going": foreign(what, parts.going),
    }
    if added := {name: pieces for name, pieces in found.items() if pieces}:
        raise NotCut(added)
    pieces = left_out(what, (parts.staying, parts.going))
    if pieces and parts.dropped.split() != " ".join(pieces).split():
        raise LeftOut(pieces)


def foreign(whole: str, half: str) -> tuple[str, ...]:
    """What stands in a half and is not of the whole, or not in this order; empty for a cut."""
    there, here = _Text(whole), _Text(half)
    if _places(there.words, here.words) is not None:
        return ()
    matching = SequenceMatcher(None, there.words, here.words, autojunk=False)
    known = {
        place
        for block in matching.get_matching_blocks()
        for place in range(block.b, block.b + block.size)
    }
    return here.pieces(place for place in range(len(here.words)) if place not in known)


def left_out(whole: str, halves: Iterable[str]) -> tuple[str, ...]:
    """What of the whole stands in none of these halves, each of which was cut from it."""
    there, kept = _Text(whole), set[int]()
    for half in halves:
        kept.update(_places(there.words, _Text(half).words, taken=kept) or ())
    lost = there.pieces(place for place in range(len(there.words)) if place not in kept)
    told = (piece.lstrip(_BEFORE) for piece in lost)
    return tuple(piece for piece in told if not _SLIGHT.issuperset("".join(piece.split())))


def unnamed(sources: Iterable[str], about: str) -> tuple[str, ...]:
    """Whoever is named here and in none of these texts. Small and capital letters are one.

    Names are told apart by signs and by "và"; each has to stand there as one piece.
    """
    texts = [[word.casefold() for word in _Text(source).words] for source in sources]
    here = _Text(about)
    names = here.pieces(
        place
        for place, word in enumerate(here.words)
        if word[-1].isalnum() and word.casefold() != _AND
    )
    if not names and about.strip():
        return (about.strip(),)
    return tuple(name for name in names if not _stands_in(texts, name))


def _stands_in(texts: Iterable[Sequence[str]], name: str) -> bool:
    """Whether a name stands in one of these texts as one piece."""
    wanted = [word.casefold() for word in _Text(name).words]
    size = len(wanted)
    return any(wanted == text[start : start + size] for text in texts for start in range(len(text)))


class _Text:
    """A text as its words, each with where it stands."""

    def __init__(self, raw: str):
        """Take it apart."""
        self.text = clean(raw)
        self.found = list(_WORD.finditer(self.text))
        self.words = [match[0] for match in self.found]

    def pieces(self, places: Iterable[int]) -> tuple[str, ...]:
        """The words at these places, neighbours together as they are written."""
        runs: list[list[int]] = []
        for place in places:
            if runs and runs[-1][1] == place - 1:
                runs[-1][1] = place
            else:
                runs.append([place, place])
        return tuple(
            self.text[self.found[first].start() : self.found[last].end()] for first, last in runs
        )


def _places(
    whole: Sequence[str], half: Sequence[str], taken: Container[int] = ()
) -> list[int] | None:
    """Where in the whole the words of a half stand, in as long pieces as may be; of what was
    written twice that which is not ``taken``.

    None where they do not all stand there in this order.
    """
    latest = _latest(whole, half)
    if latest is None:
        return None
    places: list[int] = []
    while len(places) < len(half):
        done, start = len(places), places[-1] + 1 if places else 0
        begins = (at for at in range(start, latest[done] + 1) if whole[at] == half[done])
        at = max(begins, key=lambda begin: (_run(whole, begin, half, done), begin not in taken))
        places.extend(range(at, at + _run(whole, at, half, done)))
    return places


def _run(whole: Sequence[str], at: int, half: Sequence[str], done: int) -> int:
    """How many words are the same from two places on."""
    size = 0
    for one, other in zip(
        (whole[place] for place in range(at, len(whole))),
        (half[place] for place in range(done, len(half))),
        strict=False,
    ):
        if one != other:
            break
        size += 1
    return size


def _latest(whole: Sequence[str], half: Sequence[str]) -> list[int] | None:
    """For each word of a half the last place at which it may stand for the rest to follow."""
    found: list[int] = []
    at = len(whole) - 1
    for word in reversed(half):
        while at >= 0 and whole[at] != word:
            at -= 1
        if at < 0:
            return None
        found.append(at)
        at -= 1
    return found[::-1]
