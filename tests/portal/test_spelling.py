"""A code read aloud on the telephone is understood, also without diacritics."""

from __future__ import annotations

from portal.spelling import SPOKEN, spell
from portal.text import fold
from portal.vault import code_from_token
from portal.vault.codes import ALPHABET

NAMED = {"F": "ép", "J": "gi", "W": "vê kép", "Z": "dét"}


def test_every_symbol_has_its_word() -> None:
    assert set(SPOKEN) == set(ALPHABET)


def test_no_two_words_are_alike_even_folded() -> None:
    assert len({fold(word) for word in SPOKEN.values()}) == len(ALPHABET)


def test_a_letter_is_spoken_by_a_word_that_begins_with_it() -> None:
    for symbol, word in SPOKEN.items():
        if symbol.isalpha() and symbol not in NAMED:
            assert fold(word).startswith(symbol.lower()), symbol
            assert word[0].isupper()
    assert {symbol: SPOKEN[symbol] for symbol in NAMED} == NAMED


def test_a_code_is_spelled_group_by_group() -> None:
    code = code_from_token("t" * 43, b"p" * 32)
    spelled = spell(code)
    assert [group for group, _words in spelled] == list(code.groups)
    assert [[SPOKEN[symbol] for symbol in group] for group in code.groups] == [
        words for _group, words in spelled
    ]
