"""How the portal speaks: short sentences, to residents as ông/bà, inside as đồng chí."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from tests.house.texts import english, gathered, places, sources, texts, translations

_MOST_WORDS = 20
_SENTENCE_END = re.compile(r"(?<=[.?!;])\s+")
#: Words that judge before anybody was heard, that look down, or that are not those of an office.
_NEVER = ("đối tượng", "bị tố cáo", "đã xác minh", "bạn", "chúng tôi", "vui lòng", "ok", "click")
_PUBLIC = ("portal/views/", "portal/tracking/", "templates/portal/")
_INSIDE = ("moderation/", "templates/moderation/", "templates/desk_base.html")
#: Made by the staff and read in the street.
_POSTERS = "moderation/posters/wording.py"
#: The mark of sample data is meant to be seen from afar.
_MARKS = {"DỮ LIỆU MẪU", "SAMPLE DATA"}
_JUDGED = re.compile(r"\b(verified|proven|accused)\b", re.IGNORECASE)


@cache
def vietnamese() -> list[str]:
    """Every text in Vietnamese."""
    return sorted({text for message in texts(gathered()).values() for text in sources(message)})


@cache
def translated() -> list[str]:
    """Every text in English."""
    return sorted({text for message in texts(english()).values() for text in translations(message)})


@pytest.mark.parametrize("language", [vietnamese, translated])
def test_sentences_are_short(language: Callable[[], list[str]]) -> None:
    for text in language():
        for sentence in _SENTENCE_END.split(text):
            assert len(sentence.split()) <= _MOST_WORDS, sentence


@pytest.mark.parametrize("word", _NEVER)
def test_some_words_are_never_used(word: str) -> None:
    used = re.compile(rf"(?<!\w){word}(?!\w)", re.IGNORECASE)
    assert not [text for text in vietnamese() if used.search(text)]


def test_residents_are_ong_ba_and_never_comrades() -> None:
    assert not [text for text in _said_only(_PUBLIC) if "đồng chí" in text.lower()]


def test_staff_are_comrades_and_never_ong_ba() -> None:
    assert not [text for text in _said_only(_INSIDE, _POSTERS) if "ông/bà" in text.lower()]


def test_nobody_is_shouted_at() -> None:
    for text in (*vietnamese(), *translated()):
        assert "!" not in text, text
        capitals = [word for word in text.split() if word.isupper() and len(word) > 2]
        assert text in _MARKS or len(capitals) < 2, text


def test_screening_never_says_that_something_is_true() -> None:
    """Eligible to be passed on is all that screening finds."""
    for message in texts(english()).values():
        if "đủ điều kiện" in sources(message)[0].lower():
            for text in translations(message):
                assert "eligible" in text.lower(), text
    assert not [
        text for text in translated() if re.search(r"\b(verified|proven|accused)\b", text.lower())
    ]


def _said_only(where: tuple[str, ...], apart: str = "") -> Iterator[str]:
    """The texts that stand in these places and in no other, less those of one that is apart."""
    for message in texts(gathered()).values():
        found = places(message)
        if all(path.startswith(where) for path in found) and apart not in found:
            yield sources(message)[0]
